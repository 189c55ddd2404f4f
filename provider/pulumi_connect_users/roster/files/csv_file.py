"""CSV rosters: one user per row, one attribute per column.

Columns have the attributes' names in a program. Members of `identity_info` and `phone_config` may
stand alone (`first_name`, `phone_type`), tags have a column for each key (`tags.Cost_Center`),
several security profiles are separated by `|`, and proficiencies read `language:Spanish=4|...`.
Empty cells are ignored.
"""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from ...core.privacy import display_name
from ...core.properties import Value
from ...core.unknowns import Path as PropertyPath
from ...model.attributes import by_program
from .document import Document, Entry
from .entry import members
from .users import TEAM

USERNAME = "username"
_NEARLY = (USERNAME, "user_name", "user_login", "login")
_SEPARATOR = "|"
_SHORT = ("identity_info", "phone_config")
_PROFICIENCY = re.compile(r"(?P<name>[^:]+):(?P<value>.+)=(?P<level>\d+)\Z")

_ColumnPath = tuple[str, ...]
_Columns = list[_ColumnPath | None]
"""The path of each column; None once its mistake is reported, so that no row repeats it."""


def read_csv(path: Path, text: str) -> Document:
    """Reads a file; mistakes in its form are among the document's problems."""
    document = Document(path)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if USERNAME not in header:
            # No user can be named then, and with another separator every row would be a mistake.
            document.problem("line 1", f"the column {USERNAME} is missing.{_hint(header)}")
            return document
        columns = _columns(header, document)
        line = reader.line_num + 1
        for row in reader:
            if any(cell.strip() for cell in row):
                _row(row, line, columns, document)
            # A cell may hold line ends: a row begins behind the last line of the one before.
            line = reader.line_num + 1
    except csv.Error as error:
        document.problem(f"line {reader.line_num}", f"is not CSV: {error}.")
    return document


def _hint(header: list[str]) -> str:
    """Why a file may seem to have no usernames."""
    for separator, named in ((";", "semicolons"), ("\t", "tabs")):
        if any(separator in name for name in header):
            return f" Separate columns with commas, not {named}."
    near = [name for name in header if name.casefold().replace(" ", "_") in _NEARLY]
    return f" Rename the column {near[0]}." if near else ""


def _columns(header: list[str], document: Document) -> _Columns:
    """The paths in the header; an unknown column is refused with its first value."""
    names: dict[_ColumnPath, str] = {}
    columns: _Columns = []
    for name in header:
        path = _path(name)
        clash = next((p for p in names if p[: len(path)] == path[: len(p)] and name), None)
        if clash is None:
            names[path] = name
        elif names[clash] == name:
            document.problem("line 1", f"the column {name} appears twice.")
        else:
            document.problem(
                "line 1", f"the columns {names[clash]} and {name} set the same attribute."
            )
        columns.append(path if clash is None else None)
    return columns


def _path(name: str) -> _ColumnPath:
    for structure in _SHORT:
        if f"{structure}.{name}" in by_program():
            return structure, name
    head, dot, rest = name.partition(".")
    return (head, rest) if dot and head in members() else (name,)


def _row(row: list[str], line: int, columns: _Columns, document: Document) -> None:
    place = f"line {line}"
    if len(row) > len(columns):
        document.problem(place, f"has {len(row)} cells, the header has {len(columns)}.")
        return
    content: dict[str, Value] = {}
    structures: dict[str, dict[str, Value]] = {}
    lines: dict[PropertyPath, str] = {(): place}
    name = ""
    for path, cell in _cells(row, line, columns, document):
        column = f"{place}, column {'.'.join(path)}"
        lines[path] = column
        lines.setdefault(path[:1], column)
        if path[0] == USERNAME:
            name = cell
        elif len(path) == 2:
            content[path[0]] = structures.setdefault(path[0], {})
            structures[path[0]][path[1]] = cell
        else:
            content[path[0]] = _value(path[0], cell, column, document)
    if not name:
        document.problem(place, "the username is empty.")
    elif name in document.users:
        first = document.users[name].place(())
        document.problem(place, f"user {display_name(name)}: is already on {first}.")
    else:
        document.users[name] = Entry(f"user {display_name(name)}", content, lines)


def _cells(
    row: list[str], line: int, columns: _Columns, document: Document
) -> Iterator[tuple[_ColumnPath, str]]:
    """The cells that hold something, with their columns' paths."""
    for number, (path, cell) in enumerate(zip(columns, row, strict=False)):
        if path is None or not cell.strip():
            continue
        if path[0] not in (USERNAME, TEAM, *members()):
            columns[number] = None
        if path == ("",):
            document.problem(f"line {line}", f"cell {number + 1} is in a column without a name.")
        else:
            yield path, cell.strip()


def _value(column: str, cell: str, place: str, document: Document) -> Value:
    attribute = members().get(column) if column != TEAM else None
    if attribute is None or not attribute.is_list:
        return cell
    parts = [part.strip() for part in cell.split(_SEPARATOR) if part.strip()]
    if attribute.wire != "proficiencies":
        return parts
    matches = [_PROFICIENCY.match(part) for part in parts]
    if None in matches:
        document.problem(place, "must be name:value=level, several separated by |.")
    return [
        {
            "attribute_name": match["name"].strip(),
            "attribute_value": match["value"].strip(),
            "level": match["level"],
        }
        for match in matches
        if match
    ]
