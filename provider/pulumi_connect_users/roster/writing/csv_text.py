"""The text of CSV rosters: a user per row, with the columns that any of them needs.

A cell is left empty where reading it would not give the value back: this is reported by attribute.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from ...core.properties import Properties, members
from ..files.columns import PASSWORD, USERNAME, Column, ColumnPath, column, columns
from ..files.formulas import guarded
from ..files.limits import MAY
from ..files.opening import LIMITS_FILE
from ..files.users import TEAM
from .cell_text import cell_text
from .members import Members, nested, singles
from .written import Written

_TAGS: Final = "tags"
_MOST_TAG_COLUMNS: Final = 12
_LIMITS: Final = (
    f"a table has no place for the file's {MAY}. Keep these limits in {LIMITS_FILE} beside it."
)


def csv_text(users: Members) -> Written:
    """The text that `read_roster` reads."""
    entries = [nested(singles(user).items()) for user in users.users.values()]
    paths = {path for entry in entries for path in _paths(entry)}
    header = [USERNAME, *([TEAM] if users.program_teams else [])]
    for name, path in columns().items():
        if path == (_TAGS,) and any(path[0] == _TAGS for path in paths):
            header += _tag_columns(entries)
        elif path in paths:
            header.append(name)
    return Table(header).written(users)


def _tag_columns(entries: Sequence[Properties]) -> list[str]:
    """A column for each key, or one for all where these would be many or could not say all."""
    tags = [members(entry.get(_TAGS)) for entry in entries]
    names = {f"{_TAGS}.{key}": (_TAGS, key) for key in sorted({key for own in tags for key in own})}
    fit = all(column(name.strip()).path == path for name, path in names.items())
    said = all(value for own in tags for value in own.values())
    return [*names] if fit and said and len(names) <= _MOST_TAG_COLUMNS else [_TAGS]


class Table:
    """Rows of users below a header."""

    def __init__(self, header: Sequence[str], *, is_ours: bool = True) -> None:
        """Of two columns for one attribute, as the console's for hierarchies, the last is filled.

        What a spreadsheet would run as a formula is made text in a table that `is_ours`: others
        would take the sign for a part of the value, and such a value is left out there.
        """
        self._header = header
        self._is_ours = is_ours
        named = ((number, column(name)) for number, name in enumerate(header))
        self._filled = {one.path: (number, one) for number, one in named if one.path}
        self._left_out: dict[str, list[str]] = {}

    def written(self, users: Members, remarks: Sequence[str] = ()) -> Written:
        """The text of the table."""
        file = io.StringIO(newline="")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(self._header)
        writer.writerows(self._rows(users))
        limits = [_LIMITS] if users.may else []
        return Written(file.getvalue(), self._left_out, [*limits, *remarks])

    def _rows(self, users: Members) -> Iterator[list[str]]:
        for name, user in users.users.items():
            entry = nested(singles(user).items())
            if users.teams.get(name) in users.program_teams:
                entry = {TEAM: users.teams[name], **entry}
            if row := self._row(name, entry):
                yield row

    def _row(self, username: str, entry: Properties) -> list[str] | None:
        entry = {USERNAME: username, **entry}
        row = [""] * len(self._header)
        left = _paths(entry)
        for path, (number, found) in self._filled.items():
            if path != (PASSWORD,) and (text := self._cell(found, path, entry)):
                row[number] = text
                left = [one for one in left if one[: len(path)] != path]
        for path in left:
            name = path[0] if path[0] == _TAGS else ".".join(path)
            named = self._left_out.setdefault(name, [])
            if username not in named[-1:]:
                named.append(username)
        return None if (USERNAME,) in left else row

    def _cell(self, found: Column, path: ColumnPath, entry: Properties) -> str:
        text = cell_text(found, path, entry) or ""
        return guarded(text) if self._is_ours or guarded(text) == text else ""


def _paths(entry: Properties) -> list[ColumnPath]:
    """What an entry sets."""
    paths: list[ColumnPath] = []
    for name, value in entry.items():
        paths += [(name, member) for member in members(value)] or [(name,)]
    return paths
