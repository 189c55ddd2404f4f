"""Work on many users at once: a pool of threads under the rate limit, progress, and what failed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, wait
from dataclasses import dataclass, field
from typing import Any, Final

from ..core import privacy as naming
from ..core.errors import (
    UNREACHABLE,
    AccessDenied,
    ConnectUsersError,
    DeletionsExhausted,
    EngineGone,
    QuotaExceeded,
    SettingsError,
    Throttled,
)
from ..core.messages import GO_BACK, error_message, notes
from ..core.privacy import display_name
from ..users.state import UserState

WORKERS: Final = 16
"""At AWS's usual 2 requests a second two would do; a raised quota and slow answers want more."""
_PROGRESS_SECONDS: Final = 2.0
_NAMED: Final = 3
_SHOWN_FAILURES: Final = 10
_STOPPING: Final = (
    EngineGone,
    QuotaExceeded,
    AccessDenied,
    SettingsError,
    Throttled,
    DeletionsExhausted,
)
"""What meets the next user too."""
_CHANGING: Final = ("creating", "updating", "replacing")


def some(names: list[str]) -> str:
    """The first few usernames, and how many more there are."""
    return naming.shorten([display_name(name) for name in names], _NAMED)


def _meets_the_next_too(error: ConnectUsersError) -> bool:
    """Whether the rest need not be tried."""
    return isinstance(error, _STOPPING) or getattr(error, "code", "") == UNREACHABLE


@dataclass(frozen=True)
class Task:
    """One user's part of the work."""

    doing: str
    """`creating`, as messages begin."""
    done: str
    """`created`, as progress says."""
    user: Mapping[str, Any]
    run: Callable[[], UserState | None]
    """Returns the user's outputs, None if there is no such user any more."""

    @property
    def name(self) -> str:
        """The username."""
        return str(self.user["username"])


@dataclass
class WorkerPool:
    """Who does the work of a process: its threads, and how it says how far it is."""

    executor: Executor
    inform: Callable[[str], None] = lambda text: None
    clock: Callable[[], float] = time.monotonic
    progress_seconds: float = _PROGRESS_SECONDS

    def carry_out(self, *phases: Iterable[Task]) -> dict[str, UserState]:
        """The outputs of each user that exists afterwards.

        A phase begins, and is asked for its tasks, when the one before it has ended. Every user is
        tried unless an error would meet the others too; then one error names all that failed.
        Raises the class of the first of them.
        """
        round_ = _Round(self)
        for phase in phases:
            round_.work(phase)
        return round_.finish()


@dataclass
class _Round:
    workers: WorkerPool
    tasks: list[Task] = field(default_factory=list)
    outputs: dict[str, UserState] = field(default_factory=dict)
    failures: list[tuple[Task, ConnectUsersError]] = field(default_factory=list)
    skipped: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stopped: bool = False
    _done: int = 0
    _untold: list[Task] = field(default_factory=list)
    _told_at: float | None = None

    def work(self, phase: Iterable[Task]) -> None:
        """Does the tasks of a phase, unless the work has stopped."""
        if self._stopped:
            return
        tasks = list(phase)
        self.tasks += tasks
        futures = [self.workers.executor.submit(self.one, task) for task in tasks]
        # All of them: nothing may go on behind the back of a run that has its answer.
        wait(futures)
        for future in futures:
            future.result()

    def one(self, task: Task) -> None:
        """Does one task, unless the work has stopped."""
        with self._lock:
            if self._told_at is None:
                self._told_at = self.workers.clock()
            if self._stopped:
                self.skipped += 1
                return
        try:
            found = task.run()
        except ConnectUsersError as error:
            with self._lock:
                self.failures.append((task, error))
                self._stopped |= _meets_the_next_too(error)
            return
        except BaseException:
            with self._lock:
                self._stopped = True
            raise
        with self._lock:
            self._done += 1
            if found is not None:
                self.outputs[task.name] = found
            self._untold.append(task)
            self._tell()

    def _tell(self) -> None:
        now = self.workers.clock()
        if self._told_at is not None and now - self._told_at < self.workers.progress_seconds:
            return
        self._told_at = now
        told, self._untold = self._untold, []
        names = some([task.name for task in told])
        self.workers.inform(f"{told[0].done} {names}: {self._done} of {len(self.tasks)} done")

    def finish(self) -> dict[str, UserState]:
        """The outputs; raises if anything failed."""
        if not self.failures:
            return self.outputs
        lines = [error_message(error, task.doing, task.user) for task, error in self.failures]
        # What meets the next user too reads the same for each: once is enough.
        most = 1 if _meets_the_next_too(self.failures[0][1]) else _SHOWN_FAILURES
        more = len(lines) - most
        parts = [f"{len(lines)} of {len(self.tasks)} users failed"]
        parts += [f"{self.skipped} were not tried"] if self.skipped else []
        changed = any(t.doing in _CHANGING and t.name in self.outputs for t in self.tasks)
        half = any(t.doing in _CHANGING and notes(error) for t, error in self.failures)
        back = f" {GO_BACK}" if changed or half else ""
        text = (
            f"{', '.join(parts)}, {self._done} are done; run again, and what is done is recognised."
            f"{back} {' '.join(lines[:most])}"
        )
        kind = type(self.failures[0][1])
        raise kind(text + (f" And {more} more like these." if more > 0 else "")) from None
