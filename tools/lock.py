"""A lock between processes that the operating system frees when its holder dies."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

POLL = 0.2
"""Seconds between two looks at a lock that somebody else holds."""


@contextmanager
def locked(path: Path, *, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Holds the lock file at `path` for the length of a `with` block.

    Args:
        path: the lock file; it and its folder are made if absent, and never removed (removing a
            lock file lets two processes lock two different files of one name).
        waiting: called once if somebody else holds the lock, so that the user can be told.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        told = False
        while not _take(descriptor):
            if not told:
                waiting()
                told = True
            time.sleep(POLL)
        yield
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
