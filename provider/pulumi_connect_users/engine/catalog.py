"""The kinds of resources, by name."""

from __future__ import annotations

from .resource import Kind, Resource
from .run import Run


def resource_of(kind: Kind, run: Run) -> Resource:
    """The resource; imports what its kind needs, since a process often has one kind only."""
    if kind == "user":
        from .user_resource import UserResource

        return UserResource(run)
    if kind == "status":
        from .status_resource import StatusResource

        return StatusResource(run)
    from .roster_resource import BatchResource

    return BatchResource(run, "user-roster" if kind == "roster" else "user-batch")
