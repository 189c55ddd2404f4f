"""The buckets of all processes of this user on this machine: a small file for each key.

Two stacks that are deployed side by side share one quota, so they share its clock. Where that
cannot be (no home, a read-only disk, a lock that somebody holds), each process paces alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final

import platformdirs
from filelock import FileLock, Timeout

from .pacing import Bucket, OwnBuckets

_LOCK_SECONDS: Final = 5.0


def state_folder() -> Path:
    """The private folder of the buckets: one for each user of the machine."""
    return platformdirs.user_state_path("pulumi-connect-users", appauthor=False) / "pacing"


class SharedBuckets:
    """Buckets in files; implements `pacing.Buckets`."""

    def __init__(
        self,
        folder: Path | None = None,
        warn: Callable[[str], None] = lambda text: None,
        lock_seconds: float = _LOCK_SECONDS,
    ) -> None:
        """`warn` is told once, in one line, if the buckets cannot be shared."""
        self._folder = folder or state_folder()
        self._warn = warn
        self._lock_seconds = lock_seconds
        self._own = OwnBuckets()
        self._shares = True

    @contextmanager
    def change(self, key: str) -> Iterator[dict[str, Bucket]]:
        """See `pacing.Buckets`. The threads of the process queue at the process's own lock."""
        with self._own.change(key) as buckets:
            path = self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.json"
            lock = self._locked(path)
            if lock is not None:
                buckets[key] = self._read(path) or buckets.get(key, Bucket())
            try:
                yield buckets
                if lock is not None and self._shares:
                    self._write(path, buckets[key])
            finally:
                if lock is not None:
                    lock.release()

    def _read(self, path: Path) -> Bucket | None:
        """The bucket in a file; None where there is none, or a torn one."""
        try:
            return Bucket(**{k: float(v) for k, v in json.loads(path.read_bytes()).items()})
        except (FileNotFoundError, ValueError, TypeError, AttributeError):
            return None
        except OSError as error:
            self._alone(error)
            return None

    def _write(self, path: Path, bucket: Bucket) -> None:
        try:
            path.touch(mode=0o600)
            path.write_text(json.dumps(asdict(bucket)), encoding="ascii")
        except OSError as error:
            self._alone(error)

    def _locked(self, path: Path) -> FileLock | None:
        if not self._shares:
            return None
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = FileLock(path.with_suffix(".lock"), timeout=self._lock_seconds, mode=0o600)
            lock.acquire(poll_interval=0.005)
        except OSError as error:
            self._alone(error)
            return None
        return lock

    def _alone(self, error: OSError) -> None:
        # `Timeout` is an OSError too.
        self._shares = False
        cause = "is locked" if isinstance(error, Timeout) else f"cannot be used ({error.strerror})"
        self._warn(
            f"pacing requests in this process alone: {self._folder} {cause}. Other runs on this "
            "machine use the same quota; set XDG_STATE_HOME to a folder that can be written."
        )
