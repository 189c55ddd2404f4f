"""Work on many users at once: a pool of threads, progress, and one error for all failures."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, wait
from dataclasses import dataclass, field
from typing import Final

from ..core.errors import (
    UNREACHABLE,
    AccessDenied,
    ApiError,
    ConnectUsersError,
    DeletionsExhausted,
    EngineGone,
    QuotaExceeded,
    SettingsError,
    Throttled,
)
from ..core.messages import GO_BACK, counted, error_message, notes
from ..core.privacy import display_names
from ..core.properties import Properties
from ..users.inputs import KnownInputs
from ..users.state import UserState

WORKERS: Final = 16
"""At AWS's usual 2 requests a second two would do; a raised quota and slow answers need more."""
_PROGRESS_SECONDS: Final = 2.0
NAMED: Final = 3
_SHOWN_FAILURES: Final = 10
_STOPPING: Final = (
    EngineGone,
    QuotaExceeded,
    AccessDenied,
    SettingsError,
    Throttled,
    DeletionsExhausted,
)
"""Errors that the next user would get too."""
_CHANGING: Final = ("creating", "updating", "replacing")


def _is_for_all(error: ConnectUsersError) -> bool:
    """Whether the other users would fail in the same way."""
    unreachable = isinstance(error, ApiError) and error.code == UNREACHABLE
    return isinstance(error, _STOPPING) or unreachable


@dataclass(frozen=True)
class Task:
    """The work on one user."""

    doing: str
    """`creating`, as messages begin."""
    done: str
    """`created`, as progress lines begin."""
    user: KnownInputs
    run: Callable[[], UserState | None]
    """Returns the user's outputs, None if the user does not exist any more."""

    def failure(self, error: ConnectUsersError) -> str:
        """The message for an error."""
        user = self.user
        subject = user.subject if isinstance(user, UserState) else {"username": user.username}
        return error_message(error, self.doing, subject)


@dataclass
class WorkerPool:
    """The threads of a process, and its way to report progress."""

    executor: Executor
    inform: Callable[[str], None] = lambda text: None
    clock: Callable[[], float] = time.monotonic
    progress_seconds: float = _PROGRESS_SECONDS

    def carry_out(
        self, *phases: Iterable[Task], reached: Callable[[BatchRun], Properties] | None = None
    ) -> dict[str, UserState]:
        """The outputs of each user that exists afterwards.

        A phase's tasks are read, and begin, when the phase before it has ended. Every user is tried
        unless an error would be that of the others too; then one error names all that failed.
        Raises the class of the first of them; `reached` says what the error holds as that.
        """
        run = BatchRun(self)
        for phase in phases:
            run.work(phase)
        if error := run.error():
            error.reached = reached(run) if reached else None
            raise error from None
        return run.outputs


@dataclass
class BatchRun:
    """One run of tasks: what is done, what failed, and what is left."""

    workers: WorkerPool
    tasks: list[Task] = field(default_factory=list)
    outputs: dict[str, UserState] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    failures: list[tuple[Task, ConnectUsersError]] = field(default_factory=list)
    skipped: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stopped: bool = False
    _done: int = 0
    _unreported: list[Task] = field(default_factory=list)
    _reported_at: float | None = None

    def work(self, phase: Iterable[Task]) -> None:
        """Does the tasks of a phase, unless the run has stopped."""
        if self._stopped:
            return
        tasks = list(phase)
        self.tasks += tasks
        futures = [self.workers.executor.submit(self._work_on, task) for task in tasks]
        # All of them: no thread may change users once the run has ended.
        wait(futures)
        for future in futures:
            future.result()

    def _work_on(self, task: Task) -> None:
        with self._lock:
            if self._reported_at is None:
                self._reported_at = self.workers.clock()
            if self._stopped:
                self.skipped += 1
                return
        try:
            user = task.run()
        except ConnectUsersError as error:
            with self._lock:
                self.failures.append((task, error))
                self._stopped |= _is_for_all(error)
            return
        except BaseException:
            with self._lock:
                self._stopped = True
            raise
        with self._lock:
            self._done += 1
            if user is None:
                self.gone.add(task.user.username)
            else:
                self.outputs[task.user.username] = user
            self._unreported.append(task)
            self._report()

    def _report(self) -> None:
        now = self.workers.clock()
        last = now if self._reported_at is None else self._reported_at
        if now - last < self.workers.progress_seconds:
            return
        self._reported_at = now
        done, self._unreported = self._unreported, []
        names = display_names([task.user.username for task in done], NAMED)
        self.workers.inform(f"{done[0].done} {names}: {self._done} of {len(self.tasks)} done")

    def error(self) -> ConnectUsersError | None:
        """One error for everything that failed."""
        if not self.failures:
            return None
        first = self.failures[0][1]
        lines = [task.failure(error) for task, error in self.failures]
        # An error of all reads the same for each: once is enough.
        most = 1 if _is_for_all(first) else _SHOWN_FAILURES
        more = len(lines) - most
        counts = [f"{len(lines)} of {counted(len(self.tasks), 'user')} failed"]
        counts += [f"{self.skipped} were not tried"] if self.skipped else []
        text = (
            f"{', '.join(counts)}, {self._done} are done; run again; completed users are "
            f"recognised.{self._way_back()} {' '.join(lines[:most])}"
        )
        return type(first)(text + (f" And {more} more like these." if more > 0 else ""))

    def _way_back(self) -> str:
        changed = any(t.doing in _CHANGING and t.user.username in self.outputs for t in self.tasks)
        partly = any(t.doing in _CHANGING and notes(error) for t, error in self.failures)
        return f" {GO_BACK}" if changed or partly else ""
