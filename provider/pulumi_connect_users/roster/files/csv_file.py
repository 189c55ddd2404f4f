"""CSV rosters: one user per row, one attribute per column.

Cells that are empty say nothing. Separators, and names of columns that are not the documented ones,
are recognised and reported as guesses; `columns` has the names.
"""

import csv
import io
from collections.abc import Iterator
from functools import partial

from ...core.privacy import display_name
from ...core.properties import Value
from ...core.unknowns import Path as PropertyPath
from . import cells
from .columns import PASSWORD, USERNAME, Column, ColumnPath, column, columns, is_of_console, meant
from .document import Document, Entry
from .formulas import unguarded
from .users import Place

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_SPREADSHEETS_OWN = "sep="
"""How the first line begins with which a spreadsheet says how it separates columns."""


def read_csv(document: Document, text: str) -> None:
    """Reads a roster; mistakes in its form are among the document's problems."""
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        names = next(filter(_says_something, reader), [])
        header = _Header([name.strip() for name in names], reader.line_num or 1, document)
        header.tell_guesses(separator)
        if not header.names_users():
            return
        line = reader.line_num + 1
        for row in reader:
            if any(cell.strip() for cell in row):
                _row(row, line, header)
            # A cell may hold line ends: a row begins behind the last line of the one before.
            line = reader.line_num + 1
    except csv.Error as error:
        document.problem(Place(reader.line_num), f"is not CSV: {error}.")


def _says_something(row: list[str]) -> bool:
    return any(cell.strip() for cell in row) and row[0].strip().casefold() != _SPREADSHEETS_OWN


def _separator(text: str) -> str:
    """The separator that makes the most known columns, then the most columns, of the header."""
    lines = text.replace("\r", "\n").split("\n")
    header = next((line for line in lines if _is_header(line)), "")

    def columns_with(separator: str) -> tuple[int, int]:
        names = next(csv.reader([header], delimiter=separator), [])
        return sum(column(name.strip()).path is not None for name in names), len(names)

    return max(_SEPARATORS, key=columns_with)


def _is_header(line: str) -> bool:
    return bool(line.strip(",;\t ")) and not line.casefold().startswith(_SPREADSHEETS_OWN)


class _Header:
    """The columns of one file; a mistake in a column is reported once."""

    def __init__(self, names: list[str], line: int, document: Document) -> None:
        self.document = document
        self.columns: list[Column | None] = []
        """None once a column's mistake is reported, so that no row repeats it."""
        self._place = Place(line)
        self._is_of_console = is_of_console(names)
        self._listed = False
        self._clashes: dict[str, str] = {}
        seen: dict[ColumnPath, str] = {}
        for name in names:
            self.columns.append(self._column(name, seen))

    def _column(self, name: str, seen: dict[ColumnPath, str]) -> Column | None:
        found = column(name)
        path = found.path or (name,)
        clash = next((p for p in seen if p[: len(path)] == path[: len(p)] and name), None)
        if clash is None:
            seen[path] = name
        elif seen[clash] == name:
            self.document.problem(self._place, f"the column {name} appears twice.")
            return None
        elif not (self._is_of_console and path == cells.HIERARCHY):
            # The console's template has two columns for it.
            text = f"the columns {seen[clash]} and {name} set the same attribute."
            if found.exact:
                self.document.problem(self._place, text)
                return None
            # Nothing is wrong with it while it is empty.
            self._clashes[name] = text
            return Column(name, None, exact=False)
        return found

    def tell_guesses(self, separator: str) -> None:
        """Adds what was guessed about the form to the document's notices."""
        guesses = [
            f"{c.name} as {'.'.join(c.path) if c.path[0] == 'tags' else _documented(c.path)}"
            for c in self.columns
            if c is not None and c.path is not None and not c.exact
        ]
        if separator != ",":
            self.document.notice(self._place, f"columns are separated by {_SEPARATORS[separator]}.")
        if guesses:
            kind = "the Connect console's columns" if self._is_of_console else "columns"
            self.document.notice(self._place, f"{kind} were read: {', '.join(guesses)}.")

    def names_users(self) -> bool:
        """Whether there are usernames; without them every row would be a mistake."""
        if any(c is not None and c.path == (USERNAME,) for c in self.columns):
            return True
        self.document.problem(self._place, f"the column {USERNAME} is missing.")
        for number, unknown in enumerate(self.columns):
            if unknown is not None and unknown.name:
                self.is_refused(number, unknown, self._place)
        return False

    def is_refused(self, number: int, found: Column, place: Place) -> bool:
        """Whether the cells of a column cannot be read, which is reported once."""
        if found.path == (PASSWORD,):
            self.columns[number] = None
            if self._is_of_console:
                text = f"column {found.name}: passwords were not read. " + _NO_PASSWORDS
                self.document.notice(self._place, text, "warning")
            else:
                self.document.problem(_at(place, found.name), f"not read. {_NO_PASSWORDS}")
            return True
        if found.path is not None:
            return False
        self.columns[number] = None
        if found.name in self._clashes:
            self.document.problem(self._place, self._clashes[found.name])
        elif found.name:
            self.document.problem(_at(place, found.name), self._unknown(found.name))
        else:
            self.document.problem(place, f"cell {number + 1} is in a column without a name.")
        return True

    def _unknown(self, name: str) -> str:
        if near := meant(name):
            return f"unknown column. Did you mean {near}?"
        listed = "" if self._listed else f" Known: {', '.join(columns())}, tags.KEY."
        self._listed = True
        return f"unknown column.{listed}"


_NO_PASSWORDS = "Give UserRoster passwords={username: secret} and delete the column."


def _documented(path: ColumnPath) -> str:
    return next(name for name, known in columns().items() if known == path)


def _row(row: list[str], line: int, header: _Header) -> None:
    place, document = Place(line), header.document
    if len(row) > len(header.columns):
        document.problem(place, f"has {len(row)} cells, the header has {len(header.columns)}.")
        return
    content: dict[str, Value] = {}
    structures: dict[str, dict[str, Value]] = {}
    places: dict[PropertyPath, Place] = {(): place}
    name = ""
    for found, path, cell in _cells(row, place, header):
        at = _at(place, found.label)
        places[path] = at
        places.setdefault(path[:1], at)
        if path[0] == USERNAME:
            name = cell
        elif len(path) == 2:
            content[path[0]] = structures.setdefault(path[0], {})
            structures[path[0]][path[1]] = cells.member(path, cell)
        else:
            value = cells.value(found, path, cell, partial(document.problem, at))
            if content.setdefault(path[0], value) != value:
                document.problem(at, "another column of this row has another value for it.")
    if not name:
        document.problem(place, "the username is empty.")
    elif name in document.users:
        first = document.users[name].place(())
        document.problem(place, f"user {display_name(name)}: is already on {first}.")
    else:
        document.users[name] = Entry(f"user {display_name(name)}", content, places)


def _at(place: Place, column_name: str) -> Place:
    return Place(place.line, name=f"column {column_name}")


def _cells(
    row: list[str], place: Place, header: _Header
) -> Iterator[tuple[Column, ColumnPath, str]]:
    """The cells that hold something, with their columns."""
    for number, (found, cell) in enumerate(zip(header.columns, row, strict=False)):
        if found is None or not cell.strip() or header.is_refused(number, found, place):
            continue
        if found.path is not None:
            yield found, found.path, unguarded(cell.strip())
