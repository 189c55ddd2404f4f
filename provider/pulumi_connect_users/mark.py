"""The ownership mark of a resource: what the provider cannot know, since it sees no URN."""

from __future__ import annotations

from collections.abc import Awaitable

import pulumi

from .lifecycle.ownership import FILE_BACKEND_ORGANIZATION, Mark, resource_hash, stack_label
from .program_settings import ProgramSettings


def ownership(
    resource_class: type[pulumi.dynamic.Resource],
    resource_name: str,
    opts: pulumi.ResourceOptions | None,
    settings: ProgramSettings,
) -> str | Awaitable[str] | None:
    """The wire form of the mark, None with `connect:ownership: off`."""
    if not settings.keeps_marks:
        return None
    stack = stack_label(
        pulumi.get_organization() or FILE_BACKEND_ORGANIZATION,
        pulumi.get_project(),
        pulumi.get_stack(),
        settings.owner_id,
    )
    own = (resource_class._resource_type_name, resource_name)
    parent = opts.parent if opts else None
    if parent is None:
        return Mark(stack, resource_hash(own)).text
    return _below(stack, parent, own)


async def _below(stack: str, parent: pulumi.Resource, own: tuple[str, str]) -> str:
    """The mark below a parent; awaiting its URN makes no dependency on the parent itself."""
    future: Awaitable[str | None] = parent.urn.future()
    urn = await future or ""
    # urn:pulumi:STACK::PROJECT::PARENT TYPES::NAME: the first two stand in the stack's half.
    return Mark(stack, resource_hash((*urn.split("::")[2:], *own))).text
