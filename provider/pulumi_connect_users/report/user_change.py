"""One user (or status) that a step touches, whatever kind of resource declares it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from .input.property_values import Properties

Kind = Literal["user", "status"]
Op = Literal[
    "create",
    "update",
    "replace",
    "delete",
    "release",
    "move",
    "drift",
    "gone",
    "import",
    "same",
    "unknown",
]
"""release: forgotten by this stack and kept in Connect; move: from one resource to another, the
same user; drift: changed outside; gone: deleted outside; import: Pulumi's own import;
unknown: an operation of a newer engine."""

Wire: TypeAlias = Properties
"""A user's inputs under the names of `model.user`, whatever the resource's type calls them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserChange:
    """What one step does to one user."""

    kind: Kind
    op: Op
    urn: str
    type: str
    name: str
    """The resource's name, or (in a roster) the username."""
    roster: str = ""
    """The name of the roster that it is in."""
    moved_from: str = ""
    """Of a move: the resource that had it."""
    renamed_from: str = ""
    """Of a rename: the username that it had."""
    old: Wire | None = None
    new: Wire | None = None
    reasons: tuple[str, ...] = ()
    """Wire names that make it a replacement, or a change."""
    deletes_first: bool | None = None
    kept: bool = False
    """Whether Pulumi replaces the resource, and the user stays the one that it is."""
    protected: bool = False
    """Whether the state forbids the deletion."""

    @property
    def place(self) -> str:
        """The resource that declares it, as a reader calls it."""
        return f"roster {self.roster}" if self.roster else f"resource {self.name}"

    @property
    def username(self) -> str:
        """The username that it has, or will have (its label where it is hidden), or empty."""
        for wire in (self.new, self.old):
            for key in ("label", "username"):
                if wire is not None and isinstance(wire.get(key), str):
                    return str(wire[key])
        return ""
