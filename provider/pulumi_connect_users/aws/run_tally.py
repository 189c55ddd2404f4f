"""Counts users of one Pulumi run over all its provider processes, in a small file.

They share the engine's address. Each holds a lock of its own while it is alive; one that finds no
other, and none of the same parent before it, starts a new count, so that a later engine at the same
address is not affected.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from ..core.run_hooks import SILENT
from .rate_limit_file import state_folder

_LOCK_SECONDS: Final = 10.0
_OLD_SECONDS: Final = 3600.0


class RunTally:
    """Implements `users.allowance.Tally`: what counts towards one setting."""

    def __init__(
        self,
        engine: str,
        setting: str,
        folder: Path | None = None,
        warn: Callable[[str], None] = SILENT.warn,
    ) -> None:
        """`engine` is its address; `warn` is called once if the count cannot be shared."""
        self._name = hashlib.sha256(f"{engine} {setting}".encode()).hexdigest()[:24]
        self._setting = setting
        self._folder = folder
        self._warn = warn
        self._lock = threading.Lock()
        self._users: dict[str, str] = {}
        self._alive: FileLock | None = None
        self._shares = True

    @contextmanager
    def change(self) -> Iterator[dict[str, str]]:
        """See `Tally`."""
        with self._lock:
            lock = self._held() if self._shares else None
            try:
                yield self._users
                if lock is not None:
                    self._write()
            finally:
                if lock is not None:
                    lock.release()

    def _held(self) -> FileLock | None:
        """The held lock of all counts, with this run's count read; None where that fails."""
        try:
            self._folder = self._folder or state_folder().parent / "runs"
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = _lock(self._folder / "runs.lock")
            lock.acquire(timeout=_LOCK_SECONDS, poll_interval=0.01)
        except (OSError, RuntimeError) as error:
            self._alone(error)
            return None
        try:
            if self._alive is None:
                self._join(self._folder)
            with suppress(FileNotFoundError, ValueError):
                self._users = dict(json.loads(self._file.read_bytes()))
        except OSError as error:
            lock.release()
            self._alone(error)
            return None
        return lock

    def _join(self, folder: Path) -> None:
        """Joins the run's processes; removes counts of runs that have ended.

        An engine ends a plugin's process with the last resource of an explicit provider: a process
        of the same parent continues the count.
        """
        runs = {path.name.partition(".")[0] for path in folder.glob("*.alive") if _is_held(path)}
        parent = folder / f"{self._name}.{os.getppid()}.parent"
        for count in folder.glob("*.json"):
            is_over = _is_old(count) if count.stem != self._name else not parent.exists()
            if count.stem not in runs and is_over:
                count.unlink()
                for former in folder.glob(f"{count.stem}.*.parent"):
                    former.unlink()
        parent.touch(mode=0o600)
        self._alive = _lock(folder / f"{self._name}.{uuid.uuid4().hex}.alive")
        self._alive.acquire(timeout=0)

    @property
    def _file(self) -> Path:
        assert self._folder is not None
        return self._folder / f"{self._name}.json"

    def _write(self) -> None:
        try:
            self._file.touch(mode=0o600)
            self._file.write_text(json.dumps(self._users), encoding="ascii")
        except OSError as error:
            self._alone(error)

    def _alone(self, error: Exception) -> None:
        self._shares = False
        cause = getattr(error, "strerror", None) or type(error).__name__
        self._warn(
            f"counting users of this process alone ({cause}): other processes of this run count "
            f"their own towards connect:{self._setting}. Set XDG_STATE_HOME to a writable folder."
        )


def _lock(path: Path) -> FileLock:
    # Not thread-local: a thread's locks are released when the thread ends.
    return FileLock(path, thread_local=False, mode=0o600)


def _is_old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > _OLD_SECONDS


def _is_held(path: Path) -> bool:
    """Whether the process that holds a file is alive; if not, the file is removed."""
    lock = _lock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    path.unlink(missing_ok=True)
    return False
