"""What is wrong with a roster's users, collected in the program: all of it, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from ...core.privacy import display_name, shorten
from ...core.unknowns import Path
from .users import RosterUsers

# Programs import this module: what is slow to import waits for users.
if TYPE_CHECKING:
    from ...model.user import IdentityManagementType
    from ..whole_roster import WholeRoster

_NAMED: Final = 10
_SHOWN: Final = 50


class Mistakes:
    """Mistakes of users by what is wrong; those that many share, at one place, are one line."""

    def __init__(self, users: Mapping[str, object]) -> None:
        """Takes the users as they were given: those that were read from a file know their lines."""
        self._place = users.place if isinstance(users, RosterUsers) else _nowhere
        self._found: dict[tuple[str | None, str], list[str]] = {}

    def add(self, subject: str, reason: str, path: Path = ()) -> None:
        """Adds what is wrong with a user, or with what users share."""
        self._found.setdefault((self._place(subject, path), reason), []).append(
            display_name(subject)
        )

    def judge(
        self, users: Iterable[tuple[str, Mapping[str, Any]]], mode: IdentityManagementType | None
    ) -> WholeRoster:
        """Judges users by the rules; returns what only a batch's check can say of them.

        Args:
            users: The inputs of each on the wire, UNKNOWN where they are outputs.
            mode: The instance's identity management type, as far as it is declared.
        """
        from ..program_check import ProgramCheck
        from ..whole_roster import WholeRoster

        judge, whole = ProgramCheck(mode), WholeRoster()
        for name, user in users:
            whole.refer(name, user, self._place)
            for mistake in judge.judge(name, user):
                if mistake.certain and mistake.mode is None:
                    self.add(name, str(mistake.failure), mistake.failure.path)
                else:
                    whole.suspect(mistake, self._place)
        return whole

    def places(self, usernames: Iterable[str]) -> dict[str, str]:
        """Where users stand in their file."""
        return {n: place for n in usernames if (place := self._place(n, ())) is not None}

    def __bool__(self) -> bool:
        return bool(self._found)

    def __str__(self) -> str:
        count = sum(map(len, self._found.values()))
        lines = [
            f"{f'{place}: ' if place else ''}{shorten(names, _NAMED)}: {reason}"
            for (place, reason), names in self._found.items()
        ]
        more = f"\n  and {len(lines) - _SHOWN} more lines" if len(lines) > _SHOWN else ""
        counted = "1 mistake" if count == 1 else f"{count:,} mistakes"
        return f"{counted}:\n  " + "\n  ".join(lines[:_SHOWN]) + more


def _nowhere(username: str, path: Path = ()) -> None:
    """The place of users that a program writes itself."""
