"""Which users a directory and a mapping make, and every mistake at once."""

from pathlib import Path

import jsonschema
import pytest
import yaml

from pulumi_connect_users.directory.changes import compare, most_leavers
from pulumi_connect_users.directory.mapping import SCHEMA_FILE, read_mapping, schema_text
from pulumi_connect_users.directory.refusal import ImportRefused
from pulumi_connect_users.directory.roster_text import read_roster_text
from pulumi_connect_users.directory.wanted import in_scope, wanted_users
from tests.directory.companies import MAPPING, changes_of, mapping, person
from tests.docs.blocks import blocks
from tools.checkout import ROOT

ROSTER = """\
users:
  ana.silva: { team: west }
  kept.user: { team: west }
  li.juan: { team: by hand }
  mary.major: {}
"""


def test_groups_of_a_user_are_put_together() -> None:
    found = wanted_users([person("mary.major", "Leads", "Night", "Quality", "X")], mapping())

    assert found.mistakes == []
    assert found.users["mary.major"].values == {
        "team": "night",
        "routing_profile": "Night",
        "security_profiles": ["Agent", "CallCenterManager", "QualityAnalyst"],
        "hierarchy_group": "AMER/Night",
        "identity_info": {"first_name": "Mary", "last_name": "Major"},
    }


def test_every_mistake_in_people_is_reported_at_once() -> None:
    people = [
        person("two.teams", "West", "Night", place="users.csv:2"),
        person("no.team", "Leads"),
        person("Twice.Here", "West", place="users.csv:4"),
        person("twice.here", "West", place="users.csv:5"),
        person("guest#EXT#", "West"),
        person("mary.major", "West", email="mary at home"),
        person("nowhere.nobody#", "X"),
        person("gone.nobody#", "West", active=False),
    ]

    found = wanted_users(people, mapping()).mistakes

    for mistake, words in zip(
        found,
        (
            "users.csv:2: two.teams: its groups give several values of team (West west",
            "no.team: its groups (Leads) give no team. Add it to a group that has one",
            "users.csv:5: twice.here: the username twice.here differs only in case from that of",
            "guest#EXT#: username: ",
            "mary.major: identity_info.secondary_email: ",
        ),
        strict=True,
    ):
        assert words in mistake


def test_users_of_other_teams_and_kept_ones_are_left_alone() -> None:
    """Also those whom the directory knows; a user without a team can be handed over with one."""
    people = [person(n, "West") for n in ("kept.user", "li.juan", "mary.major", "new.one")]

    changes = changes_of(ROSTER, people)

    assert list(changes.joiners) == ["new.one"]
    assert changes.leavers == {"ana.silva": "is not in the directory"}
    assert changes.left_alone == {
        "kept.user": "the mapping keeps it",
        "li.juan": "its team by hand is not managed",
        "mary.major": "it has no team in the roster",
    }
    assert changes.managed == 1


def test_named_groups_limit_the_import_to_their_teams() -> None:
    """Whoever changes from one team to another is never taken for a leaver."""
    text = "users:\n  a.b: {team: east}\n  c.d: {team: west}\n  e.f: {team: west}\n"
    people = [person("a.b", "West"), person("c.d", "East"), person("g.h", "East")]
    west = in_scope(mapping(), ["West"])

    found = compare(
        read_roster_text(Path("r.yaml"), text), wanted_users(people, mapping()), mapping(), west
    )

    assert list(found.movers) == ["c.d"]
    assert list(found.leavers) == ["e.f"]
    assert found.joiners == {}
    with pytest.raises(ImportRefused, match=r"Leads: the mapping gives it no team") as refused:
        in_scope(mapping(), ["Leads", "Wst"])
    assert len(refused.value.mistakes) == 2


def test_spelling_of_a_username_and_ids_are_mistakes() -> None:
    """A change of case alone would delete the user and create another."""
    text = "users:\n  Li.Juan: {team: west}\n  a.b: {team: night, routing_profile_id: x}\n"
    directory = wanted_users([person("li.juan", "West"), person("a.b", "Night")], mapping())

    found = compare(read_roster_text(Path("r.yaml"), text), directory, mapping(), mapping().teams)

    assert "user a.b: the roster has routing_profile_id" in found.mistakes[0]
    assert "li.juan: the roster has Li.Juan (r.yaml, line 2)" in found.mistakes[1]


@pytest.mark.parametrize(
    ("limit", "most"), [("10", 10), ("0", 0), ("5%", 2), ("100%", 21), ("0%", 0)]
)
def test_limit_is_a_number_or_a_share_of_the_managed_users(limit: str, most: int) -> None:
    assert most_leavers(limit, 21) == most


@pytest.mark.parametrize("limit", ["", "%", "-1", "ten", "101%", "1.5%", "²"])
def test_other_limits_are_refused(limit: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        most_leavers(limit, 21)


def test_mistakes_in_a_mapping_have_their_lines() -> None:
    text = "username: upn\ngroups:\n  A: {team: 010, routing_profil: x}\n  B: {}\ngroup: {}\n"

    with pytest.raises(ImportRefused) as refused:
        read_mapping(Path("mapping.yaml"), text)

    starts = [mistake.split(": ")[:2] for mistake in refused.value.mistakes]
    assert sorted(starts) == [
        ["mapping.yaml:1", "username"],
        ["mapping.yaml:3", "groups.A.routing_profil"],
        ["mapping.yaml:3", "groups.A.team"],
        ["mapping.yaml:4", "groups.B"],
        ["mapping.yaml:5", "group"],
    ]
    with pytest.raises(ImportRefused, match="appears twice"):
        read_mapping(Path("mapping.yaml"), "groups: {}\ngroups: {}\n")


@pytest.mark.parametrize(
    "text",
    [
        (ROOT / "examples" / "directory" / "mapping.yaml").read_text(),
        *(block.text for block in blocks("yaml") if block.file.name == "directory.md"),
    ],
)
def test_mappings_of_the_documentation_are_read(text: str) -> None:
    jsonschema.validate(yaml.safe_load(text), yaml.safe_load(schema_text()))
    assert read_mapping(Path("mapping.yaml"), text).teams


def test_schema_of_the_mapping_is_current_and_of_one_mind_with_the_reader() -> None:
    """After a change: make generate."""
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text()
    jsonschema.validate(yaml.safe_load(MAPPING), yaml.safe_load(schema_text()))
