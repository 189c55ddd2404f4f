"""A change of a roster's text, form by form: what it becomes, and what is refused."""

import pytest

from pulumi_connect_users.core.people import Person
from pulumi_connect_users.directory.splices import NotEditable
from tests.directory.companies import imported, person

MARY = person("mary.major", "West")
LEAD = person("mary.major", "West", "Leads")
NIGHT = person("mary.major", "Night")
_NEW = "  mary.major:\n    team: west\n    identity_info: { first_name: Mary, last_name: Major }\n"


@pytest.mark.parametrize(
    ("text", "people", "expected"),
    [
        ("", [MARY], f"users:\n{_NEW}"),
        ("# Ours\n", [MARY], f"# Ours\nusers:\n{_NEW}"),
        ("teams:\n  west: {}", [MARY], f"teams:\n  west: {{}}\nusers:\n{_NEW}"),
        ("users: {} # none yet\nteams: {}\n", [MARY], f"users: # none yet\n{_NEW}teams: {{}}\n"),
        ("users: # all\n  mary.major: {team: west}\n", [], "users: {} # all\n"),
        (
            "users:\n  mary.major: {team: west, identity_info: {first_name: Mary}}",
            [LEAD],
            "users:\n  mary.major: {team: west, identity_info: {first_name: Mary, last_name: Major}"
            ", security_profiles: [Agent, CallCenterManager]}",
        ),
        (
            "users: {b: {team: west}, a: {team: east}, z: {}}\n",
            [MARY],
            "users: {z: {}, mary.major: { team: west, identity_info: { first_name: Mary, last_name:"
            " Major } }}\n",
        ),
        (
            "users:\n  mary.major:\n    team: west\n    routing_profile:\n      X\n"
            "    identity_info:\n      first_name: Mary\n      last_name: Major\n",
            [MARY],
            "users:\n  mary.major:\n    team: west\n    identity_info:"
            "\n      first_name: Mary\n      last_name: Major\n",
        ),
        (
            "users:\n  mary.major:\n    team:\n      west\n    security_profiles: [Old, Agent]\n"
            "    identity_info: {first_name: Mary, last_name: Major}\n",
            [LEAD],
            "users:\n  mary.major:\n    team:\n      west\n    security_profiles: [Agent, "
            "CallCenterManager]\n    identity_info: {first_name: Mary, last_name: Major}\n",
        ),
        (
            "users:\n    mary.major: {team: west, identity_info: {first_name: Mary, last_name: "
            "Major}}\n    zoe:\n      team: other\n",
            [NIGHT],
            "users:\n    mary.major: {team: night, identity_info: {first_name: Mary, last_name: "
            "Major}, routing_profile: Night, hierarchy_group: AMER/Night}\n    zoe:\n      "
            "team: other\n",
        ),
    ],
    ids=[
        *("new file", "comments only", "no users", "empty braces", "last leaves", "list added"),
        *("flow users", "attribute removed", "list changed", "attributes added"),
    ],
)
def test_yaml_is_changed_in_place(text: str, people: list[Person], expected: str) -> None:
    assert imported(text, people) == expected


def test_json_roster_stays_json() -> None:
    text = '{\n\t"users": {\n\t\t"ana": {"team": "west"},\n\t\t"zoe": {}\n\t}\n}\n'

    assert imported(text, [MARY], "roster.json") == (
        '{\n\t"users": {\n\t\t"mary.major": {"team": "west", "identity_info": '
        '{"first_name": "Mary", "last_name": "Major"}},\n\t\t"zoe": {}\n\t}\n}\n'
    )


def test_users_are_sorted_only_into_a_sorted_roster() -> None:
    ana, zoe = "  ana: {team: other}\n", "  zoe: {team: other}\n"

    assert imported(f"users:\n{ana}{zoe}", [MARY]) == f"users:\n{ana}{_NEW}{zoe}"
    assert imported(f"users:\n{zoe}{ana}", [MARY]) == f"users:\n{zoe}{ana}{_NEW}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("users:\n  mary.major: &m {team: east}\n  li: *m\n", "line 2: its value is an alias"),
        ("users:\n  mary.major:\n    team: |-\n      east\n", "line 3: this value has a special"),
        ("users:\n  mary.major: {team: !!str east}\n", "line 2: this value has a special form"),
        (
            "defaults: {routing_profile: &e east}\nusers:\n  mary.major: {team: *e}\n",
            "line 3: this value has a special form",
        ),
        (
            "users:\n  ? mary.major\n  : team: east\n  li: {team: east}\n",
            "this entry does not begin its line",
        ),
        (
            "users: {li: {team: east}, # him\n  mary.major: {team: west}}\n",
            "a comment stands in brackets",
        ),
    ],
)
def test_what_cannot_be_changed_safely_is_refused(text: str, words: str) -> None:
    people = [MARY] if "? mary" not in text else []
    with pytest.raises(NotEditable, match=words):
        imported(text, people)


def test_other_forms_of_rosters_are_refused_with_a_remedy() -> None:
    with pytest.raises(NotEditable, match="roster convert"):
        imported("username,team\n", [MARY], "roster.csv")
