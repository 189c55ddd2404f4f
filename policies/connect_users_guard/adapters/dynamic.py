"""This project's own user: its inputs have the shape that the rules read."""

from __future__ import annotations

from ..subject import Resource, UserView
from .adapter import Adapter, with_part


def _read(resource: Resource) -> tuple[UserView, ...]:
    return (UserView(resource=resource, bag=with_part(resource.bag)),)


DYNAMIC_USER = Adapter(type="pulumi-python:dynamic/connect:User", read=_read)
