"""Limits how many users one run may delete, and how many of its threads may wait for agents.

A provider sees one deletion at a time. Before that it knows what checks have seen: users that are
replaced, and users that leave rosters. They count from then on, so that no user is deleted once
they are too many. The others count as they come. So do, where the preview is skipped, those that
are deleted before the engine asks about the last: holding them back would be a deadlock, since the
engine checks nothing while all of its parallel steps wait.
"""

import hashlib
import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from ..core.errors import DeletionRefused, DeletionsExhausted, OutcomeUnknown
from ..core.messages import counted
from ..core.privacy import display_name, shorten
from ..model.attributes import program_path
from .allowance import Allowance, OwnTally, Tally, if_intended
from .inputs import KnownInputs, UserInputs
from .plan import known_causes, plan

WAITERS: Final = 2
"""Of the 4 threads of a provider process: creates and updates go on while agents are waited for."""
_NAMED: Final = 10
_FORESEEN, _UNDER_WAY, _DONE = "foreseen", "under way", "done"


class DeletionLimit:
    """The deletions of one run; the threads of a process share it."""

    def __init__(
        self, allowance: Allowance, waiters: int = WAITERS, *, tally: Tally | None = None
    ) -> None:
        self._allowance = allowance
        self._tally = tally or OwnTally()
        self._lock = threading.Lock()
        self._leavers: set[str] = set()
        self._replaced: dict[str, str] = {}
        self._causes: set[str] = set()
        self._removed = "deleted"
        self._waiting = threading.BoundedSemaphore(waiters)
        self._waiters = waiters

    def foresee(self, users: Iterable[str], *, suspends: bool = False) -> str | None:
        """Why a run in which these users (keys) leave rosters must not begin; each counts once.

        Suspended ones count too: a file that lost its users must not stop a contact centre.
        """
        leavers = set(users)
        self._note_removal(suspends=suspends)
        with self._lock:
            self._leavers |= leavers
        return self._beyond(leavers)

    def _note_removal(self, *, suspends: bool) -> None:
        if suspends:
            self._removed = "deleted or suspended"

    def foresee_replacement(self, old: KnownInputs | None, new: UserInputs) -> str | None:
        """Why a run that replaces this user must not begin; None if it is not replaced.

        Takes the old inputs and the checked ones; an unknown value is not a change.
        """
        causes = known_causes(plan(old, new), new) if old else []
        if old is None or not causes:
            return None
        user = key_of(old.instance_arn, old.username)
        with self._lock:
            self._replaced[user] = display_name(old.username)
            self._causes |= {program_path((key,)) for key in causes}
        return self._beyond({user})

    def _beyond(self, users: set[str]) -> str | None:
        if not users or (allowed := self._allowance.count) is None:
            return None
        with self._tally.change() as tally:
            for user in users:
                tally.setdefault(user, _FORESEEN)
            count = len(tally)
        if count <= allowed:
            return None
        return f"{self._foreseen()}, and {self._allowance.exceeded}"

    def _foreseen(self) -> str:
        with self._lock:
            leavers, replaced = len(self._leavers), list(self._replaced.values())
            causes = " and ".join(sorted(self._causes))
        parts = []
        if replaced:
            parts.append(
                f"{counted(len(replaced), 'user')} would be replaced (deleted) because of a "
                f"changed {causes} ({shorten(replaced, _NAMED)})"
            )
        if leavers:
            parts.append(f"{counted(leavers, 'user')} of rosters would be {self._removed}")
        return " and ".join(parts)

    @contextmanager
    def deletion(self, user: str | None = None, *, suspends: bool = False) -> Iterator[None]:
        """Takes one of the run's deletions and returns it if the user stays as it is.

        Raises DeletionsExhausted when none is left; foreseen ones are taken.
        """
        self._note_removal(suspends=suspends)
        if (allowed := self._allowance.count) is None:
            yield
            return
        user = user or uuid.uuid4().hex
        with self._tally.change() as tally:
            before = tally.get(user)
            if len({*tally, user}) > allowed:
                raise DeletionsExhausted(self._exhausted(list(tally.values())))
            tally[user] = _UNDER_WAY
        gone = False
        try:
            yield
            gone = True
        except OutcomeUnknown:
            gone = True
            raise
        finally:
            with self._tally.change() as tally:
                if gone:
                    tally[user] = _DONE
                elif before is None:
                    tally.pop(user, None)
                else:
                    tally[user] = before

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Takes a place to wait in; raises DeletionRefused if all are taken."""
        if not self._waiting.acquire(blocking=False):
            raise DeletionRefused(
                f"the agent is on a contact, and {self._waiters} other deletions are already "
                "waiting. Run again when they are done; this user was not changed."
            )
        try:
            yield
        finally:
            self._waiting.release()

    def _exhausted(self, known: list[str]) -> str:
        done, under_way, foreseen = (known.count(s) for s in (_DONE, _UNDER_WAY, _FORESEEN))
        removed = self._removed
        others = f", {under_way} more are being {removed}" if under_way else ""
        others += f", {foreseen} more would be" if foreseen else ""
        return (
            f"{self._allowance} in one run: {counted(done, 'user')} "
            f"{'was' if done == 1 else 'were'} already {removed}{others}. This one is kept. "
            f"Check `pulumi preview`; {if_intended(self._allowance.setting, 'raise')}"
        )


def key_of(instance_arn: str, username: str) -> str:
    """A user as a tally holds it, which may be a file: without the name."""
    return hashlib.sha256(f"{instance_arn}/{username}".encode()).hexdigest()
