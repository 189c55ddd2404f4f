"""Usernames that are nearly the same: a typo, or a change of case, means another user.

Usernames are case-sensitive, people mostly are not. A new user is compared with the users of the
instance, and with those of the program, which may be in another resource.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Final

_MOST_COMPARISONS: Final = 20
"""New names that are compared with all others by likeness, which is slow in a large instance."""


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
        """Names that differ from this one in case alone, of the program and of `others`.

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
    return (
        f"username: differs in case only from {', '.join(others)}; Connect treats them as "
        "different users"
    )


def _key(instance_arn: str, username: str) -> tuple[str, str]:
    return instance_arn, username.casefold()
