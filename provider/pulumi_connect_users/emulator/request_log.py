"""The request log of a store: one record per request, redacted before it is written.

The log is bounded: KEPT records, each with parameters of at most LONGEST bytes, so at most about
250 MB on disk.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .document import Document, Json, Members
from .records.rows import insert_row
from .redact import redact_text

KEPT = 100_000
"""Records a store keeps; older ones are dropped in steps."""
_STEP = 1_000
LONGEST = 2_000
"""Bytes of a record's parameters; of larger requests only the small members are kept."""
_LONGEST_MEMBER = 100
_LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """One request and its injected `faults`; `status` is None where no answer was sent."""

    id: int
    time: float
    request_id: str
    pid: int
    region: str
    operation: str
    mutating: bool
    instance_id: str | None
    user_id: str | None
    status: int | None
    error_code: str | None
    params: Mapping[str, Any]
    faults: Sequence[str]

    def as_dict(self) -> dict[str, Json]:
        """The record as JSON has it."""
        return asdict(self)


def params_text(params: Members) -> str:
    """Redacted parameters as a record holds them; of a large member only its size."""
    text = json.dumps(params, ensure_ascii=False)
    if len(text.encode()) <= LONGEST:
        return text
    sizes = {name: len(json.dumps(value)) for name, value in params.items()}
    return json.dumps(
        {
            name: value if sizes[name] <= _LONGEST_MEMBER else f"({sizes[name]} bytes)"
            for name, value in params.items()
        }
    )


def id_text(value: Json) -> str | None:
    """An id from a request as a record holds it; None where it is absent or not a text."""
    if not isinstance(value, str) or not value:
        return None
    return redact_text(value)[:_LONGEST_ID]


def append(tx: sqlite3.Connection, *, faults: Sequence[str], **columns: str | float | None) -> int:
    """Write one record and return its id; `params` is a text of `params_text`."""
    record = insert_row(tx, "requests", faults=json.dumps(list(faults)), **columns)
    if record % _STEP == 0:
        tx.execute("DELETE FROM requests WHERE id <= ?", (record - KEPT,))
    return record


def amend(
    tx: sqlite3.Connection,
    record: int,
    *,
    status: int | None,
    error_code: str | None,
    user_id: str | None,
    faults: Sequence[str],
) -> None:
    """Update the outcome of a request that was logged before its end."""
    tx.execute(
        "UPDATE requests SET status = ?, error_code = ?, user_id = ?, faults = ? WHERE id = ?",
        (status, error_code, user_id, json.dumps(list(faults)), record),
    )


def records(
    tx: sqlite3.Connection,
    *,
    since: int = 0,
    operation: str | None = None,
    limit: int | None = None,
) -> list[RequestRecord]:
    """At most `limit` records after id `since`, oldest first, of one operation or of all."""
    rows = tx.execute(
        "SELECT id, time, request_id, pid, region, operation, mutating, instance_id, user_id, "
        "status, error_code, params, faults FROM requests "
        "WHERE id > ? AND (? IS NULL OR operation = ?) ORDER BY id LIMIT ?",
        (since, operation, operation, -1 if limit is None else limit),
    )
    return [
        RequestRecord(
            *[
                *tuple(row)[:6],
                bool(row["mutating"]),
                *tuple(row)[7:11],
                Document.loads(row["params"]),
                tuple(json.loads(row["faults"])),
            ]
        )
        for row in rows
    ]
