"""Which values may be shown, derived from the model's facts; unknown attributes stay hidden.

Passwords never; names, e-mail addresses and phone numbers only on request; usernames unless the
reader asks to hide them, since they identify the user.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ..model.attributes import attributes, by_program, by_wire

_SECRET_LEAVES: Final = frozenset(a.path[-1] for a in attributes() if a.facts.secret)
_PERSONAL_LEAVES: Final = frozenset(a.path[-1] for a in attributes() if a.facts.personal)
_SECRETIVE: Final = re.compile(r"password|passphrase|secret|token|credential|private.?key", re.I)
_PERSONAL_ABOVE: Final = frozenset(a.path[0] for a in attributes() if a.facts.personal) - frozenset(
    a.path[0] for a in attributes() if not a.facts.personal and len(a.path) > 1
)
"""Structures with only personal members: unknown members of theirs are personal too."""


def is_secret(path: tuple[str, ...]) -> bool:
    """Whether a value is never shown: by the model, or by its name."""
    known = by_wire().get(".".join(path))
    if known is not None:
        return known.facts.secret
    return path[-1] in _SECRET_LEAVES or any(_SECRETIVE.search(part) for part in path)


def is_personal(path: tuple[str, ...]) -> bool:
    """Whether a value is personal data."""
    known = by_wire().get(".".join(path))
    if known is not None:
        return known.facts.personal
    return path[-1] in _PERSONAL_LEAVES or path[0] in _PERSONAL_ABOVE


class UnknownField(ValueError):
    """A requested field that is not a personal one."""


@dataclass(frozen=True)
class Disclosure:
    """The personal attributes to show, by wire path."""

    paths: frozenset[str] = frozenset()
    usernames: bool = True
    """Whether usernames are shown; otherwise forms that still distinguish users."""

    @classmethod
    def of(cls, names: Iterable[str], *, usernames: bool = True) -> Disclosure:
        """From names as programs or Connect write them; a structure stands for its members.

        Raises:
            UnknownField: a name is unknown, or that of a secret; the message lists the known ones.
        """
        requested = [name.strip() for name in names if name.strip()]
        paths: set[str] = set()
        unknown = []
        for name in requested:
            asked = set(_ASKABLE) if name == "all" else _below(name)
            if not asked:
                unknown.append(name)
            paths |= asked
        if unknown:
            known = ", ".join(sorted({_program(path) for path in _ASKABLE}))
            raise UnknownField(
                f"unknown personal field: {', '.join(unknown)}. "
                f"The fields are {known}, and `all`. Passwords are never shown."
            )
        return cls(frozenset(paths), usernames)

    def shows(self, path: tuple[str, ...]) -> bool:
        """Whether a personal value may be seen."""
        return ".".join(path) in self.paths

    @property
    def names(self) -> tuple[str, ...]:
        """The attributes as programs write them, sorted."""
        return tuple(sorted(_program(path) for path in self.paths))


_ASKABLE: Final = tuple(a.wire for a in attributes() if a.facts.personal)


def _program(wire: str) -> str:
    return by_wire()[wire].program


def _below(name: str) -> set[str]:
    known = by_program().get(name) or by_wire().get(name)
    if known is None:
        return set()
    return {p for p in _ASKABLE if p == known.wire or p.startswith(known.wire + ".")}
