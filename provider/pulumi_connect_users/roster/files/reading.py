"""Reading a roster's file: every mistake at once, each with its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from ...core.errors import InvalidRoster
from .document import Document, Entry
from .users import TEAM, RosterUsers, layered

_SHOWN = 50


def read_roster(
    path: str | Path,
    *,
    defaults: Mapping[str, Any] | None = None,
    teams: Mapping[str, Mapping[str, Any]] | None = None,
) -> RosterUsers:
    """The users in a YAML or CSV file, each with the defaults and its team's values under it.

    Args:
        path: A file that ends in `.yaml`, `.yml` or `.csv`.
        defaults: What every user has unless a team or the user says otherwise; a YAML file's own
            `defaults` lie over these.
        teams: The same by team, for the users whose `team` it is.

    Raises:
        InvalidRoster: Everything that is wrong, one line each, with the file's line; no values.
    """
    file = Path(path)
    document = _document(file)
    given = Entry("defaults=", defaults or {}, {(): "in the program"})
    base = layered(_judged(given, document), _judged(document.defaults, document))
    overrides = {
        name: _judged(Entry(f"teams= {name}", team, {(): "in the program"}), document)
        for name, team in (teams or {}).items()
    }
    for name, entry in document.teams.items():
        overrides[name] = layered(overrides.get(name, {}), _judged(entry, document))
    users = {}
    entries: dict[str, list[Entry]] = {}
    for name, entry in document.users.items():
        team = entry.content.get(TEAM)
        if not name.strip():
            document.problem(entry.place(()), "the username is empty.")
        elif name != name.strip():
            document.problem(entry.place(()), f"{entry.subject}: has blanks around its name.")
        if team is not None and str(team) not in overrides:
            known = (
                ", ".join(sorted(overrides)) or "none; read_roster takes the program's as teams="
            )
            document.problem(
                entry.place((TEAM,)), f"{entry.subject}: is of an unknown team. Known: {known}."
            )
        own = {k: v for k, v in entry.content.items() if k != TEAM}
        judged = _judged(replace(entry, content=own), document)
        users[name] = layered(base, overrides.get(str(team), {}), judged)
        shared = (document.teams.get(str(team)), document.defaults)
        entries[name] = [entry, *(e for e in shared if e is not None)]
    if document.problems:
        raise InvalidRoster(_told(file, document.problems))
    return RosterUsers(users, partial(_place, document, entries))


def _place(
    document: Document,
    entries: Mapping[str, list[Entry]],
    username: str,
    path: tuple[str | int, ...],
) -> str | None:
    """Where the nearest entry that says something of a wire path says it."""
    if username not in entries:
        return None
    from .entry import as_written

    written = as_written(path)
    own = entries[username][0]
    if len(written) == 1 and any(len(p) > 1 and p[:1] == written for p in own.where):
        # Of a structure as a whole: which of its members, or whose default, is not told.
        return document.at(own.place(()))
    said_by = next((e for e in entries[username] if e.where.get(written[:1])), own)
    return document.at(said_by.place(written))


def _document(file: Path) -> Document:
    try:
        # Spreadsheets write a byte-order mark.
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InvalidRoster(f"reading roster {file}: {error.strerror}. Correct the path.") from None
    except UnicodeDecodeError:
        raise InvalidRoster(f"reading roster {file}: is not UTF-8. Save it as UTF-8.") from None
    if file.suffix.lower() in (".yaml", ".yml"):
        from .yaml_file import read_yaml

        return read_yaml(file, text)
    if file.suffix.lower() == ".csv":
        from .csv_file import read_csv

        return read_csv(file, text)
    raise InvalidRoster(f"reading roster {file}: a roster is a .yaml, .yml or .csv file.")


def _judged(entry: Entry | None, document: Document) -> dict[str, Any]:
    if entry is None:
        return {}
    from .entry import validated

    if TEAM in entry.content:
        document.problem(
            entry.place((TEAM,)), f"{entry.subject}: {TEAM}: only a user has one. Say it of each."
        )
    said = {k: v for k, v in entry.content.items() if k != TEAM and v is not None}
    values, wrong = validated(said)
    for one in wrong:
        document.problem(entry.place(one.path), f"{entry.subject}: {one.reason}")
    return values


def _told(file: Path, problems: list[str]) -> str:
    more = f"\n  and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
    count = "1 mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
    return f"reading roster {file}: {count}:\n  " + "\n  ".join(problems[:_SHOWN]) + more
