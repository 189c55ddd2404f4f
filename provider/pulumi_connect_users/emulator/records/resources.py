"""The resources of an instance other than its users.

They are few and alike, so they share one table: a kind (see `ids`), an id, a name and a JSON
document of the API's own members.
"""

import json
import sqlite3
from dataclasses import dataclass

from ..document import Document, Members
from .instances import Instance
from .rows import insert_row, value_of


@dataclass(frozen=True, slots=True)
class Resource:
    """One row. `parent_id` is empty at the top; `modified` is in whole seconds."""

    seq: int
    instance_id: str
    kind: str
    id: str
    parent_id: str
    name: str
    modified: float
    modified_region: str
    doc: Document

    @property
    def changed(self) -> dict[str, str | float]:
        """The members LastModifiedTime and LastModifiedRegion."""
        return {"LastModifiedTime": self.modified, "LastModifiedRegion": self.modified_region}


_COLUMNS = "seq, instance_id, kind, id, parent_id, name, modified, modified_region, doc"


def _resource(row: sqlite3.Row) -> Resource:
    return Resource(*[*tuple(row)[:8], Document.loads(row["doc"])])


def find(tx: sqlite3.Connection, instance_id: str, kind: str, resource_id: str) -> Resource | None:
    """The resource of that kind and id."""
    row = tx.execute(
        f"SELECT {_COLUMNS} FROM resources WHERE instance_id = ? AND kind = ? AND id = ?",
        (instance_id, kind, resource_id),
    ).fetchone()
    return None if row is None else _resource(row)


def find_named(
    tx: sqlite3.Connection, instance_id: str, kind: str, name: str, parent_id: str = ""
) -> Resource | None:
    """The resource of that kind and exact name (under a parent)."""
    row = tx.execute(
        f"SELECT {_COLUMNS} FROM resources "
        "WHERE instance_id = ? AND kind = ? AND parent_id = ? AND name = ?",
        (instance_id, kind, parent_id, name),
    ).fetchone()
    return None if row is None else _resource(row)


def page(
    tx: sqlite3.Connection, instance_id: str, kind: str, after: int = 0, size: int = -1
) -> list[Resource]:
    """Up to `size` (-1 = all) resources of a kind, by creation, after a sequence number."""
    rows = tx.execute(
        f"SELECT {_COLUMNS} FROM resources "
        "WHERE instance_id = ? AND kind = ? AND seq > ? ORDER BY seq LIMIT ?",
        (instance_id, kind, after, size),
    )
    return [_resource(row) for row in rows]


def count(tx: sqlite3.Connection, instance_id: str, kind: str) -> int:
    """How many of a kind an instance has."""
    query = "SELECT count(*) FROM resources WHERE instance_id = ? AND kind = ?"
    return int(value_of(tx, query, instance_id, kind) or 0)


def children(tx: sqlite3.Connection, instance_id: str, kind: str, parent_id: str) -> list[str]:
    """The ids of a parent's children."""
    rows = tx.execute(
        "SELECT id FROM resources WHERE instance_id = ? AND kind = ? AND parent_id = ? "
        "ORDER BY seq",
        (instance_id, kind, parent_id),
    )
    return [str(row["id"]) for row in rows]


def insert(
    tx: sqlite3.Connection,
    instance: Instance,
    kind: str,
    resource_id: str,
    name: str,
    doc: Members,
    *,
    modified: float,
    parent_id: str = "",
) -> None:
    """Store a new resource; its id and name must be free."""
    insert_row(
        tx,
        "resources",
        instance_id=instance.id,
        kind=kind,
        id=resource_id,
        parent_id=parent_id,
        name=name,
        doc=json.dumps(doc),
        modified=modified,
        modified_region=instance.region,
    )


def update(
    tx: sqlite3.Connection,
    resource: Resource,
    *,
    modified: float,
    region: str,
    name: str | None = None,
    doc: Members | None = None,
) -> None:
    """Store a resource's new name or document, and when it changed."""
    tx.execute(
        "UPDATE resources SET name = ?, doc = ?, modified = ?, modified_region = ? WHERE seq = ?",
        (
            resource.name if name is None else name,
            json.dumps(resource.doc if doc is None else doc),
            modified,
            region,
            resource.seq,
        ),
    )


def delete(tx: sqlite3.Connection, resource: Resource) -> None:
    """Delete a resource and its tags."""
    tx.execute("DELETE FROM resources WHERE seq = ?", (resource.seq,))
    tx.execute("DELETE FROM tags WHERE resource_id = ?", (resource.id,))
