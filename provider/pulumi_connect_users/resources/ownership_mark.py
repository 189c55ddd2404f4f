"""The ownership mark of a resource: what the provider cannot know, since it sees no URN."""

from collections.abc import Awaitable, Generator
from dataclasses import dataclass
from typing import Any, Self

import pulumi

from ..core.ownership import FILE_BACKEND_ORGANIZATION, OwnershipMark, resource_hash, stack_label
from ..engine.program_settings import ProgramSettings
from .input_conversion import WireInput


def ownership(
    resource_class: type[pulumi.dynamic.Resource],
    resource_name: str,
    opts: pulumi.ResourceOptions | None,
    settings: ProgramSettings,
) -> dict[str, WireInput]:
    """The mark as an input, none with `connect:ownership: off`."""
    if not settings.keeps_marks:
        return {}
    stack = stack_label(
        pulumi.get_organization() or FILE_BACKEND_ORGANIZATION,
        pulumi.get_project(),
        pulumi.get_stack(),
        settings.owner_id,
    )
    own = (resource_class._resource_type_name, resource_name)
    parent = opts.parent if opts else None
    if parent is None:
        return {"ownership": OwnershipMark(stack, resource_hash(own)).text}
    return {"ownership": _MarkBelow(stack, parent, own)}


@dataclass(frozen=True, eq=False)
class _MarkBelow:
    """The mark below a parent, whose URN is known later.

    No coroutine, which one resource alone could await, and which no transformation could copy. No
    output either: awaiting a URN makes no dependency on the parent itself.
    """

    stack: str
    parent: pulumi.Resource
    own: tuple[str, str]

    def __await__(self) -> Generator[Any, None, str]:
        return self._text().__await__()

    def __deepcopy__(self, memo: object) -> Self:
        return self

    async def _text(self) -> str:
        future: Awaitable[str | None] = self.parent.urn.future()
        urn = await future or ""
        # urn:pulumi:STACK::PROJECT::PARENT TYPES::NAME: the first two are in the stack's half.
        return OwnershipMark(self.stack, resource_hash((*urn.split("::")[2:], *self.own))).text
