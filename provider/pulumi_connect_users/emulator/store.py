"""A store: one SQLite file that is one AWS account, with its log, seeds, faults and days."""

import hashlib
import math
import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from . import day, request_log, tables
from .database import BESIDE, Database
from .document import Document
from .errors import EmulatorError
from .faults import rules as fault_rules
from .faults import settings as behaviour
from .faults.rules import Stall
from .protocol import read_json
from .records import users
from .request_log import RequestRecord
from .seeding import apply, fresh

FAULTS_VARIABLE = "CONNECT_USERS_EMULATOR_FAULTS"
"""Environment variable with a JSON list of fault rules, of which a store takes each once."""
LOG_PAGE = 1_000
"""Records of one page of the request log."""


class Store:
    """The memory of the embedded Connect. Threads may share a Store, processes its file."""

    def __init__(self, path: Path) -> None:
        self.database = Database(path, fresh.fill)
        self._add_faults_of_environment()

    @property
    def path(self) -> Path:
        """The file."""
        return self.database.path

    def close(self) -> None:
        """Close the file; the Store may still be used, which opens it again."""
        self.database.close()

    def requests(
        self, since: int = 0, operation: str | None = None, limit: int | None = None
    ) -> list[RequestRecord]:
        """The request log after the record with id `since`, oldest first, at most `limit` of it."""
        with self.database.read() as tx:
            return request_log.records(tx, since=since, operation=operation, limit=limit)

    def request_pages(
        self, since: int = 0, operation: str | None = None
    ) -> Iterator[list[RequestRecord]]:
        """The same by pages of LOG_PAGE records, for logs of any length."""
        while page := self.requests(since, operation, LOG_PAGE):
            yield page
            since = page[-1].id

    def last_request(self) -> int:
        """The id of the newest record, 0 for none: what `requests(since=...)` takes."""
        with self.database.read() as tx:
            row = tx.execute("SELECT coalesce(max(id), 0) FROM requests").fetchone()
            return int(row[0])

    def seed(self, content: Mapping[str, object]) -> dict[str, int]:
        """Add a seed's content, or raise: how many users each instance got, by alias."""
        seed = apply.checked(content)
        with self.database.write() as tx:
            return apply.apply(tx, seed, float(math.floor(time.time())))

    def control(
        self, *, faults: Sequence[object] = (), clear: bool = False, **settings: object
    ) -> None:
        """Change the behaviour: `clear`, add `faults`, set `pacing`, `quotas`, `latency`, `times`.

        None resets one of the four; `faults.settings` and `faults.rules` document their forms.
        """
        with self.database.write() as tx:
            if clear:
                _clear(tx)
            behaviour.save(tx, settings)
            fault_rules.add(tx, faults)

    def controls(self) -> dict[str, Any]:
        """The current settings and fault rules, with how often these matched and `fired`."""
        with self.database.read() as tx:
            current = behaviour.load(tx)
            rules = [
                {**Document.loads(row["rule"]), "seen": row["seen"], "fired": row["fired"]}
                for row in tx.execute("SELECT rule, seen, fired FROM faults ORDER BY id")
            ]
        return {
            "pacing": current.pacing,
            "quotas": dict(current.quotas) or None,
            "latency": current.latency or None,
            "times": None if current.times else False,
            "faults": rules,
        }

    def stalls(self) -> list[Stall]:
        """The requests that an injected stall currently holds."""
        with self.database.read() as tx:
            return fault_rules.stalls(tx)

    def release(self, number: int | None = None) -> None:
        """Let a stalled request continue, or all of them."""
        with self.database.write() as tx:
            fault_rules.release(tx, number)

    def play_day(
        self,
        instance_id: str,
        events: Sequence[object] | None = None,
        *,
        seed: int = 0,
        hours: float = 8.0,
        until: float | None = None,
        speed: float | None = None,
    ) -> int:
        """Play a day (see `day`): `events`, or a random one of some `hours`; returns how many.

        Events later than `until` seconds after the beginning are left out. Without `speed` all
        happen at once, each at the time it would have had if the day had ended now; with it, in
        real time, that many times faster.
        """
        with self.database.read() as tx:
            script = (
                day.random_day(tx, instance_id, seed=seed, hours=hours)
                if events is None
                else events
            )
            played = day.Day(tx, instance_id, script, until=until)
        if speed is not None:
            for event in day.paced(played.events, speed=speed, sleep=time.sleep):
                with self.database.write() as tx:
                    played.play(tx, event, time.time())
            return len(played.events)
        length = until or max((one.number("at") for one in played.events), default=0.0)
        begin = time.time() - length
        with self.database.write() as tx:
            for event in played.events:
                played.play(tx, event, begin + event.number("at"))
        return len(played.events)

    def reset(self) -> None:
        """Delete everything, log and settings included, and start as a fresh store."""
        names = [
            line.split()[2]
            for line in tables.TABLES.splitlines()
            if line.startswith("CREATE TABLE")
        ]
        with self.database.write() as tx:
            for table in names:
                tx.execute(f"DELETE FROM {table}")
            fresh.fill(tx)

    def _add_faults_of_environment(self) -> None:
        text = os.environ.get(FAULTS_VARIABLE)
        if not text:
            return
        try:
            rules = read_json(text)
        except ValueError:
            rules = None
        if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
            raise EmulatorError(
                f"reading {FAULTS_VARIABLE}: not a JSON list of objects. "
                "See: connect-users emulator control --help."
            )
        origin = hashlib.sha256(text.encode()).hexdigest()[:16]
        with self.database.write() as tx:
            fault_rules.add(tx, rules, origin)


def _clear(tx: sqlite3.Connection) -> None:
    """Reset settings and faults and their effects: hidden users appear, held names are free."""
    fault_rules.clear(tx)
    users.settle(tx)
    tx.execute("DELETE FROM settings")
    tx.execute("DELETE FROM buckets")


def remove_store(path: str | os.PathLike[str]) -> None:
    """Delete a store's file, of any version; the next use creates a fresh one."""
    resolved = Path(path).expanduser().absolute()
    with _opening:
        store = _stores.pop(resolved, None)
        if store is not None:
            store.close()
        # The file itself, not a link to it.
        file = resolved.resolve()
        for suffix in ("", *BESIDE):
            file.with_name(file.name + suffix).unlink(missing_ok=True)


_stores: dict[Path, Store] = {}
_opening = threading.Lock()


def open_store(path: str | os.PathLike[str]) -> Store:
    """The Store of a file, one per file and process; created, with mode 0600, on first use."""
    resolved = Path(path).expanduser().absolute()
    with _opening:
        store = _stores.get(resolved)
        if store is None or not resolved.exists():
            if store is not None:
                store.close()
            store = _stores[resolved] = Store(resolved)
        return store
