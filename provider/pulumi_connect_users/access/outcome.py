"""A review with what it is compared with: an earlier one, and the decisions about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from ..core.messages import counted
from .capabilities import BECOME_ADMIN, TEXTS
from .differences import Difference
from .review import Access, Person

Line = tuple[str, list[Person], list[Person]]
"""A capability, who has it, and of which people it is unknown."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What every format shows."""

    access: Access
    capabilities: Sequence[str] = tuple(TEXTS)
    """Those that were asked for."""
    since: datetime | None = None
    differences: Sequence[Difference] = ()
    is_judged: bool = False
    """Whether there is a sign-off file."""
    unreviewed: Mapping[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> list[Line]:
        """Each capability that was asked for."""
        access = self.access
        return [(one, access.holders(one), access.uncertain(one)) for one in self.capabilities]

    @property
    def alike(self) -> list[list[Person]]:
        """People with capabilities, those of one fingerprint and way together; Admin first."""
        able = [person for person in self.access.people if person.capabilities or person.unknown]
        able.sort(key=_rank)
        return [list(group) for _, group in groupby(able, key=_rank)]

    @property
    def causes(self) -> dict[str, list[str]]:
        """Why people count as unreviewed -> their usernames."""
        causes: dict[str, list[str]] = {}
        for username, cause in self.unreviewed.items():
            causes.setdefault(cause, []).append(username)
        return causes

    @property
    def verdict(self) -> str:
        """The review in one line."""
        people, access = len(self.access.people), self.access
        parts = [counted(people, "person", "people")]
        admins = len(access.holders(BECOME_ADMIN))
        parts.append(f"{admins:,} {'is' if admins == 1 else 'are'} Admin or can become Admin")
        if access.unreadable:
            profiles = counted(len(access.unreadable), "security profile")
            parts.append(f"{profiles} could not be read")
        if self.since is not None:
            parts.append(f"{counted(len(self.differences), 'difference')} since {self.since:%F}")
        if self.is_judged:
            parts.append(f"{len(self.unreviewed):,} unreviewed")
        return ", ".join(parts)


def _rank(person: Person) -> tuple[int, int, str, tuple[str, ...], tuple[str, ...]]:
    steps = len(person.way) if BECOME_ADMIN in person.capabilities else 1_000
    return steps, -len(person.capabilities), person.fingerprint, person.way, person.profiles
