"""The kinds of resources, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from .resource import Kind, Resource
from .roster_resource import BatchResource
from .run import Run
from .status_resource import StatusResource
from .user_resource import UserResource

RESOURCES: Final[dict[Kind, Callable[[Run], Resource]]] = {
    "user": UserResource,
    "roster batch": BatchResource,
    "status": StatusResource,
}
