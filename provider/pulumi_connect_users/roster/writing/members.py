"""The users that a roster file is written from, taken apart into single values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple, TypeAlias

from ...core.properties import Properties, Value
from ...model.attributes import by_program, by_wire, members_of
from ...model.references import OF_USER
from ...users.flex import program_names
from ..files.document import Document
from ..files.entry import members
from ..files.users import TEAM

Slot: TypeAlias = tuple[str, ...]
"""What a value is for, in program names: `("phone_config", "auto_accept")`, `("tags", "Site")`.

A name and its id are for the same."""


@dataclass(frozen=True)
class Members:
    """The users to write, in their order."""

    users: Mapping[str, Properties]
    """By username, as maps of wire members."""
    teams: Mapping[str, str] = field(default_factory=dict)
    """The teams of the users that have one, by username; teams are found where there are none."""
    program_teams: frozenset[str] = frozenset()
    """The teams that only the program has: their values are not among the users'."""
    may: Properties = field(default_factory=dict)
    """The file's own limits, as they are written."""

    @classmethod
    def of(cls, document: Document) -> Members:
        """The users of a file that was read alone, in its teams.

        Raises:
            ValueError: The file's defaults would come to stand over a team of the program.
        """
        given = {name: entry.content.get(TEAM) for name, entry in document.users.items()}
        teams = {name: str(team) for name, team in given.items() if team is not None}
        unknown = sorted({*teams.values()} - {*document.teams})
        if unknown and document.defaults is not None and document.defaults.content:
            raise ValueError(
                f"its teams {', '.join(unknown)} are the program's, whose values go between its "
                "defaults and its users. Put these teams into the file."
            )
        may = document.may.content if document.may else {}
        return cls(document.whole_users, teams, frozenset(unknown), may)

    @classmethod
    def of_all(cls, documents: Sequence[Document]) -> Members:
        """The users of files that were read alone, of which none is in two.

        Raises:
            ValueError: One file cannot hold what these do.
        """
        files = [cls.of(document) for document in documents]
        own = {team for document in documents for team in document.teams}
        unknown = frozenset[str]().union(*(file.program_teams for file in files))
        if mixed := sorted(own & unknown):
            raise ValueError(
                f"its teams {', '.join(mixed)} are in some of its files, and the program's in "
                "others. Put them into every file that uses them."
            )
        if any(file.may != files[0].may for file in files):
            raise ValueError(
                "its files have limits (`may`) of their own, and one file has one `may`. Move them "
                "to a roster-limits.yaml."
            )
        users = {name: user for file in files for name, user in file.users.items()}
        teams = {name: team for file in files for name, team in file.teams.items()}
        return cls(users, teams, unknown, files[0].may)


class Single(NamedTuple):
    """One value of a user."""

    text: str
    """What two equal values have in common."""
    name: str
    """The attribute: of a name and an id the one that is declared."""
    value: Value


def singles(user: Properties) -> dict[Slot, Single]:
    """A user's values (wire members) one by one, in the order of a file."""
    found: dict[Slot, Single] = {}
    for name, value in program_names(user).items():
        if isinstance(value, Mapping) and value:
            for key, member in value.items():
                found[name, key] = Single(repr(member), name, member)
        elif value is not None:
            found[(_by_id().get(name, name),)] = Single(repr((name, value)), name, value)
    return dict(sorted(found.items(), key=lambda item: _position(item[0])))


def nested(found: Iterable[tuple[Slot, Single]]) -> Properties:
    """Values as an entry of a file has them."""
    entry: dict[str, Value] = {}
    structures: dict[str, dict[str, Value]] = {}
    for slot, single in found:
        if len(slot) == 2:
            entry[single.name] = structures.setdefault(single.name, {})
            structures[single.name][slot[1]] = single.value
        else:
            entry[single.name] = single.value
    return entry


@cache
def is_personal(slot: Slot) -> bool:
    """Whether it is of one person, whoever else has the same: a name, an address, a number."""
    attribute = by_program().get(".".join(slot))
    return attribute is not None and attribute.facts.personal


@cache
def _by_id() -> Mapping[str, str]:
    """Names of references by the name of their id."""
    wire = by_wire()
    return {wire[r.id].program: wire[r.name].program for r in OF_USER}


@cache
def _position(slot: Slot) -> tuple[int, int, str]:
    """Names stand where their ids do; members in the model's order, tags by their keys."""
    known: Sequence[str] = [*members()]
    ids = {name: one for one, name in _by_id().items()}
    head = ids.get(slot[0], slot[0])
    within = [m.program_path[-1] for m in members_of(members()[head].wire)]
    key = "".join(slot[1:])
    return known.index(head), within.index(key) if key in within else 0, key
