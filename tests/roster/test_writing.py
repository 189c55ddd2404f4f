"""Rosters as they are written: what reads back, what is drawn out, what a form cannot hold."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pulumi_connect_users.core.properties import Properties, Value, members
from pulumi_connect_users.roster.files import read_roster
from pulumi_connect_users.roster.files.entry import validated
from pulumi_connect_users.roster.files.formulas import guarded, unguarded
from pulumi_connect_users.roster.files.reading import read_together
from pulumi_connect_users.roster.files.schema import schema
from pulumi_connect_users.roster.writing import Form, Members, Written, written_roster
from pulumi_connect_users.roster.writing.console import TEMPLATE, TEMPLATE_WITH_EMAIL
from pulumi_connect_users.users.flex import program_names

ODD = [
    *("no", "Null", "0042", "1e3", "2026-01-01", "12:30", "~", "=1+1", "+1", "-Mary", "@home"),
    *(
        "'quoted'",
        "'=1",
        "''-",
        'say "hi"',
        "a, b",
        "a|b",
        "a;b",
        "a: b",
        "#x",
        "x #y",
        "[x]",
        "{x}",
    ),
    *("&x", "*x", "!x", "%x", "Zoë 李", "\U0001f600", "a=b", "a:b=3", "back\\slash", "x" * 130),
]
TEXT = st.sampled_from(ODD) | st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)
NAMES = st.lists(TEXT, min_size=1, max_size=3, unique=True)
CHANNELS: dict[str, Value] = {
    "auto_accept_configs": [{"channel": "CHAT", "auto_accept": True}],
    "voice_enhancement_configs": [
        {"channel": "VOICE", "voice_enhancement_mode": "VOICE_ISOLATION"}
    ],
}
PROFICIENCY: st.SearchStrategy[Value] = st.fixed_dictionaries(
    {"attribute_name": TEXT, "attribute_value": TEXT, "level": st.integers(1, 5)}
)
USER: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {},
    optional={
        "identity_info": st.fixed_dictionaries({"first_name": TEXT}, optional={"last_name": TEXT}),
        "phone_config": st.fixed_dictionaries(
            {},
            optional={
                "phone_type": st.sampled_from(["SOFT_PHONE", "DESK_PHONE"]),
                "auto_accept": st.booleans(),
                "after_contact_work_time_limit": st.integers(0, 60),
                "desk_phone_number": st.just("+15555550100"),
            },
        ),
        "routing_profile": st.sampled_from(["Basic Routing Profile", "Night"]) | TEXT,
        "routing_profile_id": st.just("6bf4ed63-a18d-5a64-905b-b77d51ee3910"),
        "security_profiles": st.just(["Agent"]) | NAMES,
        "hierarchy_group": st.sampled_from(["AMER/West/Blue", "EMEA/Blue", "EMEA/No|rth"]),
        "proficiencies": st.lists(PROFICIENCY, max_size=2),
        "tags": st.dictionaries(TEXT, TEXT | st.just(""), max_size=3),
        "adopt": st.booleans(),
        "ignore_drift": st.just(["tags"]),
        "initial_password": st.fixed_dictionaries({}, optional={"length": st.just(30)}),
        **{name: st.just(entries) for name, entries in CHANNELS.items()},
    },
)


def _on_the_wire(user: Properties) -> Properties | None:
    if "routing_profile" in user and "routing_profile_id" in user:
        return None
    values, mistakes = validated(user)
    return None if mistakes else values


USERS = st.dictionaries(
    st.sampled_from(["mary.major", "li@example.com", "-x", "010", "no"])
    | TEXT.map(lambda t: t[:99]),
    USER.map(_on_the_wire).filter(lambda user: user is not None),
    max_size=4,
)


def _written(users: Mapping[str, Properties], form: Form, **more: Any) -> Written:
    return written_roster(Members(users), form, **more)


def _read(text: str, name: str) -> Mapping[str, Properties]:
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_text(text, encoding="utf-8")
        return dict(read_roster(Path(folder) / name))


def _without(users: Mapping[str, Properties], written: Written) -> dict[str, dict[str, Value]]:
    """The users as a form that leaves something out has them."""
    left: dict[str, dict[str, Value]] = {}
    for name, user in users.items():
        out = {attribute for attribute, names in written.left_out.items() if name in names}
        if "username" in out:
            continue
        kept: dict[str, Value] = {}
        for attribute, value in program_names(user).items():
            if attribute in out:
                continue
            inner = {k: v for k, v in members(value).items() if f"{attribute}.{k}" not in out}
            if inner or not members(value):
                kept[attribute] = inner or value
        left[name] = kept
    return left


@given(USERS, st.booleans())
def test_users_come_back_from_every_form(users: dict[str, Properties], full: bool) -> None:
    """Whatever they hold; what is missing in a table is what was reported, and nothing else."""
    for form in ("yaml", "json", "csv", "console"):
        template = (*TEMPLATE, *TEMPLATE_WITH_EMAIL[9:11]) if full and form == "console" else None
        written = _written(users, form, template=template)
        name = f"west.{form if form != 'console' else 'csv'}"
        read = _read(written.text, name)

        expected = _without(users, written)
        assert {n: program_names(user) for n, user in read.items()} == expected
        if form in ("yaml", "json"):
            assert not written.left_out
            assert _read_again(written.text, name) == written.text


def _read_again(text: str, name: str) -> str:
    """What is written from what was written: the same, so that no change is made of nothing."""
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_text(text, encoding="utf-8")
        (document,) = read_together([Path(folder) / name], alone=True).rosters
    form: Form = "yaml" if name.endswith("yaml") else "json"
    return written_roster(Members.of(document), form).text


@given(TEXT)
def test_cell_is_no_formula_of_a_spreadsheet_and_comes_back(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell)[0] not in "=-@"
    assert guarded(cell)[0] != "+" or guarded(cell)[1:].isdigit()


def test_phone_numbers_need_no_guard() -> None:
    assert guarded("+15555550100") == "+15555550100"


def _agent(number: int) -> Properties:
    """One of a centre of three teams, as Connect returns its users."""
    team = number % 3
    user: dict[str, Value] = {
        "identityInfo": {
            "firstName": "Mary",
            "lastName": f"Major {number}",
            "email": f"mary.major.{number}@contact-center.example.com",
        },
        "phoneConfig": {
            "phoneType": "SOFT_PHONE",
            "autoAccept": team == 1,
            "afterContactWorkTimeLimit": 30,
        },
        "routingProfile": ["Basic Routing Profile", "Évening", "Night"][team],
        "securityProfiles": ["Agent"] if number % 10 else ["Agent", "CallCenterManager"],
        "hierarchyGroup": ["AMER/West/Blue", "EMEA/South/Green", "EMEA/North/Red"][team],
        "tags": {"Site": ["SEA1", "DUB2", "DUB2"][team], "Cost_Center": "42"},
        "adopt": True,
    }
    if number % 25 == 0:
        number_of_desk = f"+1555555{number:04}"
        user["phoneConfig"] = {"phoneType": "DESK_PHONE", "deskPhoneNumber": number_of_desk}
    if number % 7 == 0:
        language: Value = {"attributeName": "language", "attributeValue": "Spanish", "level": 4}
        user["proficiencies"] = [language]
    return user


CENTRE = {f"agent.{number:03}@example.com": _agent(number) for number in range(500)}


def test_500_users_of_three_teams_are_under_1500_lines() -> None:
    """Defaults and teams hold what is shared; who lacks something of it stands alone."""
    text = _written(CENTRE, "yaml").text

    assert text.count("\n") < 1000
    assert max(map(len, text.splitlines())) <= 160
    written = yaml.safe_load(text)
    assert written["defaults"] == {
        "phone_config": {"phone_type": "SOFT_PHONE"},
        "security_profiles": ["Agent"],
        "tags": {"Cost_Center": "42", "Site": "DUB2"},
        "adopt": True,
    }
    assert written["teams"]["Blue"] == {
        "phone_config": {"auto_accept": False, "after_contact_work_time_limit": 30},
        "routing_profile": "Basic Routing Profile",
        "hierarchy_group": "AMER/West/Blue",
        "tags": {"Site": "SEA1"},
    }
    assert set(written["teams"]) == {"Blue", "Green", "Red"}
    assert text.count("routing_profile: ") == 3 + 20, "the others have a team"
    assert _read(text, "west.yaml") == CENTRE
    jsonschema.validate(written, schema())


def test_lines_of_others_stay_when_one_user_changes() -> None:
    before = _written(CENTRE, "yaml").text.splitlines()
    changed = {**CENTRE, "agent.001@example.com": {**_agent(1), "tags": {"Site": "SEA1"}}}
    after = _written(changed, "yaml").text.splitlines()

    assert len(set(after) - set(before)) < 15


def test_values_that_only_some_have_are_not_drawn_out() -> None:
    """A user cannot undo a default, and a person's name is nobody else's."""
    mary: Properties = {"identityInfo": {"firstName": "Mary"}, "routingProfile": "Night"}
    grouped: Properties = {**mary, "hierarchyGroup": "AMER"}
    users = {"a": grouped, "b": grouped, "c": mary}

    written = yaml.safe_load(_written(users, "yaml").text)

    assert written["defaults"] == {"routing_profile": "Night"}
    assert "hierarchy_group" not in str(written["users"]["c"])


def test_id_of_one_does_not_keep_the_others_from_sharing_the_name() -> None:
    users: dict[str, Properties] = {str(n): {"routingProfile": "Night"} for n in range(9)}
    users["9"] = {"routingProfileId": "6bf4ed63-a18d-5a64-905b-b77d51ee3910"}

    text = _written(users, "yaml").text

    assert text.startswith("defaults:\n  routing_profile: Night\nusers:\n")
    assert _read(text, "west.yaml") == users


FILE = """\
defaults: {adopt: true}
teams:
  blue: {routing_profile: Night}
  idle: {}
users:
  mary: {team: blue, tags: {Site: "1"}}
  li: {team: blue, tags: {Site: "1"}}
  ana: {team: idle}
"""


def _converted(folder: Path, text: str, name: str, form: Form) -> str:
    (folder / name).write_text(text)
    (document,) = read_together([folder / name], alone=True).rosters
    return written_roster(Members.of(document), form).text


def test_teams_of_a_file_are_kept(tmp_path: Path) -> None:
    text = _converted(tmp_path, FILE, "west.yaml", "json")

    assert json.loads(text) == {
        "defaults": {"adopt": True},
        "teams": {"blue": {"routing_profile": "Night", "tags": {"Site": "1"}}, "idle": {}},
        "users": {"mary": {"team": "blue"}, "li": {"team": "blue"}, "ana": {"team": "idle"}},
    }


def test_teams_of_a_program_stay_its_own(tmp_path: Path) -> None:
    """Its values are under the users' own, and over the defaults of a file."""
    table = "username,team,routing_profile\nmary,blue,Night\nli,blue,Night\nana,,Night\n"
    text = _converted(tmp_path, table, "west.csv", "yaml")

    assert yaml.safe_load(text) == {
        "teams": {"blue": {"routing_profile": "Night"}},
        "users": {
            "mary": {"team": "blue"},
            "li": {"team": "blue"},
            "ana": {"routing_profile": "Night"},
        },
    }
    assert _converted(tmp_path, table, "west.csv", "csv") == table
    with pytest.raises(ValueError, match="its teams idle are the program's"):
        _converted(tmp_path, FILE.replace("  idle: {}\n", ""), "west.yaml", "csv")


def test_limits_of_a_file_are_kept_where_there_is_a_place(tmp_path: Path) -> None:
    may = "may: {routing_profiles: [Night], adopt: true}\n"
    text = _converted(tmp_path, may + FILE, "west.yaml", "yaml")
    assert text.startswith("may:\n  routing_profiles: [Night]\n  adopt: true\n")
    again = json.loads(_converted(tmp_path, text, "west.yaml", "json"))
    assert again["may"] == {"routing_profiles": ["Night"], "adopt": True}

    (document,) = read_together([tmp_path / "west.yaml"], alone=True).rosters
    (said,) = written_roster(Members.of(document), "csv").remarks
    assert "no place for the file's may. Keep these limits in roster-limits.yaml" in said


def _rows(written: Written) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(written.text))]


def test_console_gets_its_own_words() -> None:
    voice: list[Value] = [{"channel": "VOICE", "voiceEnhancementMode": "VOICE_ISOLATION"}]
    mary: dict[str, Value] = {**_agent(1), "voiceEnhancementConfigs": voice}
    mary["identityInfo"] = {"firstName": "Mary", "lastName": "Major"}
    mary["phoneConfig"] = {"phoneType": "SOFT_PHONE", "persistentConnection": True}

    (row,) = _rows(written := _written({"mary": mary}, "console"))

    assert tuple(row) == TEMPLATE
    assert row == {
        "first name": "Mary",
        "last name": "Major",
        "user login": "mary",
        "agent hierarchy": "",
        "routing profile name": "Évening",
        "security_profile_name_1|security_profile_name_2": "Agent",
        "user_hierarchy_1|user_hierarchy_2": "EMEA|South|Green",
        "phone type (soft/desk)": "soft",
        "phone number": "",
        "tags": "Cost_Center=42|Site=DUB2",
        "persistent connection": "yes",
        "audio enhancement(none/isolate voice/suppress noise)": "isolate voice",
    }
    assert written.left_out == {"adopt": ["mary"]}


def test_console_with_email_addresses_has_an_empty_column_for_passwords() -> None:
    written = _written(CENTRE, "console")

    assert tuple(_rows(written)[0]) == TEMPLATE_WITH_EMAIL
    assert {row["password"] for row in _rows(written)} == {""}
    assert _rows(written)[25]["phone type (soft/desk)"] == "desk"
    assert {name: len(users) for name, users in written.left_out.items()} == {
        "tags": 500,
        "adopt": 500,
        "proficiencies": 72,
    }
    assert "the password column is empty" in written.remarks[0]


def test_what_the_console_cannot_take_is_said() -> None:
    """More than 1,000 users, more than 100 names, and texts that a spreadsheet would run."""
    many = {f"a{n}": {"routingProfile": f"Profile {n}"} for n in range(1001)}
    written = _written(many, "console")
    assert "the console takes 1,000 users at a time" in written.remarks[0]
    assert "1,001 routing profiles" in written.remarks[1]

    users: dict[str, Properties] = {
        "mary": {"identityInfo": {"firstName": "=1+1", "lastName": "Major"}},
        "-x": {},
    }
    written = _written(users, "console")
    assert [row["last name"] for row in _rows(written)] == ["Major"]
    assert written.left_out == {"identity_info.first_name": ["mary"], "username": ["-x"]}


@pytest.mark.parametrize("form", get_args(Form))
def test_no_users_are_a_file_too(form: Form) -> None:
    written = _written({}, form)
    assert not _read(written.text, f"west.{'csv' if form == 'console' else form}")
