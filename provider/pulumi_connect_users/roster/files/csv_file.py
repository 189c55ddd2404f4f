"""A roster in CSV: one user a row, one attribute a column.

Columns are the attributes' names in a program. Members of `identity_info` and `phone_config` may
stand alone (`first_name`, `phone_type`), tags have a column for each key (`tags.Cost_Center`),
several security profiles are separated by `|`, and proficiencies read `language:Spanish=4|...`. An
empty cell says nothing.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

from ...core.privacy import display_name
from ...model.attributes import by_program
from .document import Document, Entry
from .entry import members
from .users import TEAM

USERNAME = "username"
_NEARLY = (USERNAME, "user_name", "user_login", "login")
_SEPARATOR = "|"
_SHORT = ("identity_info", "phone_config")
_PROFICIENCY = re.compile(r"(?P<name>[^:]+):(?P<value>.+)=(?P<level>\d+)\Z")

_Path = tuple[str, ...]
_Columns = list[_Path | None]
"""The path of each column; None where the column's mistake is told, so that no row repeats it."""


def read_csv(path: Path, text: str) -> Document:
    """The document; what is wrong with its form is among its problems."""
    document = Document(path)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if USERNAME not in header:
            # Nobody can be told by a name then, and where something else parts the cells every
            # row would be another mistake.
            document.problem("line 1", f"there is no column {USERNAME}.{_hint(header)}")
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
            return f" Commas separate columns, not {named}."
    near = [name for name in header if name.casefold().replace(" ", "_") in _NEARLY]
    return f" The column {near[0]} must be called so." if near else ""


def _columns(header: list[str], document: Document) -> _Columns:
    """What the header says; a column that is no attribute is refused with its first value."""
    names: dict[_Path, str] = {}
    columns: _Columns = []
    for name in header:
        path = _path(name)
        clash = next((p for p in names if p[: len(path)] == path[: len(p)] and name), None)
        if clash is None:
            names[path] = name
        elif names[clash] == name:
            document.problem("line 1", f"the column {name} stands twice.")
        else:
            document.problem(
                "line 1", f"the columns {names[clash]} and {name} are about one thing."
            )
        columns.append(path if clash is None else None)
    return columns


def _path(name: str) -> _Path:
    for structure in _SHORT:
        if f"{structure}.{name}" in by_program():
            return structure, name
    head, dot, rest = name.partition(".")
    return (head, rest) if dot and head in members() else (name,)


def _row(row: list[str], line: int, columns: _Columns, document: Document) -> None:
    if len(row) > len(columns):
        document.problem(f"line {line}", f"has {len(row)} cells, the header {len(columns)}.")
        return
    content: dict[str, Any] = {}
    where: dict[tuple[str | int, ...], str] = {(): f"line {line}"}
    for number, (path, cell) in enumerate(zip(columns, row, strict=False)):
        if path is None or not cell.strip():
            continue
        if path == ("",):
            document.problem(f"line {line}", f"cell {number + 1} is in a column without a name.")
            columns[number] = None
            continue
        if path[0] not in (USERNAME, TEAM, *members()):
            columns[number] = None
        place = f"line {line}, column {'.'.join(path)}"
        where[path] = place
        where.setdefault(path[:1], place)
        value = _value(path, cell.strip(), place, document)
        if len(path) == 2:
            content.setdefault(path[0], {})[path[1]] = value
        else:
            content[path[0]] = value
    name = content.pop(USERNAME, None)
    if name is None:
        document.problem(f"line {line}", "the username is empty.")
    elif name in document.users:
        first = document.users[name].place(())
        document.problem(f"line {line}", f"user {display_name(name)}: stands already on {first}.")
    else:
        document.users[name] = Entry(f"user {display_name(name)}", content, where)


def _value(path: _Path, cell: str, place: str, document: Document) -> Any:
    attribute = members().get(path[0]) if path[0] not in (USERNAME, TEAM) else None
    if len(path) == 2 or attribute is None or not attribute.is_list:
        return cell
    parts = [part.strip() for part in cell.split(_SEPARATOR) if part.strip()]
    if attribute.wire != "proficiencies":
        return parts
    found = [_PROFICIENCY.match(part) for part in parts]
    if None in found:
        document.problem(place, "must read name:value=level, several separated by |.")
    return [
        {
            "attribute_name": match["name"].strip(),
            "attribute_value": match["value"].strip(),
            "level": match["level"],
        }
        for match in found
        if match
    ]
