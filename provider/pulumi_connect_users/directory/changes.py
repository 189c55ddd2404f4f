"""Joiners, movers and leavers: what a directory changes in a roster.

Managed are the roster's users whose own `team` is one that the mapping names, except those that the
mapping keeps. Everyone else in the roster is left alone, also where the directory has a person of
that username. Of managed users the import sets the team, the attributes that any group of the
mapping gives, and the personal data that the mapping lists; the rest is left alone too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Final

from ..core.properties import Properties, Value, members, texts
from ..model.attributes import by_wire
from ..model.references import OF_USER
from ..roster.files.document import Document
from ..roster.files.users import TEAM
from .mapping import DirectoryMapping
from .wanted import IDENTITY, PROFILES, SINGLE, Directory, Wanted, managed_attributes

PathInUser = tuple[str, ...]
_IDS: Final = {
    by_wire()[reference.name].program: by_wire()[reference.id].program for reference in OF_USER
}


@dataclass
class Changes:
    """Everything by username, sorted."""

    joiners: dict[str, Wanted] = field(default_factory=dict)
    movers: dict[str, dict[PathInUser, Value]] = field(default_factory=dict)
    """New values by their place in the user; None removes."""
    leavers: dict[str, str] = field(default_factory=dict)
    """The reason."""
    left_alone: dict[str, str] = field(default_factory=dict)
    """People of the directory whose user the import does not manage, and why."""
    managed: int = 0
    """How many users of the roster are managed."""
    mistakes: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.joiners or self.movers or self.leavers)


def compare(
    document: Document, directory: Directory, mapping: DirectoryMapping, scope: frozenset[str]
) -> Changes:
    """What has to change in a roster; `scope` are the teams to manage."""
    changes = Changes()
    keep = set(mapping.keep)
    managed = {
        name: entry
        for name, entry in document.users.items()
        if entry.content.get(TEAM) is not None
        and str(entry.content[TEAM]) in scope
        and name not in keep
    }
    changes.managed = len(managed)
    folded = {name.casefold(): name for name in document.users}
    for name, user in sorted(directory.users.items()):
        entry = document.users.get(name)
        if name in managed:
            _move(name, managed[name].content, user, mapping, changes)
        elif entry is not None:
            if user.team in scope:
                changes.left_alone[name] = _why_not(name, entry.content, keep)
        elif user.team not in scope or name in keep:
            continue
        elif name.casefold() in folded:
            other = folded[name.casefold()]
            place = document.at(document.users[other].place(()))
            changes.mistakes.append(
                f"{user.person.subject}: the roster has {other} ({place}), which differs only in "
                "case. Write the username as the identity provider sends it."
            )
        else:
            changes.joiners[name] = user
    for name in sorted(managed.keys() - directory.users.keys()):
        changes.leavers[name] = directory.absent.get(name, "is not in the directory")
    return changes


def _why_not(name: str, content: Properties, keep: set[str]) -> str:
    if name in keep:
        return "the mapping keeps it"
    team = content.get(TEAM)
    return f"its team {team} is not managed" if team else "it has no team in the roster"


def _move(
    name: str, content: Properties, user: Wanted, mapping: DirectoryMapping, changes: Changes
) -> None:
    edits: dict[PathInUser, Value] = {}
    for attribute in (*SINGLE, PROFILES):
        if attribute != TEAM and attribute not in managed_attributes(mapping):
            continue
        has, wants = content.get(attribute), user.values.get(attribute)
        of_id = _IDS.get(attribute, "")
        if wants is not None and of_id in content:
            changes.mistakes.append(
                f"user {name}: the roster has {of_id}, the mapping gives {attribute}. Remove "
                f"{of_id} from the roster."
            )
        elif not _equal(has, wants):
            edits[attribute,] = wants
    has_identity = members(content.get(IDENTITY))
    wanted_identity = members(user.values.get(IDENTITY))
    new = {k: v for k, v in wanted_identity.items() if has_identity.get(k) != v}
    if new and content.get(IDENTITY) is None:
        edits[IDENTITY,] = new
    else:
        edits |= {(IDENTITY, member): value for member, value in new.items()}
    if edits:
        changes.movers[name] = edits


def _equal(has: Value, wants: Value) -> bool:
    """Connect keeps no order of profiles."""
    if isinstance(has, list) and isinstance(wants, list):
        return set(texts(has)) == set(texts(wants)) and len(texts(has)) == len(has)
    # A team is read as the key of a team is: 010 is not 8.
    return has == wants


def edited(content: Properties, edits: Mapping[PathInUser, Value]) -> Properties:
    """A user's content after the edits: what the edited file must say."""
    user = dict(content)
    for (name, *rest), value in edits.items():
        if rest:
            user[name] = {**members(user.get(name)), rest[0]: value}
        elif value is None:
            user.pop(name, None)
        elif name == PROFILES:
            user[name] = merged(texts(user.get(name)), texts(value))
        else:
            user[name] = value
    return user


def merged(has: list[str], wants: list[str]) -> list[str]:
    """The wanted entries: those that are there keep their places, new ones follow."""
    return [*(e for e in has if e in wants), *(e for e in wants if e not in has)]


def most_leavers(limit: str, managed: int) -> int:
    """How many users may leave: a number, or a share of the managed ones, rounded up.

    Raises ValueError for a limit that is neither.
    """
    number = limit.removesuffix("%")
    if not number.isascii() or not number.isdigit() or (limit != number and int(number) > 100):
        raise ValueError(f"{limit} is not a number of users (10) or a percentage (5%)")
    return ceil(managed * int(number) / 100) if limit != number else int(number)
