"""How many users one run may delete, and how many of its threads may wait for agents.

The provider sees one deletion at a time, so what it holds back with is a count for the process;
what a whole run would delete is told by the preview's report.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Final

from ..errors import DeletionRefused, DeletionsExhausted, OutcomeUnknown

WAITERS: Final = 2
"""Of the 4 threads of a provider process: creates and updates go on while agents are waited for."""


class DeletionGuard:
    """The deletions of one process; its threads share it."""

    def __init__(self, most: int | None, waiters: int = WAITERS) -> None:
        """`most` is `connect:maxDeletes`, None for no limit."""
        self._most = most
        self._lock = threading.Lock()
        self._done = 0
        self._under_way = 0
        self._foreseen: set[str] = set()
        self._waiting = threading.BoundedSemaphore(waiters)
        self._waiters = waiters

    def foresee(self, users: Collection[str]) -> str | None:
        """Why a run that would delete these users, and those foreseen before, must not begin.

        Only a roster's batches are seen before they change; asking twice counts once.
        """
        with self._lock:
            self._foreseen |= set(users)
            count = len(self._foreseen)
        if not users or self._most is None or count <= self._most:
            return None
        return (
            f"{count} users of rosters would be deleted, and connect:maxDeletes allows "
            f"{self._most} in one run. That counts those of the batches so far, more may follow. "
            "Look through the program and its files; if it is meant, raise connect:maxDeletes, or "
            "for one run set CONNECT_USERS_MAX_DELETES."
        )

    @contextmanager
    def deletion(self) -> Iterator[None]:
        """Takes one of the run's deletions and gives it back if the user stays.

        Raises DeletionRefused when there are no more; it says how many users are already gone.
        """
        with self._lock:
            if self._most is not None and self._done + self._under_way >= self._most:
                raise DeletionsExhausted(self._exhausted())
            self._under_way += 1
        gone = False
        try:
            yield
            gone = True
        except OutcomeUnknown:
            gone = True
            raise
        finally:
            with self._lock:
                self._under_way -= 1
                self._done += gone

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Takes a place to wait in; raises DeletionRefused if all are taken."""
        if not self._waiting.acquire(blocking=False):
            raise DeletionRefused(
                f"the agent is on a contact, and {self._waiters} other deletions are waiting for "
                "theirs. Run again when those are done; nothing was changed for this user."
            )
        try:
            yield
        finally:
            self._waiting.release()

    def _exhausted(self) -> str:
        gone = f"{self._done} user{'' if self._done == 1 else 's'}"
        others = f", {self._under_way} more are being deleted" if self._under_way else ""
        return (
            f"connect:maxDeletes allows {self._most} in one run: {gone} "
            f"{'is' if self._done == 1 else 'are'} already gone{others}, this one stays. "
            "Look through `pulumi preview`; if it is meant, raise connect:maxDeletes, or for one "
            "run set CONNECT_USERS_MAX_DELETES, and run again."
        )
