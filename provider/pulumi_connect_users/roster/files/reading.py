"""Reads roster files: every mistake at once, each with its line."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from ...core.errors import InvalidRoster
from ...core.properties import Properties, Value
from ...core.safe_text import invisible
from ...core.unknowns import Path as PropertyPath
from .document import Document, Entry
from .users import TEAM, Remark, RosterUsers, layered

FORMS: Final = ".yaml, .yml, .json, .csv or .tsv"
_SHOWN = 50
_PARTS_OF_SPREADSHEETS: Final = (b"xl/workbook", b"opendocument.spreadsheet", b"Index/Tables/")
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"


def read_roster(
    path: str | Path,
    *,
    defaults: Properties | None = None,
    teams: Mapping[str, Properties] | None = None,
) -> RosterUsers:
    """Reads the users in a YAML, JSON or CSV file, each over the defaults and its team's values.

    `UserRoster` reports what was guessed about a CSV file: separators, names of columns.

    Args:
        path: A file that ends in `.yaml`, `.yml`, `.json`, `.csv` or `.tsv`.
        defaults: Values of every user, unless its team or the user has others; a file's own
            `defaults` override them.
        teams: The same by team, for the users whose `team` it is.

    Raises:
        InvalidRoster: Every mistake, one line each, with the file's line and without values.
    """
    file = Path(path)
    document, users = read_document(file, defaults, teams)
    if document.problems:
        raise InvalidRoster(_message(file, document.problems))
    return RosterUsers(users, partial(place_of, document), document.notices)


def read_document(
    file: Path,
    defaults: Properties | None = None,
    teams: Mapping[str, Properties] | None = None,
    *,
    alone: bool = False,
) -> tuple[Document, dict[str, Properties]]:
    """A file with its mistakes, and its users over defaults and teams.

    A file that is read `alone`, without its program, may name teams that the program has.

    Raises:
        InvalidRoster: The file cannot be read.
    """
    document = _document(file)
    given = Entry("defaults=", defaults or {}, {(): "in the program"})
    base = layered(_validated(given, document), _validated(document.defaults, document))
    overrides = {
        name: _validated(Entry(f"teams= {name}", team, {(): "in the program"}), document)
        for name, team in (teams or {}).items()
    }
    for name, entry in document.teams.items():
        overrides[name] = layered(overrides.get(name, {}), _validated(entry, document))
    users: dict[str, Properties] = {}
    for name, entry in document.users.items():
        _check_username(name, entry, document)
        team = _checked_team(entry, overrides, document, alone=alone)
        own = {k: v for k, v in entry.content.items() if k != TEAM}
        values = _validated(replace(entry, content=own), document)
        users[name] = layered(base, overrides.get(team, {}), values)
    return document, users


def _check_username(name: str, entry: Entry, document: Document) -> None:
    if not name.strip():
        document.problem(entry.place(()), "the username is empty.")
    elif name != name.strip():
        document.problem(entry.place(()), f"{entry.subject}: has spaces around its name.")
    elif character := invisible(name):
        text = f"the username holds the invisible character {character}. Remove it."
        document.problem(entry.place(()), text)


def _checked_team(
    entry: Entry, teams: Mapping[str, Properties], document: Document, *, alone: bool
) -> str:
    team = entry.content.get(TEAM)
    if team is not None and str(team) not in teams and alone:
        if document.teams:
            text = f"{entry.subject}: this team is not in the file. Check that the program has it."
            document.notice(entry.place((TEAM,)), text, "warning")
    elif team is not None and str(team) not in teams:
        known = ", ".join(sorted(teams)) or "none; pass the program's teams as read_roster(teams=)"
        document.problem(entry.place((TEAM,)), f"{entry.subject}: unknown team. Known: {known}.")
    return str(team)


def place_of(document: Document, username: str, path: PropertyPath) -> str | None:
    """The place of the nearest entry that sets a wire path."""
    own = document.users.get(username)
    if own is None:
        return None
    from .entry import as_written

    written = as_written(path)
    if len(written) == 1 and any(len(p) > 1 and p[:1] == written for p in own.lines):
        # A whole structure: the failure does not say which member, or whose default.
        return document.at(own.place(()))
    shared = (document.teams.get(str(own.content.get(TEAM))), document.defaults)
    entries = [own, *(entry for entry in shared if entry is not None)]
    source = next((entry for entry in entries if entry.lines.get(written[:1])), own)
    return document.at(source.place(written))


def _document(file: Path) -> Document:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise InvalidRoster(f"reading roster {file}: {error.strerror}. Correct the path.") from None
    if _is_spreadsheet(content):
        raise InvalidRoster(f"reading roster {file}: is a spreadsheet. Save it as CSV (UTF-8).")
    try:
        # Spreadsheets write a byte-order mark.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidRoster(f"reading roster {file}: is not UTF-8. Save it as UTF-8.") from None
    if file.suffix.lower() in (".yaml", ".yml"):
        from .yaml_file import read_yaml

        return read_yaml(file, text)
    if file.suffix.lower() == ".json":
        from .json_file import read_json_roster

        return read_json_roster(file, text)
    if file.suffix.lower() in (".csv", ".tsv"):
        from .csv_file import read_csv

        return read_csv(file, text)
    raise InvalidRoster(f"reading roster {file}: a roster is a {FORMS} file.")


def _is_spreadsheet(content: bytes) -> bool:
    """Whether it is a file of Excel (.xlsx, .xls), LibreOffice (.ods) or Numbers."""
    if content.startswith(b"PK\x03\x04"):
        return any(part in content for part in _PARTS_OF_SPREADSHEETS)
    return content.startswith(_OLD_EXCEL)


def _validated(entry: Entry | None, document: Document) -> dict[str, Value]:
    if entry is None:
        return {}
    from .entry import validated

    if TEAM in entry.content:
        document.problem(
            entry.place((TEAM,)),
            f"{entry.subject}: {TEAM}: only a user has one. Set it on each user.",
        )
    declared = {k: v for k, v in entry.content.items() if k != TEAM and v is not None}
    values, mistakes = validated(declared)
    for mistake in mistakes:
        document.problem(entry.place(mistake.path), f"{entry.subject}: {mistake.reason}")
    return values


def _message(file: Path, problems: list[Remark]) -> str:
    more = f"\n  and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
    count = "1 mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
    return f"reading roster {file}: {count}:\n  " + "\n  ".join(map(str, problems[:_SHOWN])) + more
