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

from ..lifecycle.naming import shown
from ..model.attributes import by_program
from .document import Document, Entry
from .entry import members
from .users import TEAM

USERNAME = "username"
_SEPARATOR = "|"
_SHORT = ("identity_info", "phone_config")
_PROFICIENCY = re.compile(r"(?P<name>[^:]+):(?P<value>.+)=(?P<level>\d+)\Z")


def read_csv(path: Path, text: str) -> Document:
    """The document; what is wrong with its form is among its problems."""
    document = Document(path)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        columns = _columns(header, document)
        for row in reader:
            if any(cell.strip() for cell in row):
                _row(row, reader.line_num, columns, document)
    except csv.Error as error:
        document.problem(f"line {reader.line_num}", f"is not CSV: {error}.")
    return document


def _columns(header: list[str], document: Document) -> list[tuple[str, ...]]:
    """The path of each column; one that is no attribute keeps its name, and is refused later."""
    if USERNAME not in header:
        document.problem("line 1", f"there is no column {USERNAME}.")
    for name in sorted({name for name in header if header.count(name) > 1}):
        document.problem("line 1", f"the column {name} stands twice.")
    return [_path(name) for name in header]


def _path(name: str) -> tuple[str, ...]:
    for structure in _SHORT:
        if f"{structure}.{name}" in by_program():
            return structure, name
    head, dot, rest = name.partition(".")
    return (head, rest) if dot and head in members() else (name,)


def _row(row: list[str], line: int, columns: list[tuple[str, ...]], document: Document) -> None:
    if len(row) > len(columns):
        document.problem(f"line {line}", f"has {len(row)} cells, the header {len(columns)}.")
        return
    content: dict[str, Any] = {}
    where: dict[tuple[str | int, ...], str] = {(): f"line {line}"}
    for path, cell in zip(columns, row, strict=False):
        if not cell.strip():
            continue
        where[path] = where.setdefault(path[:1], f"line {line}, column {'.'.join(path)}")
        where[path] = f"line {line}, column {'.'.join(path)}"
        value = _value(path, cell.strip(), where[path], document)
        if len(path) == 2:
            content.setdefault(path[0], {})[path[1]] = value
        else:
            content[path[0]] = value
    name = content.pop(USERNAME, None)
    if name is None:
        if (USERNAME,) in columns:
            document.problem(f"line {line}", "the username is empty.")
    elif name in document.users:
        first = document.users[name].place(())
        document.problem(f"line {line}", f"user {shown(name)}: stands already on {first}.")
    else:
        document.users[name] = Entry(f"user {shown(name)}", content, where)


def _value(path: tuple[str, ...], cell: str, place: str, document: Document) -> Any:
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
