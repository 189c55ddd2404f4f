"""What a reader can choose: which values are shown, and which profiles are privileged.

Passwords are never shown, and unknown attributes stay hidden: both follow the model's facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from ..core.arns import is_uuid, last_part
from ..core.globs import fits
from ..coverage.limits import Limits
from ..model.attributes import attributes, by_program, by_wire
from ..model.in_time import current_time

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
                f"unknown personal field: {', '.join(unknown)}. Known: {known}, all. "
                "Passwords are never shown."
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


PRIVILEGED: Final = ("Admin", "CallCenterManager", "*administrator*")
"""Security profiles that can manage other users: two of AWS's four default ones, and those of
such a name. Source: Administrator guide, Default security profiles."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """How a preview becomes a report."""

    disclosure: Disclosure = field(default_factory=Disclosure)
    privileged: tuple[str, ...] = PRIVILEGED
    """Names of security profiles, as patterns (`*admin*`), or ids; case does not matter."""
    coverage: Limits = field(default_factory=Limits)
    on_delete: str | None = None
    """CONNECT_USERS_ON_DELETE of the run, which its preview does not show."""
    now: datetime = field(default_factory=current_time)

    def is_privileged(self, profile: str) -> bool:
        """Whether a security profile of this name can manage other users."""
        name = profile.casefold()
        return any(fits(name, pattern.casefold()) for pattern in self.privileged)

    @property
    def ids(self) -> frozenset[str]:
        """The patterns that are ids, or ARNs, of security profiles, not names."""
        bare = (last_part(pattern.casefold()) for pattern in self.privileged)
        return frozenset(identifier for identifier in bare if is_uuid(identifier))

    def lists(self, identifier: str) -> bool:
        """Whether a security profile is privileged by its id."""
        return identifier.casefold() in self.ids
