"""The kinds of resources, by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from .resource import Kind, Resource
from .roster_resource import BatchResource
from .run import Run
from .status_resource import StatusResource
from .user_resource import UserResource

RESOURCES: Final[dict[Kind, Callable[[Run], Resource]]] = {
    "user": UserResource,
    "roster": partial(BatchResource, noun="user-roster"),
    "roster batch": BatchResource,
    "status": StatusResource,
}
