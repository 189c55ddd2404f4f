"""The SQLite file of a store: its mode, pooled connections and transactions.

Write-ahead logging with `synchronous=NORMAL`: whatever was committed survives the death of every
process that uses the file (not the machine's power loss). Any number of processes and threads may
use one file.
"""

import os
import sqlite3
import stat
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from . import tables
from .errors import EmulatorError, OutdatedStore

_BUSY_SECONDS = 60.0
_IGNORE_ALL = "# Created by the embedded Amazon Connect: a local store, not to be committed.\n*\n"
_OWN_FOLDER = ".connect-users"
BESIDE = ("-wal", "-shm")
"""What SQLite adds to a store's name for the files beside it."""


class Database:
    """A pool of connections to one file; EmulatorError where it has become unusable."""

    def __init__(self, path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
        """Open the file; create and `fill` a missing one in one transaction.

        EmulatorError where it cannot be opened or is not a store, OutdatedStore where another
        version has written it.
        """
        self.path = path
        self._idle: deque[sqlite3.Connection] = deque()
        self._pid = os.getpid()
        # SQLite's own waiting is a sleep; writers of one process queue here instead.
        self._writing = threading.Lock()
        self._finalizer = weakref.finalize(self, _close_all, self._idle)
        try:
            _make_file(path)
            with self._connection() as connection:
                _prepare(connection, path, fill)
        except OSError as error:
            raise _unusable(path, error) from None
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the idle connections; the next use opens new ones."""
        _close_all(self._idle)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction that may write; rolled back where the block raises."""
        with self._connection() as connection, self._writing:
            connection.execute("BEGIN IMMEDIATE")
            with _whole(connection):
                yield connection

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the file."""
        with self._connection() as connection:
            connection.execute("BEGIN")
            with _whole(connection):
                yield connection

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        self._after_fork()
        try:
            try:
                connection = self._idle.pop()
            except IndexError:
                connection = _connect(self.path)
            try:
                yield connection
            finally:
                self._idle.append(connection)
        except sqlite3.DatabaseError as error:
            # Its other subclasses are errors in this package.
            if type(error) not in (sqlite3.DatabaseError, sqlite3.OperationalError):
                raise
            raise _unusable(self.path, error) from None

    def _after_fork(self) -> None:
        if self._pid != os.getpid():
            # A connection must not cross a fork: the child forgets its parent's without closing
            # them.
            self._finalizer.detach()
            self._abandoned = self._idle
            self._idle = deque()
            self._writing = threading.Lock()
            self._finalizer = weakref.finalize(self, _close_all, self._idle)
            self._pid = os.getpid()


_REMEDIES = {
    "locked": "Another process holds it: wait for that process, or end it.",
    "full": "Free some space there.",
    "readonly": "Make the file and its folder writable.",
}


def _unusable(path: Path, error: Exception) -> EmulatorError:
    """The error of a file that cannot be read or written, with its remedy."""
    remedies = (text for word, text in _REMEDIES.items() if word in str(error))
    remedy = next(remedies, "Name another file, or delete this one.")
    cause = getattr(error, "strerror", None) or error
    return EmulatorError(f"opening the embedded Connect, {path}: {cause}. {remedy}")


@contextmanager
def _whole(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit the transaction that has begun; roll back where the block raises."""
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite itself rolls back where space runs out.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous=NORMAL")
    except BaseException:
        connection.close()
        raise
    return connection


def _patiently(step: Callable[[], object]) -> None:
    # Changing the journal mode does not honour the busy time-out.
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            step()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _close_all(connections: deque[sqlite3.Connection]) -> None:
    while connections:
        connections.pop().close()


def _make_file(path: Path) -> None:
    folder = path.parent
    ours = folder.name == _OWN_FOLDER
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        ours = True
    ignore = folder / ".gitignore"
    if ours and not ignore.exists():
        ignore.write_text(_IGNORE_ALL, encoding="utf-8")
    if not path.exists():
        # Without O_EXCL, which does not make the file that a dangling link points to.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _make_private(path: Path) -> None:
    """Give a store, and what SQLite adds beside it, to its owner alone, through any link."""
    file = path.resolve()
    for one in (file, *(file.with_name(file.name + suffix) for suffix in BESIDE)):
        # Missing, or of another owner: it stays as it is.
        with suppress(OSError):
            mode = stat.S_IMODE(one.stat().st_mode)
            if mode & 0o077:
                one.chmod(mode & 0o700)


def _prepare(
    connection: sqlite3.Connection, path: Path, fill: Callable[[sqlite3.Connection], None]
) -> None:
    if _version(connection) == 0:
        # Asked again: another process may have filled the file meanwhile.
        if _tables(connection) and _version(connection) == 0:
            raise EmulatorError(
                f"opening the embedded Connect, {path}: another program's file. Name another."
            )
        _make_private(path)
        # The file keeps the mode for every process that opens it.
        _patiently(lambda: connection.execute("PRAGMA journal_mode=WAL"))
        connection.execute("BEGIN IMMEDIATE")
        # Another process may have been quicker.
        with _whole(connection):
            if _version(connection) == 0:
                for statement in tables.TABLES.split(";\n"):
                    connection.execute(statement)
                fill(connection)
                connection.execute(f"PRAGMA user_version={tables.VERSION}")
    if _version(connection) != tables.VERSION:
        raise OutdatedStore(
            f"opening the embedded Connect, {path}: written by another version of the emulator. "
            "Run: connect-users emulator reset."
        )
    _make_private(path)


def _tables(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
