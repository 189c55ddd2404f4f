"""Rate-limit buckets of all processes of this user and machine: a small file for each key.

Two stacks that are deployed side by side share one quota. Where files cannot be shared (no home, a
read-only or full disk, a lock held too long), each process limits its own rate.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, astuple
from pathlib import Path
from typing import Final

import platformdirs
from filelock import FileLock, Timeout

from ..core.documents import read_json
from ..core.run_hooks import SILENT
from .rate_limit import Bucket, OwnBuckets

_LOCK_SECONDS: Final = 5.0
_TORN = (FileNotFoundError, ValueError, TypeError, AttributeError, OverflowError)
"""Errors of reading where the file is missing or does not hold a bucket."""


def state_folder() -> Path:
    """The private folder of this user's buckets; RuntimeError without a home, as in containers."""
    return platformdirs.user_state_path("pulumi-connect-users", appauthor=False) / "pacing"


class SharedBuckets:
    """Buckets in files; implements `rate_limit.Buckets`."""

    def __init__(
        self,
        folder: Path | None = None,
        warn: Callable[[str], None] = SILENT.warn,
        lock_seconds: float = _LOCK_SECONDS,
    ) -> None:
        """`warn` is called once if the buckets cannot be shared."""
        self._folder = folder
        self._warn = warn
        self._lock_seconds = lock_seconds
        self._own = OwnBuckets()
        self._shares = True

    @contextmanager
    def change(self, key: str) -> Iterator[dict[str, Bucket]]:
        """See `rate_limit.Buckets`. The threads of the process queue at the process's own lock."""
        with self._own.change(key) as buckets:
            held = self._held(key) if self._shares else None
            if held is None:
                yield buckets
                return
            path, lock = held
            try:
                buckets[key] = self._read(path) or buckets.get(key, Bucket())
                yield buckets
                if self._shares:
                    self._write(path, buckets[key])
            finally:
                lock.release()

    def _held(self, key: str) -> tuple[Path, FileLock] | None:
        """The file of a key and its held lock; None where that fails."""
        try:
            folder = self._folder or state_folder()
        except RuntimeError:
            self._alone("this user has no home folder")
            return None
        path = folder / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}.json"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = FileLock(path.with_suffix(".lock"), timeout=self._lock_seconds, mode=0o600)
            lock.acquire(poll_interval=0.005)
        except OSError as error:
            self._failed(path, error)
            return None
        return path, lock

    def _read(self, path: Path) -> Bucket | None:
        """The bucket in a file; None where it is missing or torn."""
        try:
            bucket = Bucket(**{k: float(v) for k, v in read_json(path.read_bytes()).items()})
        except _TORN:
            return None
        except OSError as error:
            self._failed(path, error)
            return None
        return bucket if all(map(math.isfinite, astuple(bucket))) else None

    def _write(self, path: Path, bucket: Bucket) -> None:
        try:
            path.touch(mode=0o600)
            path.write_text(json.dumps(asdict(bucket)), encoding="ascii")
        except OSError as error:
            self._failed(path, error)

    def _failed(self, path: Path, error: OSError) -> None:
        # `Timeout` is an OSError too.
        cause = "is locked" if isinstance(error, Timeout) else f"cannot be used ({error.strerror})"
        self._alone(f"{path.parent} {cause}")

    def _alone(self, cause: str) -> None:
        self._shares = False
        self._warn(
            f"pacing requests in this process alone: {cause}. Other runs on this machine use the "
            "same quota; set XDG_STATE_HOME to a writable folder."
        )
