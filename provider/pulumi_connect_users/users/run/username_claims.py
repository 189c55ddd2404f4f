"""Which resource of a program claims which username: two cannot share one in an instance.

Connect refuses the second only on create, when the first exists and the program is partly deployed.
And a roster that deletes a user which another resource declares is a failed move: Pulumi runs both
at once, and the first one decides whether the user survives.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from typing import Final

from ...core.ownership import OwnershipMark
from ...core.properties import Value

MOVES: Final = (
    "leaves a roster, which deletes the user, and is declared by another resource of this program. "
    "To move the user with its id, name it in that roster's released and set adopt=True on the "
    "other resource, for one `pulumi up`; for a new user of that name, declare it one `up` later."
)


class UsernameClaims:
    """One for each process: Pulumi checks every resource of a program in one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._marks: dict[tuple[str, str], str] = {}
        self._leaving: dict[tuple[str, str], str] = {}

    def taken(
        self, instance_arn: Value, mark: OwnershipMark | None, usernames: Iterable[Value]
    ) -> list[str]:
        """Those of the usernames that another resource has claimed; claims the rest.

        Only the mark distinguishes two resources (a resource may be checked more than once):
        with `connect:ownership` off nothing is taken.
        """
        with self._lock:
            return [
                key[1]
                for key, own in _keys(instance_arn, mark, usernames)
                if self._marks.setdefault(key, own) != own
            ]

    def gives_up(self, instance_arn: str, mark: OwnershipMark, username: str) -> bool:
        """Whether the resource of a mark claims another username now than this one."""
        with self._lock:
            names = {
                name
                for (instance, name), held in self._marks.items()
                if instance == instance_arn and held == mark.text
            }
        return bool(names) and username not in names

    def leave(
        self, instance_arn: Value, mark: OwnershipMark | None, usernames: Iterable[Value]
    ) -> list[str]:
        """Those of the usernames whose users a roster (`mark`) deletes that another has claimed."""
        with self._lock:
            keys = list(_keys(instance_arn, mark, usernames))
            self._leaving |= dict(keys)
            return [key[1] for key, own in keys if self._marks.get(key, own) != own]

    def moved(
        self, instance_arn: Value, mark: OwnershipMark | None, usernames: Iterable[Value]
    ) -> list[str]:
        """Those of the usernames whose users a roster of this program deletes."""
        with self._lock:
            return [
                key[1]
                for key, own in _keys(instance_arn, mark, usernames)
                if self._leaving.get(key, own) != own
            ]


def _keys(
    instance_arn: Value, mark: OwnershipMark | None, usernames: Iterable[Value]
) -> Iterator[tuple[tuple[str, str], str]]:
    """Instance and username, with the mark of the resource; nothing where one is not known."""
    if isinstance(instance_arn, str) and mark is not None:
        for name in usernames:
            if isinstance(name, str):
                yield (instance_arn, name), mark.text
