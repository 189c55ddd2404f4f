"""The users that a directory and a mapping make together.

A person's groups give one team, and at most one routing profile and hierarchy group: groups that
contradict each other are a mistake. The security profiles of several groups are united. People in
none of the mapping's groups, and those whose account is not active, are not wanted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ..core.people import Person
from ..core.properties import Value
from ..core.unknowns import UNKNOWN
from ..model.attributes import by_program
from ..roster.files.users import TEAM
from ..roster.program_check import ProgramCheck
from .mapping import DirectoryMapping
from .refusal import ImportRefused

SINGLE: Final = (TEAM, "routing_profile", "hierarchy_group")
PROFILES: Final = "security_profiles"
IDENTITY: Final = "identity_info"
_ORDER: Final[tuple[str, ...]] = (TEAM, "routing_profile", PROFILES, "hierarchy_group", IDENTITY)


@dataclass(frozen=True)
class Wanted:
    """One user: what the directory says of it, in a roster's names."""

    person: Person
    values: dict[str, Value]

    @property
    def team(self) -> str:
        """Its team."""
        return str(self.values[TEAM])


@dataclass
class Directory:
    """Wanted users by username, why others are not wanted, and mistakes in people."""

    users: dict[str, Wanted]
    absent: dict[str, str]
    """The reason by username: a disabled account, no mapped group."""
    mistakes: list[str]


def wanted_users(people: Iterable[Person], mapping: DirectoryMapping) -> Directory:
    """Maps people; every mistake is collected, those of people who are not wanted never count."""
    directory = Directory({}, {}, [])
    check = ProgramCheck(None)
    named: dict[str, Person] = {}
    for person in people:
        groups = [group for group in mapping.groups if group in person.groups]
        username = mapping.username_of(person)
        if not person.active:
            directory.absent[username] = "is disabled in the directory"
        elif not groups:
            directory.absent[username] = "is in none of the mapped groups"
        elif mistake := _username_mistake(person, mapping, named):
            directory.mistakes.append(mistake)
        else:
            values, mistakes = _values(groups, mapping)
            identity = mapping.identity_of(person)
            mistakes += _broken(check, username, identity)
            directory.mistakes += [f"{person.subject}: {mistake}" for mistake in mistakes]
            if TEAM in values:
                values |= {IDENTITY: identity} if identity else {}
                ordered = {name: values[name] for name in _ORDER if name in values}
                directory.users[username] = Wanted(person, ordered)
    return directory


def _username_mistake(
    person: Person, mapping: DirectoryMapping, named: dict[str, Person]
) -> str | None:
    """What is wrong with a username; `named` has the people before."""
    username = mapping.username_of(person)
    if not username:
        return (
            f"{person.subject}: has no {mapping.username}, which the mapping takes as username. "
            "Give it one in the directory, or choose another."
        )
    other = named.setdefault(username.casefold(), person)
    if other is person:
        return None
    differs = "is" if mapping.username_of(other) == username else "differs only in case from"
    return (
        f"{person.subject}: the username {username} {differs} that of {other.subject}. Correct "
        "one of them in the directory."
    )


def in_scope(mapping: DirectoryMapping, groups: Sequence[str]) -> frozenset[str]:
    """The teams to manage: those of the named groups, by default of all; raises ImportRefused."""
    if not groups:
        return mapping.teams
    known = ", ".join(mapping.groups)
    unknown = [
        f"group {name}: is not in the mapping. Known: {known}."
        for name in groups
        if name not in mapping.groups
    ]
    teamless = [
        f"group {name}: the mapping gives it no team. Name groups that have one."
        for name in groups
        if name in mapping.groups and not mapping.groups[name].team
    ]
    if unknown or teamless:
        raise ImportRefused(unknown + teamless)
    return frozenset(str(mapping.groups[name].team) for name in groups)


def managed_attributes(mapping: DirectoryMapping) -> frozenset[str]:
    """The attributes that the import sets and removes: those that any group gives."""
    given = {name for group in mapping.groups.values() for name in group.model_fields_set}
    return frozenset(given - {TEAM})


def _values(groups: Sequence[str], mapping: DirectoryMapping) -> tuple[dict[str, Value], list[str]]:
    values: dict[str, Value] = {}
    conflicts: list[str] = []
    for attribute in SINGLE:
        different: dict[str, str] = {}
        for name in groups:
            if (value := getattr(mapping.groups[name], attribute)) is not None:
                different.setdefault(value, name)
        if len(different) > 1:
            shown = ", ".join(f"{name} {value}" for value, name in different.items())
            conflicts.append(
                f"its groups give several values of {attribute} ({shown}). Take it out of a "
                "group, or correct the mapping."
            )
        elif different:
            values[attribute] = next(iter(different))
    if TEAM not in values and not conflicts:
        conflicts.append(
            f"its groups ({', '.join(groups)}) give no team. Add it to a group that has one, or "
            "give them a team in the mapping."
        )
    lists = [mapping.groups[name].security_profiles or [] for name in groups]
    profiles = list(dict.fromkeys(profile for profiles in lists for profile in profiles))
    return ({**values, PROFILES: profiles} if profiles else values), conflicts


def _broken(check: ProgramCheck, username: str, identity: dict[str, str]) -> list[str]:
    """The rules that every instance has for usernames and personal data."""
    wire = {by_program()[f"{IDENTITY}.{k}"].path[-1]: v for k, v in identity.items()}
    bag: dict[str, Value] = {"ownership": UNKNOWN, **({"identityInfo": wire} if wire else {})}
    return [
        str(mistake.failure)
        for mistake in check.judge(username, bag)
        if mistake.certain
        and mistake.identity_type is None
        and mistake.failure.path[:1] in (("username",), ("identityInfo",))
    ]
