"""Users' proficiencies in the store: attribute name and value, and a level."""

import sqlite3

from .rows import id_of, value_of


def put(tx: sqlite3.Connection, user_id: str, name: str, value: str, level: float) -> None:
    """Give a user a proficiency, or a present one a new level."""
    tx.execute(
        "INSERT OR REPLACE INTO proficiencies (user_id, name, value, level) VALUES (?, ?, ?, ?)",
        (user_id, name, value, level),
    )


def has(tx: sqlite3.Connection, user_id: str, name: str, value: str) -> bool:
    """Whether a user has a proficiency, at whatever level."""
    query = "SELECT 1 FROM proficiencies WHERE user_id = ? AND name = ? AND value = ?"
    return bool(value_of(tx, query, user_id, name, value))


def remove(tx: sqlite3.Connection, user_id: str, name: str, value: str) -> None:
    """Remove a proficiency."""
    tx.execute(
        "DELETE FROM proficiencies WHERE user_id = ? AND name = ? AND value = ?",
        (user_id, name, value),
    )


def all_of(tx: sqlite3.Connection, user_id: str) -> list[sqlite3.Row]:
    """A user's proficiencies (name, value, level) in alphabetical order."""
    return tx.execute(
        "SELECT name, value, level FROM proficiencies WHERE user_id = ? ORDER BY name, value",
        (user_id,),
    ).fetchall()


def touch(tx: sqlite3.Connection, user_id: str, when: float) -> None:
    """Note that a user's proficiencies have changed."""
    tx.execute("UPDATE users SET proficiencies_modified = ? WHERE id = ?", (when, user_id))


def in_use(
    tx: sqlite3.Connection, instance_id: str, name: str, value: str | None = None
) -> str | None:
    """The id of a user who has a proficiency of that attribute (and value), if any."""
    query = (
        "SELECT user_id FROM proficiencies JOIN users ON users.id = user_id "
        "WHERE instance_id = ? AND name = ? AND (? IS NULL OR value = ?) LIMIT 1"
    )
    return id_of(tx, query, instance_id, name, value, value)
