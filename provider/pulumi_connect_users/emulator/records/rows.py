"""Writing a row of any table, and reading one value."""

import sqlite3


def insert_row(tx: sqlite3.Connection, table: str, **values: str | float | None) -> int:
    """Insert a row, given by column, and return its number."""
    columns, places = ", ".join(values), ", ".join(f":{name}" for name in values)
    cursor = tx.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)
    return cursor.lastrowid or 0


def value_of(tx: sqlite3.Connection, query: str, *values: str | float | None) -> str | int | None:
    """The first column of the first row, if there is one."""
    row = tx.execute(query, values).fetchone()
    value: str | int | None = None if row is None else row[0]
    return value


def id_of(tx: sqlite3.Connection, query: str, *values: str | float | None) -> str | None:
    """The same, of a query for an id."""
    value = value_of(tx, query, *values)
    return None if value is None else str(value)
