"""`connect-users roster check`: every mistake of every file, without Pulumi and without Connect."""

import json
import time
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
        ("teams:1: notice: ", "not read: README.md, roster.schema.json."),
        (
            "teams/east.yaml:2:9: error: ",
            "user mary.major, user ana.carolina: tags: has a key that",
        ),
        ("teams/east.yaml:6:22: warning: ", "user mary.major: this team is not in the file."),
        ("teams/east.yaml:7:42: error: ", "user ana.carolina: identity_info.mobile: must be"),
        ("teams/west.csv:1: notice: ", "First Name as first_name, phone_number as desk_phone"),
        ("teams/west.csv:2: error: ", "user mary.major: is already in teams/east.yaml, line 6."),
        ("teams/west.csv:2: error: ", "phone_config.desk_phone_number: is missing"),
    ):
        assert [line for line in lines if line.startswith(start) and words in line], ran.out
    assert len(lines) == 7
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
    assert [
        tuple(p[k] for k in ("line", "column", "place", "level")) for p in document["problems"]
    ] == [
        (1, None, "line 1", "notice"),
        (2, None, "line 2, column phone_config.phone_type", "error"),
    ]
    assert "First Name as first_name" in document["problems"][0]["text"]


@pytest.mark.parametrize("name", ["west.yaml", "west.json"])
def test_yaml_and_json_have_columns_too(cli: Runner, tmp_path: Path, name: str) -> None:
    """From 1, as editors and GitHub count them."""
    (tmp_path / name).write_text('{"users":\n\t{"mary.major": {"adopt": "perhaps"}}}\n')

    text, annotation = (cli("roster", "check", *form, name).out for form in ([], ["--github"]))
    (problem,) = json.loads(cli("roster", "check", "--json", name).out)["problems"]

    assert text.startswith(f"{name}:2:27: error: user mary.major: adopt: must be")
    assert annotation.startswith(f"::error file={name},line=2,col=27::user mary.major")
    assert (problem["line"], problem["column"], problem["place"]) == (2, 27, "line 2")


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("west.yaml", "users:\n  mary: [\n", "west.yaml:3:1: error: it is not YAML"),
        ("west.json", '{"users":\n  x}', "west.json:2:3: error: it is not JSON"),
        ("west.yaml", "users:\n  mary:\n    team: x\n  mary: {}\n", "west.yaml:4:3: error: mary"),
    ],
)
def test_mistakes_in_the_form_have_their_columns(
    cli: Runner, tmp_path: Path, name: str, text: str, place: str
) -> None:
    (tmp_path / name).write_text(text)

    assert cli("roster", "check", name).out.startswith(place)


def test_limits_are_checked_as_far_as_the_files_tell(cli: Runner, folder: Path) -> None:
    """What a team of the program gives can only be judged by the program."""
    (folder / "west.csv").write_text("username,team,adopt\nmary.major,blue,yes\n")
    (folder / "east.yaml").write_text("users: {li.juan: {security_profiles: [Admin]}}")
    limits = 'may:\n  west.csv: {adopt: false}\n  north.csv: {}\n  "*": {security_profiles: []}\n'
    (folder / "roster-limits.yaml").write_text(limits)

    ran = cli("roster", "check", "teams")

    assert ran.code == 2
    assert [line.partition("(")[0] for line in ran.out.splitlines()[1:]] == [
        "teams/roster-limits.yaml:3:3: error: may north.csv: is not in this folder. Name a file ",
        'teams/east.yaml:1:39: error: user li.juan: security_profiles: "Admin" is outside may ',
        "teams/west.csv:2: error: column adopt: user mary.major: adopt: not allowed by may ",
        "teams/west.csv:2: warning: column team: user mary.major: this team is not in the file. "
        "Check that the program has it.",
    ]


def test_usernames_that_differ_only_in_case_are_a_warning(cli: Runner, folder: Path) -> None:
    """They are different users of Connect; in one file or in two."""
    (folder / "west.csv").write_text("username\nMary.Major\nmary.Major\n")
    (folder / "east.yaml").write_text("users:\n  mary.major: {}\n")

    ran = cli("roster", "check", "teams")

    assert ran.code == 0
    for line, name in ((2, "Mary.Major"), (3, "mary.Major")):
        assert (
            f"teams/west.csv:{line}: warning: user {name}: username: differs only in case from "
            "mary.major (teams/east.yaml, line 2); these are different users."
        ) in ran.out


def test_file_that_is_given_twice_is_checked_once(cli: Runner, folder: Path) -> None:
    (folder / "east.yaml").unlink()

    ran = cli("roster", "check", "teams", "teams/west.csv", "teams/../teams/west.csv")

    assert "1 roster file with 2 users" in ran.err
    assert "is already" not in ran.out


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


@pytest.mark.slow  # ten thousand users
def test_ten_thousand_users_are_checked_in_seconds(cli: Runner, tmp_path: Path) -> None:
    """About three, with a mistake in each."""
    header = "username,first_name,last_name,email,routing_profile,security_profiles,tags.Site\n"
    row = "user.{0},First,Last,user{0}@example.com,Basic Routing Profile,Agent,SEA1\n"
    (tmp_path / "west.csv").write_text(header + "".join(map(row.format, range(10_000))))
    (tmp_path / "roster-limits.yaml").write_text("may: {west.csv: {security_profiles: [Lead]}}")
    begun = time.process_time()

    ran = cli("roster", "check", "west.csv")

    assert time.process_time() - begun < 15
    assert "1 roster file with 10,000 users: 10,000 mistakes." in ran.err


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
