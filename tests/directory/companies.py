"""A company's directory and its roster, for tests."""

from collections.abc import Iterable
from pathlib import Path

from pulumi_connect_users.core.people import Person
from pulumi_connect_users.directory.changes import Changes, compare
from pulumi_connect_users.directory.mapping import DirectoryMapping, read_mapping
from pulumi_connect_users.directory.roster_text import changed_text, read_roster_text
from pulumi_connect_users.directory.wanted import wanted_users

MAPPING = """\
identity_info: [first_name, last_name, secondary_email]
groups:
  West: { team: west }
  East: { team: east }
  Night: { team: night, routing_profile: Night, hierarchy_group: AMER/Night }
  Leads: { security_profiles: [Agent, CallCenterManager] }
  Quality: { security_profiles: [Agent, QualityAnalyst] }
keep: [kept.user]
"""
TEAMS = {"West": "west", "East": "east", "Night": "night"}


def mapping() -> DirectoryMapping:
    """The mapping of these tests."""
    return read_mapping(Path("mapping.yaml"), MAPPING)


def person(user_name: str, *groups: str, active: bool = True, **more: str) -> Person:
    """Somebody with a name, in some groups."""
    first, _, last = user_name.partition(".")
    known = {"given_name": first.title(), "family_name": last.title() or "Roe"} | more
    return Person(user_name=user_name, groups=frozenset(groups), active=active, **known)


def changes_of(text: str, people: Iterable[Person], file: str = "roster.yaml") -> Changes:
    """What these people change in a roster; there must be no mistakes."""
    directory = wanted_users(people, mapping())
    found = compare(read_roster_text(Path(file), text), directory, mapping(), mapping().teams)
    assert [*directory.mistakes, *found.mistakes] == []
    return found


def imported(text: str, people: Iterable[Person], file: str = "roster.yaml") -> str:
    """The roster's text after an import."""
    return changed_text(Path(file), text, changes_of(text, people, file))
