"""Lays a file's users over teams and defaults, its own and the program's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from ...core.properties import Properties, Value
from ...core.safe_text import invisible
from .document import Document, Entry, Places
from .users import TEAM, Place, layered

_IN_PROGRAM: Final[Places] = {(): Place(name="in the program")}


class Layers(NamedTuple):
    """What lies under users, in wire names."""

    defaults: Mapping[str, Value]
    teams: Mapping[str, Mapping[str, Value]]

    @classmethod
    def of_program(
        cls, defaults: Properties, teams: Mapping[str, Properties], document: Document
    ) -> Layers:
        """What a program gives; mistakes in it are among the document's problems."""
        given = Entry("defaults=", defaults, _IN_PROGRAM)
        named = {n: Entry(f"teams= {n}", team, _IN_PROGRAM) for n, team in teams.items()}
        return cls(
            _validated(given, document), {n: _validated(e, document) for n, e in named.items()}
        )


def lay(document: Document, program: Layers, *, alone: bool) -> None:
    """Makes a document's whole users; what is wrong with them is among its problems.

    Of a document `alone`, without its program, a team may be the program's.
    """
    defaults = layered(program.defaults, _validated(document.defaults, document))
    teams = dict(program.teams)
    for name, entry in document.teams.items():
        teams[name] = layered(teams.get(name, {}), _validated(entry, document))
    for name, entry in document.users.items():
        _check_username(name, entry, document)
        team = _checked_team(entry, teams, document, alone=alone)
        own = {k: v for k, v in entry.content.items() if k != TEAM}
        values = _validated(replace(entry, content=own), document)
        document.whole_users[name] = layered(defaults, teams.get(team, {}), values)


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
        if document.teams or document.limits:
            text = f"{entry.subject}: this team is not in the file. Check that the program has it."
            document.notice(entry.place((TEAM,)), text, "warning")
    elif team is not None and str(team) not in teams:
        known = ", ".join(sorted(teams)) or "none; pass the program's teams as read_roster(teams=)"
        document.problem(entry.place((TEAM,)), f"{entry.subject}: unknown team. Known: {known}.")
    return str(team)


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
