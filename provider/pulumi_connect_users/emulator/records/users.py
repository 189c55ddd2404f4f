"""Users in the store.

What SearchUsers filters by has columns of its own; the rest is a document: `IdentityInfo` (the
API's members), `DirectoryUserId`, `SecurityProfileIds` (in the caller's order) and `Channels` (see
`contact_handling`). A password is in neither.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ..document import Document
from .rows import id_of, insert_row, value_of


@dataclass(frozen=True, slots=True)
class User:
    """One user; `seq` orders users by creation, times are in seconds."""

    seq: int
    instance_id: str
    id: str
    username: str
    routing_profile_id: str
    hierarchy_group_id: str | None
    modified: float
    modified_region: str
    proficiencies_modified: float
    doc: Document


COLUMNS = (
    "users.seq, users.instance_id, users.id, users.username, users.routing_profile_id, "
    "users.hierarchy_group_id, users.modified, users.modified_region, "
    "users.proficiencies_modified, users.doc"
)
VISIBLE = "users.hidden_until <= :now AND users.hidden_calls <= 0"
"""The condition under which reads see a user (late visibility)."""


def from_row(row: sqlite3.Row) -> User:
    """The user a row of COLUMNS holds."""
    return User(*[*tuple(row)[:9], Document.loads(row["doc"])])


def find(tx: sqlite3.Connection, instance_id: str, user_id: str) -> User | None:
    """The user of that id, visible or not."""
    row = tx.execute(
        f"SELECT {COLUMNS} FROM users WHERE id = ? AND instance_id = ?", (user_id, instance_id)
    ).fetchone()
    return None if row is None else from_row(row)


def id_named(tx: sqlite3.Connection, instance_id: str, username: str) -> str | None:
    """The id of the user with exactly this name, visible or not."""
    query = "SELECT id FROM users WHERE instance_id = ? AND username = ?"
    return id_of(tx, query, instance_id, username)


def id_taken(tx: sqlite3.Connection, user_id: str) -> bool:
    """Whether a user of any instance has this id."""
    return bool(value_of(tx, "SELECT 1 FROM users WHERE id = ?", user_id))


def hidden(tx: sqlite3.Connection, user_id: str, now: float) -> bool:
    """Whether reads cannot see the user yet."""
    query = "SELECT hidden_until > ? OR hidden_calls > 0 FROM users WHERE id = ?"
    return bool(value_of(tx, query, now, user_id))


def missed(tx: sqlite3.Connection, user_id: str) -> None:
    """Count a request that has not found a hidden user."""
    tx.execute("UPDATE users SET hidden_calls = hidden_calls - 1 WHERE id = ?", (user_id,))


def overlooked(tx: sqlite3.Connection, instance_id: str) -> None:
    """Count a list or search that has left out the hidden users."""
    tx.execute(
        "UPDATE users SET hidden_calls = hidden_calls - 1 "
        "WHERE instance_id = ? AND hidden_calls > 0",
        (instance_id,),
    )


def username_taken(tx: sqlite3.Connection, instance_id: str, username: str, now: float) -> bool:
    """Whether a user has the name, or a deleted one still holds it."""
    query = (
        "SELECT 1 FROM lingering "
        "WHERE instance_id = ? AND username = ? AND (calls > 0 OR until > ?)"
    )
    named = id_named(tx, instance_id, username) is not None
    return named or bool(value_of(tx, query, instance_id, username, now))


def met(tx: sqlite3.Connection, instance_id: str, username: str) -> None:
    """Count a create request that has met a deleted user's name."""
    tx.execute(
        "UPDATE lingering SET calls = calls - 1 WHERE instance_id = ? AND username = ?",
        (instance_id, username),
    )


def count(tx: sqlite3.Connection, instance_id: str) -> int:
    """How many users an instance has."""
    return int(value_of(tx, "SELECT count(*) FROM users WHERE instance_id = ?", instance_id) or 0)


def page(
    tx: sqlite3.Connection, instance_id: str, after: int, size: int, now: float
) -> list[sqlite3.Row]:
    """Rows of ListUsers: seq, id, username and the two last-modified columns of visible users."""
    return tx.execute(
        "SELECT seq, id, username, modified, modified_region FROM users "
        f"WHERE instance_id = :instance AND seq > :after AND {VISIBLE} ORDER BY seq LIMIT :size",
        {"instance": instance_id, "after": after, "size": size, "now": now},
    ).fetchall()


def insert(
    tx: sqlite3.Connection, *, user: User, hidden_until: float = 0, hidden_calls: int = 0
) -> None:
    """Store a new user; `user.seq` is ignored."""
    identity = user.doc.part("IdentityInfo")
    insert_row(
        tx,
        "users",
        instance_id=user.instance_id,
        id=user.id,
        username=user.username,
        first_name=identity.text("FirstName"),
        last_name=identity.text("LastName"),
        routing_profile_id=user.routing_profile_id,
        hierarchy_group_id=user.hierarchy_group_id,
        doc=json.dumps(user.doc),
        modified=user.modified,
        modified_region=user.modified_region,
        proficiencies_modified=user.proficiencies_modified,
        hidden_until=hidden_until,
        hidden_calls=hidden_calls,
    )
    _put_profiles(tx, user.id, user.doc.texts("SecurityProfileIds"))


def update(tx: sqlite3.Connection, user: User) -> None:
    """Store a user's new state; the security profiles of its document too."""
    identity = user.doc.part("IdentityInfo")
    tx.execute(
        "UPDATE users SET first_name = ?, last_name = ?, routing_profile_id = ?, "
        "hierarchy_group_id = ?, doc = ?, modified = ?, modified_region = ? WHERE seq = ?",
        (
            identity.text("FirstName"),
            identity.text("LastName"),
            user.routing_profile_id,
            user.hierarchy_group_id,
            json.dumps(user.doc),
            user.modified,
            user.modified_region,
            user.seq,
        ),
    )
    tx.execute("DELETE FROM user_security_profiles WHERE user_id = ?", (user.id,))
    _put_profiles(tx, user.id, user.doc.texts("SecurityProfileIds"))


def delete(tx: sqlite3.Connection, user: User) -> None:
    """Delete a user and everything of it; quick connects stay, as on AWS."""
    for table in ("user_security_profiles", "proficiencies", "live", "contacts"):
        tx.execute(f"DELETE FROM {table} WHERE user_id = ?", (user.id,))
    tx.execute("DELETE FROM tags WHERE resource_id = ?", (user.id,))
    tx.execute("DELETE FROM users WHERE seq = ?", (user.seq,))


def linger(tx: sqlite3.Connection, user: User, until: float, calls: int) -> None:
    """Keep a deleted user's name taken until a time, or for a number of further attempts."""
    tx.execute(
        "INSERT OR REPLACE INTO lingering (instance_id, username, until, calls) "
        "VALUES (?, ?, ?, ?)",
        (user.instance_id, user.username, until, calls),
    )


def settle(tx: sqlite3.Connection) -> None:
    """End late visibility and late disappearance."""
    tx.execute(
        "UPDATE users SET hidden_until = 0, hidden_calls = 0 "
        "WHERE hidden_until <> 0 OR hidden_calls <> 0"
    )
    tx.execute("DELETE FROM lingering")


def holder(
    tx: sqlite3.Connection,
    instance_id: str,
    column: Literal["routing_profile_id", "hierarchy_group_id"],
    value: str,
) -> str | None:
    """The id of a user whose column is `value`, if any."""
    query = f"SELECT id FROM users WHERE instance_id = ? AND {column} = ? LIMIT 1"
    return id_of(tx, query, instance_id, value)


def holder_of_profile(tx: sqlite3.Connection, security_profile_id: str) -> str | None:
    """The id of a user that has a security profile, if any."""
    query = "SELECT user_id FROM user_security_profiles WHERE security_profile_id = ? LIMIT 1"
    return id_of(tx, query, security_profile_id)


def _put_profiles(tx: sqlite3.Connection, user_id: str, profile_ids: Iterable[str]) -> None:
    tx.executemany(
        "INSERT OR IGNORE INTO user_security_profiles (user_id, security_profile_id) VALUES (?, ?)",
        [(user_id, profile_id) for profile_id in profile_ids],
    )


def count_of_routing_profile(tx: sqlite3.Connection, routing_profile_id: str) -> int:
    """How many users have a routing profile."""
    query = "SELECT count(*) FROM users WHERE routing_profile_id = ?"
    return int(value_of(tx, query, routing_profile_id) or 0)


def logged_in(tx: sqlite3.Connection, instance_id: str) -> list[User]:
    """The users of an instance that have a status, in the order of their creation."""
    rows = tx.execute(
        f"SELECT {COLUMNS} FROM users JOIN live ON live.user_id = users.id "
        "WHERE users.instance_id = ? ORDER BY users.seq",
        (instance_id,),
    )
    return [from_row(row) for row in rows]


def everyone(tx: sqlite3.Connection, instance_id: str) -> list[User]:
    """Every user of an instance, in the order of their creation."""
    rows = tx.execute(
        f"SELECT {COLUMNS} FROM users WHERE instance_id = ? ORDER BY seq", (instance_id,)
    )
    return [from_row(row) for row in rows]
