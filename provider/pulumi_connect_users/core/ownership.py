"""The mark that says which resource of which stack manages a user: two tags.

CreateUser has no idempotency token. A user whose CreateUser got no answer is recognised by its mark
the next time, and no user without our mark is ever changed by accident.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from .properties import Properties

MARK_PREFIX: Final = "pulumi-connect-users:"
STACK_TAG: Final = MARK_PREFIX + "stack"
RESOURCE_TAG: Final = MARK_PREFIX + "resource"
SUSPENDED_TAG: Final = MARK_PREFIX + "suspended"
"""The date (UTC) on which a stack suspended its user; see `users.suspend`."""
MOST_TAGS: Final = 50
"""Tags of one user, ours included (API reference, TagResource)."""
FILE_BACKEND_ORGANIZATION: Final = "organization"
"""Pulumi's name for the organisation on backends that have none; its mocks return None."""
FORMER: Final = "formerOwnership"
"""An input of the native plugin for the core alone: the resource's hash in the dynamic provider."""
_VALUE_LIMIT: Final = 256
_FORMER_LENGTH: Final = 20
"""Of the hexadecimal hashes in the oldest states; they stay as they are until the next update."""


@dataclass(frozen=True)
class OwnershipMark:
    """`stack` is organisation/project/stack; `resource` a hash of parents, type and name."""

    stack: str
    resource: str
    former: str | None = field(default=None, compare=False)
    """The hash that the same resource had in the dynamic provider; in no text and no tag."""

    def is_on(self, theirs: OwnershipMark | None) -> bool:
        """Whether a user with that mark is this resource's, from before the native plugin too."""
        if theirs is None or theirs.stack != self.stack:
            return False
        return theirs.resource in (self.resource, self.former)

    @property
    def text(self) -> str:
        """The mark as inputs and outputs hold it: `organization/project/stack#hash`."""
        return f"{self.stack}#{self.resource}"

    def of_member(self, username: str) -> OwnershipMark:
        """The mark of a roster's user, `self` being that of the batches."""
        names = (self.resource, username)
        if len(self.resource) == _FORMER_LENGTH:
            return OwnershipMark(self.stack, _digest(names).hex()[:_FORMER_LENGTH])
        former = resource_hash((self.former, username)) if self.former else None
        return OwnershipMark(self.stack, resource_hash(names), former)

    def owner_seen_by(self, mark: OwnershipMark | None) -> str:
        """The owner as the resource with another mark, or without one, names it."""
        same = mark is not None and self.stack == mark.stack
        return "another resource of this stack" if same else f"the stack {self.stack}"

    def tags(self) -> dict[str, str]:
        """The mark as two tags."""
        return {STACK_TAG: self.stack, RESOURCE_TAG: self.resource}


def stack_label(organization: str, project: str, stack: str, owner_id: str = "") -> str:
    """The stack's half of the mark; one that is too long for a tag keeps its start and a hash."""
    label = "/".join((organization, project, stack)) + (f"#{owner_id}" if owner_id else "")
    if len(label) <= _VALUE_LIMIT:
        return label
    return label[: _VALUE_LIMIT - 17] + "~" + hashlib.sha256(label.encode()).hexdigest()[:16]


def resource_hash(names: Iterable[str]) -> str:
    """The resource's half: resource names are often names of people, so only a hash.

    40 bits in 8 letters distinguish the resources of one stack; each user's state has them twice.
    """
    return base64.b32encode(_digest(names)[:5]).decode().lower()


def _digest(names: Iterable[str]) -> bytes:
    return hashlib.sha256("\x00".join(names).encode()).digest()


def mark_of_inputs(inputs: Properties) -> OwnershipMark | None:
    """The mark that the program's resource class added, None with ownership off.

    The oldest states hold it as a map.
    """
    mark = inputs.get("ownership")
    if isinstance(mark, Mapping):
        return OwnershipMark(str(mark.get("stack", "")), str(mark.get("resource", "")))
    if not isinstance(mark, str):
        return None
    # The last #: an owner's id stands behind another.
    stack, _, resource = mark.rpartition("#")
    former = inputs.get(FORMER)
    return OwnershipMark(stack, resource, former if isinstance(former, str) else None)


def mark_of_tags(tags: Mapping[str, str]) -> OwnershipMark | None:
    """The mark that a user has, or None."""
    if STACK_TAG not in tags or RESOURCE_TAG not in tags:
        return None
    return OwnershipMark(tags[STACK_TAG], tags[RESOURCE_TAG])


def without_mark(tags: Mapping[str, str]) -> dict[str, str]:
    """The tags that a program may see."""
    return {key: value for key, value in tags.items() if not key.startswith(MARK_PREFIX)}


def whose(theirs: OwnershipMark | None, mark: OwnershipMark | None) -> tuple[str, str]:
    """Why a username is taken, and the remedy: its user has `theirs`, and not `mark`."""
    if theirs is None:
        return (
            "is taken by a user that no stack manages",
            "Adopt the user with adopt=True, or choose another username.",
        )
    if mark is not None and theirs.stack == mark.stack:
        return (
            "is taken by another resource of this stack",
            "Keep one resource per username; after renaming a resource, give it an alias; to "
            "move the user to this one, set adopt=True here for one `pulumi up` (and add it to "
            "released if it leaves a roster).",
        )
    return (
        f"is taken by a user of the stack {theirs.stack}",
        "Remove it there first, or adopt it with adopt=True if that stack was removed.",
    )
