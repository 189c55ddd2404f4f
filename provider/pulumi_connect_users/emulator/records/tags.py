"""Tags of instances, users and the other resources, by the id of what carries them."""

import json
import sqlite3
from collections.abc import Iterable

from ..document import Document


def get(tx: sqlite3.Connection, resource_id: str) -> dict[str, str]:
    """The tags of one resource, by key."""
    rows = tx.execute(
        "SELECT key, value FROM tags WHERE resource_id = ? ORDER BY key", (resource_id,)
    )
    return {row["key"]: row["value"] for row in rows}


def get_many(tx: sqlite3.Connection, resource_ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """The tags of several resources, by id; those without tags are left out."""
    found: dict[str, dict[str, str]] = {}
    rows = tx.execute(
        "SELECT resource_id, key, value FROM tags "
        "WHERE resource_id IN (SELECT value FROM json_each(?)) ORDER BY resource_id, key",
        (json.dumps(list(resource_ids)),),
    )
    for row in rows:
        found.setdefault(row["resource_id"], {})[row["key"]] = row["value"]
    return found


def put(tx: sqlite3.Connection, instance_id: str, resource_id: str, tags: Document) -> None:
    """Add tags, or give present ones a new value."""
    tx.executemany(
        "INSERT INTO tags (instance_id, resource_id, key, value) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (resource_id, key) DO UPDATE SET value = excluded.value",
        [(instance_id, resource_id, key, tags.text(key)) for key in tags],
    )


def remove(tx: sqlite3.Connection, resource_id: str, keys: Iterable[str]) -> None:
    """Remove tags; absent keys are ignored."""
    tx.executemany(
        "DELETE FROM tags WHERE resource_id = ? AND key = ?", [(resource_id, key) for key in keys]
    )


def in_use(tx: sqlite3.Connection, instance_id: str, kinds: Iterable[str]) -> list[tuple[str, str]]:
    """The distinct tags of an instance's users and resources of these kinds (none = all)."""
    rows = tx.execute(
        "SELECT DISTINCT key, value FROM tags LEFT JOIN resources ON resources.id = resource_id "
        "AND resources.instance_id = tags.instance_id "
        "WHERE tags.instance_id = :instance AND resource_id <> :instance "
        "AND (:kinds = '[]' OR coalesce(replace(kind, 'queue', 'standard-queue'), 'agent') "
        "IN (SELECT value FROM json_each(:kinds))) ORDER BY key, value",
        {"instance": instance_id, "kinds": json.dumps(sorted(kinds))},
    )
    return [(row["key"], row["value"]) for row in rows]
