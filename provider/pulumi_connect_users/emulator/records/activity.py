"""Agents at work: their statuses and the contacts they handle."""

import sqlite3
from dataclasses import astuple, dataclass

STATES = (
    "INCOMING",
    "PENDING",
    "CONNECTING",
    "CONNECTED",
    "CONNECTED_ONHOLD",
    "MISSED",
    "ERROR",
    "ENDED",
    "REJECTED",
)
"""What a contact can be in (API reference, AgentContactReference)."""
BUSY = frozenset({"INCOMING", "PENDING", "CONNECTING", "CONNECTED", "CONNECTED_ONHOLD"})
"""The states in which an agent is handling, or being offered, a contact. ENDED is after contact
work: it holds the slot too, but the agent's next status is what the agent will have after it."""


@dataclass(frozen=True, slots=True)
class Presence:
    """A logged-in agent: status, since when, and the status that comes after the contact."""

    user_id: str
    status_id: str
    since: float
    next_status_id: str | None


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact with an agent; `connected` is None until the agent has taken it."""

    id: str
    user_id: str
    queue_id: str
    channel: str
    initiation: str
    state: str
    since: float
    connected: float | None


_COLUMNS = "id, user_id, queue_id, channel, initiation, state, since, connected"
"""As Contact has them."""


def presence(tx: sqlite3.Connection, user_id: str) -> Presence | None:
    """An agent's status, None when logged out."""
    row = tx.execute(
        "SELECT user_id, status_id, since, next_status_id FROM live WHERE user_id = ?", (user_id,)
    ).fetchone()
    return None if row is None else Presence(*row)


def set_status(tx: sqlite3.Connection, user_id: str, status_id: str, now: float) -> None:
    """Put an agent into a status; a next status is forgotten."""
    tx.execute(
        "INSERT OR REPLACE INTO live (user_id, status_id, since) VALUES (?, ?, ?)",
        (user_id, status_id, now),
    )


def set_next_status(tx: sqlite3.Connection, user_id: str, status_id: str) -> None:
    """Set the status that a busy agent gets after the contact."""
    tx.execute("UPDATE live SET next_status_id = ? WHERE user_id = ?", (status_id, user_id))


def log_out(tx: sqlite3.Connection, user_id: str) -> None:
    """Delete an agent's status and contacts."""
    tx.execute("DELETE FROM live WHERE user_id = ?", (user_id,))
    tx.execute("DELETE FROM contacts WHERE user_id = ?", (user_id,))


def contacts(tx: sqlite3.Connection, user_id: str) -> list[Contact]:
    """The contacts an agent has, oldest state first."""
    rows = tx.execute(
        f"SELECT {_COLUMNS} FROM contacts WHERE user_id = ? ORDER BY since, id",
        (user_id,),
    )
    return [Contact(*row) for row in rows]


def contact(tx: sqlite3.Connection, contact_id: str) -> Contact | None:
    """The contact of that id, None before it begins and after it is closed."""
    row = tx.execute(f"SELECT {_COLUMNS} FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    return None if row is None else Contact(*row)


def put_contact(tx: sqlite3.Connection, contact: Contact) -> None:
    """Store a contact, or its new state."""
    tx.execute(
        f"INSERT OR REPLACE INTO contacts ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        astuple(contact),
    )


def drop_contact(tx: sqlite3.Connection, contact_id: str) -> None:
    """Delete a contact whose after contact work is over."""
    tx.execute("DELETE FROM contacts WHERE id = ?", (contact_id,))


def settle(tx: sqlite3.Connection, user_id: str, now: float) -> None:
    """Give an agent without contacts the next status that was asked for, if any."""
    present = presence(tx, user_id)
    if present and present.next_status_id and not contacts(tx, user_id):
        set_status(tx, user_id, present.next_status_id, now)
