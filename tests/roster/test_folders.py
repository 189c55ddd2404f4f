"""Folders of rosters: one file for each team, read together."""

from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.core.errors import InvalidRoster
from pulumi_connect_users.roster.files import read_roster
from tests.support.files import write_files

FILES = {
    "west.yaml": "users:\n  mary.major:\n    tags: {Site: SEA1}\n  li.juan: {}\n",
    "emea/paris.csv": "username,team\nana.carolina,blue\n",
    "east.json": '{"users": {"nikki.wolf": {}}}',
}


@pytest.fixture
def teams(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the rosters of three teams, by its relative path."""
    write_files(tmp_path / "teams", FILES)
    monkeypatch.chdir(tmp_path)
    return Path("teams")


def _refused(folder: Path, **given: Any) -> list[str]:
    with pytest.raises(InvalidRoster) as raised:
        read_roster(folder, **given)
    return str(raised.value).splitlines()


def test_files_of_a_folder_are_read_in_a_stable_order(teams: Path) -> None:
    """By their names, those of folders in their place; the program's values lie under all."""
    users = read_roster(teams, defaults={"adopt": True}, teams={"blue": {"tags": {"Team": "b"}}})

    assert list(users) == ["nikki.wolf", "ana.carolina", "mary.major", "li.juan"]
    assert users["ana.carolina"] == {"adopt": True, "tags": {"Team": "b"}}
    assert users["mary.major"] == {"adopt": True, "tags": {"Site": "SEA1"}}
    assert not users.take_notices()


def test_places_name_the_file_in_its_folder(teams: Path) -> None:
    """And no path of the machine."""
    users = read_roster(teams.absolute(), teams={"blue": {}})

    assert users.place("mary.major") == "teams/west.yaml, line 2"
    assert users.place("mary.major", ("tags", "Site")) == "teams/west.yaml, line 3"
    assert users.place("ana.carolina") == "teams/emea/paris.csv, line 2"
    assert users.place("nobody") is None


def test_user_in_two_files_is_refused_with_both_places(teams: Path) -> None:
    (teams / "emea" / "paris.csv").write_text("username\nmary.major\nMary.Major\n")

    assert _refused(teams) == [
        "reading roster teams: 1 mistake:",
        "  teams/west.yaml, line 2: user mary.major: is already in teams/emea/paris.csv, line 2.",
    ]


def test_mistakes_of_all_files_are_reported_at_once(teams: Path) -> None:
    """Also of files that cannot be read; those of the program once."""
    (teams / "emea" / "paris.csv").write_bytes(b"username\nJos\xe9\n")
    (teams / "north.xlsx").write_bytes(b"PK\x03\x04xl/workbook.xml")
    (teams / "south.numbers").write_bytes(b"")
    (teams / "west.yaml").write_text("users: {mary.major: {frst: x}}\nteam: {}\n")

    lines = _refused(teams, defaults={"rooting": {}})

    assert lines[0] == "reading roster teams: 6 mistakes:"
    for line, start in zip(
        lines[1:],
        (
            "teams, in the program: defaults=: rooting: unknown argument.",
            "teams/emea/paris.csv: is not UTF-8. Save it as UTF-8.",
            "teams/north.xlsx: is a spreadsheet. Save it as CSV (UTF-8).",
            "teams/south.numbers: a roster is a .yaml, .yml, .json, .csv or .tsv file.",
            "teams/west.yaml, line 1: user mary.major: frst: unknown argument.",
            "teams/west.yaml, line 2: team: unknown key.",
        ),
        strict=True,
    ):
        assert line.startswith(f"  {start}"), line


def test_files_that_are_no_rosters_are_named(teams: Path) -> None:
    """Those that nobody takes for a roster in a notice, the others in a warning."""
    others = ("README.md", "CODEOWNERS", "emea/readme", "roster.schema.json", "LICENSE")
    write_files(teams, dict.fromkeys((*others, ".hidden.yaml", ".git/config.yaml"), "["))
    write_files(teams, dict.fromkeys(("west.yaml.bak", "emea/lyon.txt"), "["))

    notice, warning = read_roster(teams, teams={"blue": {}}).take_notices()

    assert (notice.level, warning.level) == ("notice", "warning")
    assert str(notice) == (
        "teams: not read: CODEOWNERS, LICENSE, README.md, emea/readme, roster.schema.json."
    )
    assert str(warning) == (
        "teams: not read: emea/lyon.txt, west.yaml.bak. "
        "A roster is a .yaml, .yml, .json, .csv or .tsv file."
    )


def test_link_to_a_folder_is_not_followed(teams: Path) -> None:
    """It may lead back; a link to a file is read."""
    (teams / "again").symlink_to(teams.absolute())
    (teams / "north.yaml").symlink_to((teams / "west.yaml").absolute())
    (teams / "west.yaml").rename(teams.parent / "west.yaml")
    (teams / "north.yaml").unlink()
    (teams / "north.yaml").symlink_to((teams.parent / "west.yaml").absolute())

    users = read_roster(teams, teams={"blue": {}})

    assert users.place("mary.major") == "teams/north.yaml, line 2"
    assert ["not read: again." in str(notice) for notice in users.take_notices()] == [True]


@pytest.mark.parametrize("files", [{}, {"README.md": ""}, {".west.yaml": "users: {}"}])
def test_folder_without_rosters_is_refused(tmp_path: Path, files: dict[str, str]) -> None:
    """Its users would all be deleted."""
    write_files(tmp_path / "teams", files)
    (tmp_path / "teams").mkdir(exist_ok=True)

    with pytest.raises(InvalidRoster, match=r"the folder has no roster files\. Check the path\."):
        read_roster(tmp_path / "teams")
