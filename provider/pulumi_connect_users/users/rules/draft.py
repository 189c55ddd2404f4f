"""A desired state as rules see it: known, unknown, refused and absent are four things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ...core.unknowns import UNKNOWN, Path, get
from ...model.attributes import top_level
from ...model.facts import Role
from ...model.user import IdentityManagementType


@cache
def split(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a program asks for, before it is known to be a possible user."""

    values: Mapping[str, Any]
    """The known, well-formed part, canonical."""
    bag: Mapping[str, Any]
    """All of it, UNKNOWN included."""
    refused: frozenset[str] = frozenset()
    """Wire paths that the model refused already."""
    old: Mapping[str, Any] | None = None
    """The inputs of the existing resource; None for a new one."""
    mode: IdentityManagementType | None = None
    """The instance's identity management type; None where it is not known."""
    existing: Mapping[str, Any] | None = None
    """The user that will be taken over (DescribeUser's answer), if there is one."""
    unseen: bool = False
    """Whether there may be such a user, and it could not be looked up."""

    def get(self, path: str) -> Any:
        """The known value, or None."""
        value = get(self.values, split(path))
        return None if value is UNKNOWN else value

    def has(self, path: str) -> bool:
        """Whether the program is known to say something about it, be the value known or not."""
        *above, _ = parts = split(path)
        return get(self.bag, tuple(above)) is not UNKNOWN and get(self.bag, parts) is not None

    def lacks(self, path: str) -> bool:
        """Whether the program is known to say nothing about it.

        Of a member of a structure that a preview does not know yet, neither is known.
        """
        return get(self.bag, split(path)) is None

    def entries(self, path: str) -> Iterator[tuple[Path, Mapping[str, Any]]]:
        """The entries of a list of structures with their paths, unknown members included."""
        entries = self.bag.get(path)
        if path not in self.refused and isinstance(entries, list):
            for index, entry in enumerate(entries):
                if isinstance(entry, Mapping):
                    yield (path, index), entry

    def was(self, path: str) -> Any:
        """The value in the old inputs, or None."""
        return get(self.old, split(path)) if self.old else None

    @property
    def replaces(self) -> bool:
        """Whether the existing resource must become a new user."""
        return bool(self.replaced)

    @property
    def replaced(self) -> tuple[str, ...]:
        """The replace-only wire names whose values changed.

        One that is gone from the program is refused, since nobody means to lose an agent by that.
        """
        wires = [a.wire for a in top_level(Role.ATTRIBUTE) if a.facts.change == "replace"]
        if self.get("onPasswordChange") == "replace" and self.was("password") is not None:
            wires.append("password")
        return tuple(wire for wire in wires if self.old is not None and self._is_another(wire))

    def _is_another(self, wire: str) -> bool:
        new = UNKNOWN if self.bag.get(wire) is UNKNOWN else self.get(wire)
        return self.has(wire) and new != self.was(wire)

    @property
    def exists(self) -> bool:
        """Whether the user is there already: in state, or about to be taken over."""
        return self.existing is not None or (self.old is not None and not self.replaces)

    @property
    def creates(self) -> bool:
        """Whether a CreateUser will be made, as far as that is known."""
        return not self.exists and not self.unseen
