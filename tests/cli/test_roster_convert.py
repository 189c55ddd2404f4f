"""`connect-users roster convert`: from form to form, and what is said about it."""

import os
from pathlib import Path

import pytest

from pulumi_connect_users.roster.files import read_roster
from tests.support.command_line import Runner

CONSOLE = (
    "first name,last name,email address,password,user login,routing profile name,"
    "security_profile_name_1|security_profile_name_2,phone type (soft/desk),phone number,"
    "soft phone auto accept (yes/no),ACW timeout (seconds),UserHierarchy\n"
)
ROWS = (
    "Mary,Major,marym@example.com,{0},mary.major,Basic Routing Profile,"
    "Agent|QualityAnalyst,soft,,yes,30,AMER/West\n"
    "Li,Juan,li.juan@example.com,{0},li.juan,Basic Routing Profile,"
    "Agent,desk,+15555550100,no,0,\n"
)
WEST = """\
defaults: {routing_profile: Night, adopt: true}
users:
  mary: {identity_info: {first_name: =HYPERLINK("x")}, tags: {Site: SEA1}}
  li: {auto_accept_configs: [{channel: CHAT, auto_accept: true}]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file of the console, and a roster."""
    (tmp_path / "users.csv").write_text(CONSOLE + ROWS.format("Corr3ctHorse"))
    (tmp_path / "west.yaml").write_text(WEST)
    return tmp_path


def test_file_of_the_console_becomes_a_roster_and_a_file_of_the_console(
    cli: Runner, folder: Path
) -> None:
    """Equal to the letter, but for the passwords, which are nowhere."""
    for source, target, *more in (
        ("users.csv", "users.yaml"),
        ("users.yaml", "users.json"),
        ("users.json", "west.csv"),
        ("west.csv", "upload.csv", "--to", "console"),
    ):
        ran = cli("roster", "convert", source, target, *more)
        assert (ran.code, ran.out) == (0, "")
        assert "2 users written." in ran.err
        assert "Corr3ctHorse" not in (folder / target).read_text() + ran.err
        assert "left out" not in ran.err

        passwords = "the password column is empty, as passwords are in no roster" in ran.err
        assert passwords == (target == "upload.csv")
    assert (folder / "upload.csv").read_text() == CONSOLE + ROWS.format("")


def test_template_gives_the_columns(cli: Runner, folder: Path) -> None:
    """Whatever the console of an instance offers today."""
    (folder / "template.csv").write_text("user login,routing profile name,tags\n,,\n")
    ran = cli(
        "roster", "convert", "west.yaml", "-", "--to", "console", "--template", "template.csv"
    )

    assert ran.out == "user login,routing profile name,tags\nmary,Night,Site=SEA1\nli,Night,\n"
    assert "adopt (2 users: mary, li)" in ran.err
    assert "auto_accept_configs (1 user: li)" in ran.err


def test_user_that_the_console_cannot_have_is_missing_as_a_whole(cli: Runner, folder: Path) -> None:
    """What a spreadsheet would run is in no file for others: they would read the apostrophe."""
    (folder / "odd.yaml").write_text("users: {-x: {}, mary: {}}\n")
    ran = cli("roster", "convert", "odd.yaml", "upload.csv", "--to", "console")

    assert "1 user written." in ran.err
    assert "username (1 user: -x)" in ran.err
    assert "missing as a whole where their username is left out" in ran.err


def test_formula_in_a_table_is_text_and_comes_back(cli: Runner, folder: Path) -> None:
    cli("roster", "convert", "west.yaml", "west.csv")

    assert '"\'=HYPERLINK(""x"")"' in (folder / "west.csv").read_text()
    mary = read_roster(folder / "west.csv")["mary"]
    assert mary["identityInfo"] == {"firstName": '=HYPERLINK("x")'}


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_existing_file_is_overwritten_only_with_force(cli: Runner, folder: Path) -> None:
    (folder / "out.json").write_text("mine")

    refused = cli("roster", "convert", "west.yaml", "out.json")
    assert refused.code == 2
    assert "writing a roster, out.json: it exists. Give --force to overwrite it." in refused.err
    assert (folder / "out.json").read_text() == "mine"

    assert cli("roster", "convert", "west.yaml", "out.json", "--force").code == 0
    assert cli("roster", "convert", "west.yaml", "new.json").code == 0
    assert (folder / "new.json").read_text() == (folder / "out.json").read_text()
    assert (folder / "new.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["west.yaml", "west.xlsx"], "the form of west.xlsx is not clear. Give --to."),
        (["west.yaml", "-"], "the form of - is not clear. Give --to."),
        (["west.yaml", "x.csv", "--template", "users.csv"], "for the console's CSV only"),
        (
            ["west.yaml", "x.csv", "--to", "console", "--template", "bad.csv"],
            "reading a template, bad.csv: unknown columns: shoe size.",
        ),
        (["bad.csv", "x.yaml"], "bad.csv, line 1: the column username is missing."),
        (["west.xlsx", "x.yaml"], "is a spreadsheet. Save it as CSV"),
    ],
)
def test_what_cannot_be_converted_is_refused_and_nothing_written(
    cli: Runner, folder: Path, words: list[str], said: str
) -> None:
    (folder / "bad.csv").write_text("shoe size\n42\n")
    (folder / "west.xlsx").write_bytes(b"PK\x03\x04xl/workbook.xml")
    before = {file.name for file in folder.iterdir()}

    ran = cli("roster", "convert", *words)

    assert ran.code == 2
    assert said in " ".join(ran.err.split())
    assert {file.name for file in folder.iterdir()} == before


def test_files_of_a_folder_become_one(cli: Runner, folder: Path) -> None:
    """Each user over its own file's defaults, in its team; what is not a roster is named."""
    teams = folder / "teams"
    teams.mkdir()
    (teams / "README.md").write_text("Ours.\n")
    (teams / "west.yaml").write_text(
        "defaults: {routing_profile: Night}\nteams: {a: {tags: {Site: SEA1}}}\n"
        "users: {mary: {team: a}, li: {}}\n"
    )
    (teams / "east.csv").write_text("username,routing_profile,team\nzoe,Day,b\n")

    for other in ("users.csv", "west.yaml"):
        (folder / other).unlink()
    shown = cli("roster", "convert", ".", "-", "--to", "csv")
    ran = cli("roster", "convert", "teams", "all.yaml")

    assert "mary" in shown.out
    assert (ran.code, ran.out) == (0, "")
    assert "3 users written." in ran.err
    assert "not read: README.md." in ran.err
    whole = read_roster(folder / "all.yaml", teams={"b": {}})
    before = read_roster(teams, teams={"b": {}})
    assert {name: {**user} for name, user in whole.items()} == {**before}


_MAY = "may: {security_profiles: [Agent]}\n"


@pytest.mark.parametrize(
    ("other", "target", "said"),
    [
        ("users: {zoe: {team: a}}\n", "all.yaml", "its teams a are in some of its files, and"),
        (_MAY + "users: {zoe: {}}\n", "all.yaml", "its files have limits (`may`) of their own"),
        ("users: {mary: {}}\n", "all.yaml", "user mary: is already in teams/"),
        ("users: {zoe: {}}\n", "teams/all.yaml", "it is in the folder that is read"),
    ],
)
def test_folder_that_is_not_one_roster_is_refused(
    cli: Runner, folder: Path, other: str, target: str, said: str
) -> None:
    """And nothing is written."""
    (folder / "teams").mkdir()
    west = "teams: {a: {tags: {Site: SEA1}}}\nusers: {mary: {team: a}}\n"
    (folder / "teams" / "west.yaml").write_text(west)
    (folder / "teams" / "other.yaml").write_text(other)

    ran = cli("roster", "convert", "teams", target)

    assert ran.code == 2
    assert said in " ".join(ran.err.split())
    assert not (folder / target).exists()


def test_all_mistakes_of_a_file_are_reported(cli: Runner, folder: Path) -> None:
    (folder / "bad.yaml").write_text("users:\n  mary: {frst: 1}\n  li: {adopt: 7}\n")

    ran = cli("roster", "convert", "bad.yaml", "bad.csv")

    assert ran.code == 2
    assert "bad.yaml, line 2: user mary: frst: unknown argument" in ran.err
    assert "bad.yaml, line 3: user li: adopt: " in ran.err
    assert "2 mistakes; nothing was written. Fix them." in ran.err
