"""Roster files that people have: the console's CSV, spreadsheets' CSV, JSON. What each says."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pulumi_connect_users.core.errors import InvalidRoster
from pulumi_connect_users.roster.files import RosterUsers, read_roster
from pulumi_connect_users.roster.files.columns import OTHER_NAMES, column, columns
from pulumi_connect_users.roster.files.schema import schema

FIRST_TEMPLATE = (
    "first name,last name,email address,password,user login,routing profile name,"
    "security_profile_name_1|security_profile_name_2,phone type (soft/desk),phone number,"
    "soft phone auto accept (yes/no),ACW timeout (seconds),UserHierarchy\n"
    "Mary,Major,marym@example.com,Corr3ctHorse,mary.major,Basic Routing Profile,"
    "Agent|QualityAnalyst,soft,,yes,30,AMER/West\n"
    "Li,Juan,li.juan@example.com,Corr3ctHorse,li.juan,Basic Routing Profile,"
    "Agent,desk,+15555550100,no,0,\n"
)
TEMPLATE = (
    "first name,last name,user login,agent hierarchy,routing profile name,"
    "security_profile_name_1|security_profile_name_2,user_hierarchy_1|user_hierarchy_2,"
    "phone type (soft/desk),phone number,tags,persistent connection,"
    "audio enhancement(none/isolate voice/suppress noise)\n"
    "Mary,Major,mary.major,,Basic Routing Profile,Agent,AMER|West,soft,,"
    "Site=SEA1|Team=7,yes,isolate voice\n"
)
MARY = {"identityInfo": {"firstName": "Mary"}}


def _read(folder: Path, text: str, name: str = "west.csv") -> RosterUsers:
    (folder / name).write_text(text, encoding="utf-8")
    return read_roster(folder / name)


def _refused(folder: Path, text: str | bytes, name: str = "west.csv") -> str:
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(InvalidRoster) as raised:
        read_roster(folder / name)
    return str(raised.value)


def _said(users: RosterUsers) -> list[str]:
    return [str(notice) for notice in users.take_notices()]


def test_first_template_of_the_console_is_read_without_its_passwords(tmp_path: Path) -> None:
    users = _read(tmp_path, FIRST_TEMPLATE)

    assert dict(users["mary.major"]) == {
        "identityInfo": {
            "firstName": "Mary",
            "lastName": "Major",
            "email": "marym@example.com",
        },
        "routingProfile": "Basic Routing Profile",
        "securityProfiles": ["Agent", "QualityAnalyst"],
        "phoneConfig": {
            "phoneType": "SOFT_PHONE",
            "autoAccept": True,
            "afterContactWorkTimeLimit": 30,
        },
        "hierarchyGroup": "AMER/West",
    }
    assert users["li.juan"]["phoneConfig"] == {
        "phoneType": "DESK_PHONE",
        "deskPhoneNumber": "+15555550100",
        "autoAccept": False,
        "afterContactWorkTimeLimit": 0,
    }
    guessed, passwords = users.take_notices()
    assert str(guessed).startswith("west.csv, line 1: the Connect console's columns were read: ")
    assert "user login as username" in guessed.text
    assert guessed.level == "notice"
    assert passwords.level == "warning"
    assert "column password: passwords were not read" in passwords.text
    assert "Corr3ctHorse" not in repr([*users.values(), guessed, passwords])
    assert not users.take_notices()


def test_current_template_of_the_console_is_read(tmp_path: Path) -> None:
    users = _read(tmp_path, TEMPLATE)

    assert dict(users["mary.major"]) == {
        "identityInfo": {"firstName": "Mary", "lastName": "Major"},
        "routingProfile": "Basic Routing Profile",
        "securityProfiles": ["Agent"],
        "hierarchyGroup": "AMER/West",
        "phoneConfig": {"phoneType": "SOFT_PHONE", "persistentConnection": True},
        "tags": {"Site": "SEA1", "Team": "7"},
        "voiceEnhancementConfigs": [
            {"channel": "VOICE", "voiceEnhancementMode": "VOICE_ISOLATION"}
        ],
    }


def test_two_hierarchies_of_the_console_must_agree(tmp_path: Path) -> None:
    same = TEMPLATE.replace("mary.major,,", "mary.major,AMER/West,")
    assert _read(tmp_path, same)["mary.major"]["hierarchyGroup"] == "AMER/West"

    said = _refused(tmp_path, TEMPLATE.replace("mary.major,,", "mary.major,EMEA,"))

    assert "line 2, column user_hierarchy_1|user_hierarchy_2: another column of this row" in said


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("First Name", "identity_info.first_name"),
        ("first-name", "identity_info.first_name"),
        ("firstName", "identity_info.first_name"),
        ("Surname", "identity_info.last_name"),
        ("e-mail", "identity_info.email"),
        ("Email Address", "identity_info.email"),
        ("secondary email address", "identity_info.secondary_email"),
        ("phone_number", "phone_config.desk_phone_number"),
        ("auto accept", "phone_config.auto_accept"),
        ("soft phone auto accept yes/no)", "phone_config.auto_accept"),
        ("security_profile_name_1|security_profile_name_2|more", "security_profiles"),
        ("user_hierarchy_1|user_hierarchy_2|user_hierarchy_3", "hierarchy_group"),
        ("ACW timeout", "phone_config.after_contact_work_time_limit"),
        ("Routing Profile", "routing_profile"),
        ("Security Profile", "security_profiles"),
        ("security-profiles", "security_profiles"),
        ("Hierarchy Group", "hierarchy_group"),
        ("first_name\u200b", "identity_info.first_name"),
        ("Team", "team"),
        ("Tag: Site", "tags.Site"),
        ("Tags.Cost_Center", "tags.Cost_Center"),
    ],
)
def test_column_with_nearly_its_name_is_read_and_reported(
    tmp_path: Path, name: str, path: str
) -> None:
    found = column(name)
    assert ".".join(found.path or ()) == path
    assert not found.exact

    users = _read(tmp_path, f"username,{name},mobile\nmary,,+15555550100\n")

    (said,) = _said(users)
    assert f"{name.replace(chr(0x200B), '<U+200B>')} as " in said


def test_documented_names_of_columns_are_not_reported(tmp_path: Path) -> None:
    """As they always were; each other name leads to one of them."""
    header = ",".join(["username", "first_name", "phone_config.auto_accept", "tags.Site"])
    assert not _said(_read(tmp_path, f"{header}\nmary,Mary,true,1\n"))
    assert all(column(name).exact for name in columns())
    assert set(OTHER_NAMES) <= set(columns())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("username;first_name\nmary;Mary\n", ["separated by semicolons"]),
        ("username\tfirst_name\nmary\tMary\n", ["separated by tabs"]),
        ("sep=;\nusername;first_name\nmary;Mary\n", ["separated by semicolons"]),
        ("\n,,\n  \nusername,first_name\nmary,Mary\n", []),
        ("User Name;First Name\nmary;Mary\n", ["separated by semicolons", "User Name as username"]),
        ('"username","first_name"\n"mary","Mary"\n', []),
        ("\ufeffusername,first_name\r\nmary,Mary\r\n", []),
    ],
)
def test_csv_of_a_spreadsheet_is_read_as_it_is(tmp_path: Path, text: str, said: list[str]) -> None:
    users = _read(tmp_path, text)

    assert {name: dict(user) for name, user in users.items()} == {"mary": MARY}
    lines = _said(users)
    assert len(lines) == len(said)
    assert all(words in line for words, line in zip(said, lines, strict=True))


def test_second_column_for_an_attribute_must_be_empty(tmp_path: Path) -> None:
    text = "username,email,E-Mail\nmary,marym@example.com,\n"
    assert _read(tmp_path, text)["mary"]["identityInfo"] == {"email": "marym@example.com"}

    said = _refused(tmp_path, text + "li,,li.juan@example.com\n")

    assert "line 1: the columns email and E-Mail set the same attribute." in said


def test_mistakes_after_leading_lines_have_their_own_lines(tmp_path: Path) -> None:
    said = _refused(tmp_path, "\n\nusername;mobile\nmary;12\n")
    assert "west.csv, line 4, column identity_info.mobile: user mary:" in said


@pytest.mark.parametrize(
    "cell", ["Agent|QualityAnalyst", "Agent;QualityAnalyst", "Agent ; Quality"]
)
def test_list_is_separated_by_pipes_or_semicolons(tmp_path: Path, cell: str) -> None:
    users = _read(tmp_path, f'username,security_profiles\nmary,"{cell}"\n')
    assert len(users["mary"]["securityProfiles"]) == 2  # type: ignore[arg-type]


def test_name_with_a_semicolon_is_written_with_a_pipe(tmp_path: Path) -> None:
    users = _read(tmp_path, 'username,security_profiles\nmary,"Agent;West|"\n')
    assert users["mary"]["securityProfiles"] == ["Agent;West"]


@pytest.mark.parametrize(
    ("column_name", "cell", "said"),
    [
        ("tags", "SEA1", "column tags: must be key=value, several separated by |."),
        ("audio enhancement", "loud", "must be none, isolate voice, suppress noise."),
        ("phone_type", "mobile", "must be 'SOFT_PHONE' or 'DESK_PHONE'"),
        ("auto accept", "maybe", "phone_config.auto_accept: must be"),
        ("notes", "tall", "column notes: unknown column. Known: username, team, first_name"),
    ],
)
def test_cell_that_cannot_be_read_is_refused_with_its_form(
    tmp_path: Path, column_name: str, cell: str, said: str
) -> None:
    message = _refused(tmp_path, f"username,{column_name}\nmary,{cell}\n")
    assert "west.csv, line 2, column " in message
    assert said in message


def test_all_wrong_columns_are_refused_at_once(tmp_path: Path) -> None:
    said = _refused(tmp_path, "username,frst_name,emial,rooting profile\nmary,a,b,c\n")

    assert "3 mistakes" in said
    for right in ("first_name", "email", "routing_profile"):
        assert f"Did you mean {right}?" in said


@pytest.mark.parametrize("part", ["xl/workbook.xml", "application/opendocument.spreadsheet"])
@pytest.mark.parametrize("name", ["west.csv", "west.xlsx"])
def test_spreadsheet_is_to_be_saved_as_csv(tmp_path: Path, part: str, name: str) -> None:
    """Whatever its name says."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(part, "")
    assert "is a spreadsheet. Save it as CSV" in _refused(tmp_path, archive.getvalue(), name)


def test_old_spreadsheet_is_to_be_saved_as_csv(tmp_path: Path) -> None:
    assert "Save it as CSV" in _refused(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "west.xls")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("west.csv", "username\nmary\u200b.major\n"),
        ("west.csv", "username,routing_profile\nmary,Basic\u200b\n"),
        ("west.yaml", 'users:\n  "mary\\u200b.major": {}\n'),
        ("west.yaml", 'defaults:\n  security_profiles: ["Agent\\u200b"]\n'),
    ],
)
def test_invisible_character_is_named_by_its_code_point(
    tmp_path: Path, name: str, text: str
) -> None:
    said = _refused(tmp_path, text, name)
    assert "line 2" in said
    assert "holds the invisible character U+200B. Remove it." in said
    assert "\u200b" not in said


ROSTER: dict[str, Any] = {
    "$schema": "roster.schema.json",
    "defaults": {"routing_profile": "Basic Routing Profile"},
    "teams": {"west": {"tags": {"Site": "\U0001f600 \\ud83d \\n"}}},
    "users": {"mary": {"team": "west", "identity_info": {"first_name": "No"}, "adopt": True}},
}


@pytest.mark.parametrize("indent", [None, 2, "\t"])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_json_roster_is_read_as_yaml_is(
    tmp_path: Path, indent: int | str | None, ascii_only: bool
) -> None:
    users = _read(tmp_path, json.dumps(ROSTER, indent=indent, ensure_ascii=ascii_only), "west.json")

    assert dict(users["mary"]) == {
        "routingProfile": "Basic Routing Profile",
        "tags": {"Site": "\U0001f600 \\ud83d \\n"},
        "identityInfo": {"firstName": "No"},
        "adopt": True,
    }
    jsonschema.validate(ROSTER, schema())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{\n'users': {}}", "line 2: it is not JSON"),
        ("users: {}", "line 1: it is not JSON"),
        ('{"users": {\n\t"mary": {},\n\t"mary": {}}}', "line 3: mary: is already on line 2"),
        ('{"users": {"mary":\n\t{"frst": 1}}}', "line 2: user mary: frst: unknown argument"),
        ("[]", "line 1: must be a map. Known keys: defaults, teams, users, may."),
    ],
)
def test_mistake_in_json_has_its_line(tmp_path: Path, text: str, said: str) -> None:
    assert said in _refused(tmp_path, text, "west.json")
