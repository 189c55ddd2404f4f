"""The usernames of a program: which resource claims which, and which are nearly the same.

Two users cannot share a username in an instance. Connect refuses the second only on create, when
the program is partly deployed. And a roster that deletes a user which another resource declares is
a failed move: Pulumi runs both at once, and the first one decides whether the user survives.

Usernames are case-sensitive, people mostly are not: a typo, or a change of case, means another
user.
"""

import threading
from collections.abc import Iterable, Iterator
from typing import Final

from ...core.ownership import OwnershipMark
from ...core.properties import Value

MOVES: Final = (
    "leaves a roster, which deletes the user, and is declared by another resource of this program. "
    "To move the user with its id, add it to that roster's released and set adopt=True on the "
    "other resource, for one `pulumi up`; for a new user, declare it one `up` later."
)

_MOST_COMPARISONS: Final = 20
"""New names that are compared with all others by likeness, which is slow in a large instance."""


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


class SimilarUsernames:
    """One for each process: Pulumi checks every resource of a program in one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._declared: dict[tuple[str, str], dict[str, bool]] = {}
        self._leaving: dict[tuple[str, str], set[str]] = {}
        self._reported: set[tuple[str, frozenset[str]]] = set()
        self._compared = 0

    def meet(
        self, instance_arn: str, username: str, *, new: bool, others: Iterable[str] = ()
    ) -> list[str]:
        """Names that differ from this one only in case, of the program and of `others`.

        Two users of a program are reported once, and only if one of them is `new`.
        """
        with self._lock:
            known = self._declared.setdefault(_key(instance_arn, username), {})
            known[username] = new
            names = {*others, *(name for name, its_new in known.items() if new or its_new)}
            pairs = {(instance_arn, frozenset((n, username))): n for n in names - {username}}
            unreported = pairs.keys() - self._reported
            self._reported |= unreported
        return sorted(pairs[pair] for pair in unreported)

    def leave(self, instance_arn: str, usernames: Iterable[str]) -> list[str]:
        """Those of the names, whose users a roster deletes, that come back in another case."""
        with self._lock:
            returning = []
            for username in usernames:
                key = _key(instance_arn, username)
                self._leaving.setdefault(key, set()).add(username)
                declared = self._declared.get(key, {}).items()
                if any(new and name != username for name, new in declared):
                    returning.append(username)
            return returning

    def left(self, instance_arn: str, username: str) -> bool:
        """Whether a roster of this program deletes the user of this name in another case."""
        with self._lock:
            return bool(self._leaving.get(_key(instance_arn, username), set()) - {username})

    def compares(self) -> bool:
        """Whether another name is compared by likeness."""
        with self._lock:
            self._compared += 1
            return self._compared <= _MOST_COMPARISONS


def differs_in_case(others: Iterable[str]) -> str:
    """The warning for a username that is like others."""
    return f"username: differs only in case from {', '.join(others)}; these are different users"


def _key(instance_arn: str, username: str) -> tuple[str, str]:
    return instance_arn, username.casefold()
