"""Instances in the store."""

import json
import sqlite3
from dataclasses import dataclass

from .. import ids
from ..document import Document, Members
from .rows import value_of


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance; `identity_type` is its IdentityManagementType, `doc` the rest of the request."""

    seq: int
    id: str
    region: str
    alias: str | None
    identity_type: str
    created: float
    doc: Document

    @property
    def arn(self) -> str:
        """The instance's ARN."""
        return ids.instance_arn(self.region, self.id)


_COLUMNS = "seq, id, region, alias, mode, created, doc"


def _instance(row: sqlite3.Row) -> Instance:
    return Instance(*[*tuple(row)[:6], Document.loads(row["doc"])])


def find(tx: sqlite3.Connection, instance_id: str) -> Instance | None:
    """The instance of that id, in any Region."""
    row = tx.execute(f"SELECT {_COLUMNS} FROM instances WHERE id = ?", (instance_id,)).fetchone()
    return None if row is None else _instance(row)


def find_called(tx: sqlite3.Connection, reference: str) -> Instance | None:
    """The instance of that id, ARN or alias, as a person at a shell names it."""
    arn = ids.parse_arn(reference)
    row = tx.execute(
        f"SELECT {_COLUMNS} FROM instances WHERE id = :name OR alias = :name ORDER BY id <> :name",
        {"name": arn.instance if arn else reference},
    ).fetchone()
    return None if row is None else _instance(row)


def find_by_token(tx: sqlite3.Connection, client_token: str) -> Instance | None:
    """The instance an earlier request with this client token created."""
    row = tx.execute(
        f"SELECT {_COLUMNS} FROM instances WHERE client_token = ?", (client_token,)
    ).fetchone()
    return None if row is None else _instance(row)


def alias_taken(tx: sqlite3.Connection, alias: str) -> bool:
    """Whether an instance has this alias; aliases are unique across Regions."""
    return bool(tx.execute("SELECT 1 FROM instances WHERE alias = ?", (alias,)).fetchone())


def page(tx: sqlite3.Connection, region: str, after: int, size: int) -> list[Instance]:
    """Up to `size` instances of a Region, by creation, after a sequence number."""
    rows = tx.execute(
        f"SELECT {_COLUMNS} FROM instances WHERE region = ? AND seq > ? ORDER BY seq LIMIT ?",
        (region, after, size),
    )
    return [_instance(row) for row in rows]


def count(tx: sqlite3.Connection, region: str) -> int:
    """How many instances a Region has."""
    return int(value_of(tx, "SELECT count(*) FROM instances WHERE region = ?", region) or 0)


def insert(
    tx: sqlite3.Connection,
    *,
    instance_id: str,
    region: str,
    alias: str | None,
    identity_type: str,
    created: float,
    doc: Members,
    client_token: str | None = None,
) -> Instance:
    """Store a new, empty instance."""
    tx.execute(
        "INSERT INTO instances (id, region, alias, mode, client_token, created, doc) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (instance_id, region, alias, identity_type, client_token, created, json.dumps(doc)),
    )
    row = tx.execute(f"SELECT {_COLUMNS} FROM instances WHERE id = ?", (instance_id,)).fetchone()
    return _instance(row)


def delete(tx: sqlite3.Connection, instance_id: str) -> None:
    """Delete an instance and everything in it."""
    users = "(SELECT id FROM users WHERE instance_id = ?)"
    for table in ("user_security_profiles", "proficiencies", "live", "contacts"):
        tx.execute(f"DELETE FROM {table} WHERE user_id IN {users}", (instance_id,))
    for table in ("tags", "resources", "users", "lingering"):
        tx.execute(f"DELETE FROM {table} WHERE instance_id = ?", (instance_id,))
    tx.execute("DELETE FROM instances WHERE id = ?", (instance_id,))
