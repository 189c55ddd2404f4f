"""Writing a row of any table."""

from __future__ import annotations

import sqlite3


def insert_row(tx: sqlite3.Connection, table: str, **values: str | float | None) -> int:
    """Insert a row, given by column, and return its number."""
    columns, places = ", ".join(values), ", ".join(f":{name}" for name in values)
    cursor = tx.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)
    return cursor.lastrowid or 0
