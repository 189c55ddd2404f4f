"""Mistakes in a roster's users, collected in the program: all of them, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from ...core.privacy import display_name, shorten
from ...core.unknowns import Path
from .users import RosterUsers, no_place

# Programs import this module: what is slow to import waits for users.
if TYPE_CHECKING:
    from ...core.properties import Properties
    from ...model.user import IdentityManagementType
    from ..whole_roster import WholeRoster

_NAMED: Final = 10
_SHOWN: Final = 50


class Mistakes:
    """Mistakes by place and reason; users that share both share a line."""

    def __init__(self, users: Mapping[str, Properties]) -> None:
        """Takes the users as the program gave them: those read from a file know their lines."""
        self._place = users.place if isinstance(users, RosterUsers) else no_place
        self._names: dict[tuple[str | None, str], list[str]] = {}

    def add(self, subject: str, reason: str, path: Path = ()) -> None:
        """Adds a mistake in a user, or in what users share."""
        names = self._names.setdefault((self._place(subject, path), reason), [])
        names.append(display_name(subject))

    def judge(
        self, users: Iterable[tuple[str, Properties]], identity_type: IdentityManagementType | None
    ) -> WholeRoster:
        """Validates users, as on the wire; returns what only the check of a batch can decide."""
        from ..program_check import ProgramCheck
        from ..whole_roster import WholeRoster

        check, whole = ProgramCheck(identity_type), WholeRoster()
        for name, user in users:
            whole.refer(name, user, self._place)
            for mistake in check.judge(name, user):
                if mistake.certain and mistake.identity_type is None:
                    self.add(name, str(mistake.failure), mistake.failure.path)
                else:
                    whole.suspect(mistake, self._place)
        return whole

    def places(self, usernames: Iterable[str]) -> dict[str, str]:
        """The users' places in their file."""
        return {n: place for n in usernames if (place := self._place(n, ())) is not None}

    def __bool__(self) -> bool:
        return bool(self._names)

    def __str__(self) -> str:
        count = sum(map(len, self._names.values()))
        lines = [
            f"{f'{place}: ' if place else ''}{shorten(names, _NAMED)}: {reason}"
            for (place, reason), names in self._names.items()
        ]
        more = f"\n  and {len(lines) - _SHOWN} more lines" if len(lines) > _SHOWN else ""
        counted = "1 mistake" if count == 1 else f"{count:,} mistakes"
        return f"{counted}:\n  " + "\n  ".join(lines[:_SHOWN]) + more
