"""`connect-users roster check`: every mistake of every file, without Pulumi and without Connect."""

import json
from pathlib import Path

import pytest

from tests.support.command_line import Runner

WEST = """\
username,First Name,team,phone_type,phone_number,security_profiles
mary.major,Mary,blue,desk,,Agent
li.juan,Li,,soft,,Agent|QualityAnalyst
"""
EAST = """\
defaults:
  tags: {"aws:Site": SEA1}
teams:
  blue: {}
users:
  mary.major: {team: bleu}
  ana.carolina: {identity_info: {mobile: 12}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two rosters of other teams, and files that are none."""
    teams = tmp_path / "teams"
    teams.mkdir()
    (teams / "west.csv").write_text(WEST)
    (teams / "east.yaml").write_text(EAST)
    for other in ("README.md", ".hidden.yaml", "roster.schema.json"):
        (teams / other).write_text("[")
    return teams


def test_mistakes_of_all_files_have_file_and_line(cli: Runner, folder: Path) -> None:
    ran = cli("roster", "check", "teams")

    assert ran.code == 2
    lines = ran.out.splitlines()
    for start, words in (
        ("teams/east.yaml:2: error: ", "user mary.major, user ana.carolina: tags: has a key that"),
        ("teams/east.yaml:6: warning: ", "user mary.major: this team is not in the file."),
        ("teams/east.yaml:7: error: ", "user ana.carolina: identity_info.mobile: must be"),
        ("teams/west.csv:1: notice: ", "First Name as first_name, phone_number as desk_phone"),
        ("teams/west.csv:2: error: ", "user mary.major: is already in east.yaml, line 6."),
        ("teams/west.csv:2: error: ", "phone_config.desk_phone_number: is missing"),
    ):
        assert [line for line in lines if line.startswith(start) and words in line], ran.out
    assert len(lines) == 6
    assert "2 roster files with 4 users: 4 mistakes. Fix them." in ran.err


def test_files_without_mistakes_are_done(cli: Runner, folder: Path) -> None:
    """The program may have the team, and profiles as defaults."""
    (folder / "west.csv").write_text("username,team\nmary.major,blue\n")

    ran = cli("roster", "check", str(folder / "west.csv"))

    assert (ran.code, ran.out) == (0, "")
    assert "1 roster file with 1 user: no mistakes." in ran.err


def test_json_has_every_remark(cli: Runner, folder: Path) -> None:
    ran = cli("roster", "check", "--json", "teams/west.csv")

    document = json.loads(ran.out)
    assert document["files"] == ["teams/west.csv"]
    assert [(p["line"], p["place"], p["level"]) for p in document["problems"]] == [
        (1, "line 1", "notice"),
        (2, "line 2, column phone_config.phone_type", "error"),
    ]
    assert "First Name as first_name" in document["problems"][0]["text"]


def test_annotations_are_those_of_github(cli: Runner, folder: Path) -> None:
    """Its characters for the end of a command, of a property and of a line are escaped."""
    (folder / "50%, a:b.csv").write_text("username\n\x01mary\n")

    ran = cli("roster", "check", "--github", "teams/50%, a:b.csv")

    assert ran.out.splitlines()[0] == (
        "::error file=teams/50%25%2C a%3Ab.csv,line=2::"
        "the username holds the invisible character U+0001. Remove it."
    )


def test_rules_of_an_identity_type_are_checked_where_it_is_given(cli: Runner, folder: Path) -> None:
    (folder / "saml.csv").write_text("username,email\nmary.major,marym@example.com\n")
    command = ("roster", "check", "teams/saml.csv")

    assert cli(*command).code == 0
    ran = cli(*command, "--identity-management-type", "SAML")

    assert ran.code == 2
    assert "teams/saml.csv:2: error: column identity_info.email: user mary.major" in ran.out
    assert "marym@example.com" not in ran.out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04xl/workbook.xml", "is a spreadsheet. Save it as CSV"),
        (b"username\nJos\xe9\n", "is not UTF-8. Save it as UTF-8."),
    ],
)
def test_file_that_cannot_be_read_does_not_end_the_check(
    cli: Runner, folder: Path, content: bytes, said: str
) -> None:
    (folder / "bad.csv").write_bytes(content)

    ran = cli("roster", "check", "teams")

    assert f"teams/bad.csv:1: error: {said}" in ran.out
    assert "teams/west.csv:2: error" in ran.out


def test_folder_without_rosters_and_two_forms_at_once_are_usage_errors(
    cli: Runner, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()

    assert "no roster files" in cli("roster", "check", "empty").err
    assert "exclude each other" in cli("roster", "check", "--json", "--github", "empty").err
