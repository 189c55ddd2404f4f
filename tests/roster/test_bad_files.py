"""Roster files as spreadsheets and hasty hands leave them: refused in words, or read as meant."""

from pathlib import Path

import pytest

from pulumi_connect_users.core.errors import InvalidRoster
from pulumi_connect_users.roster.files import RosterUsers, read_roster


def _read(folder: Path, name: str, text: str) -> RosterUsers:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return read_roster(file)


def _mistakes(folder: Path, name: str, text: str) -> list[str]:
    with pytest.raises(InvalidRoster) as raised:
        _read(folder, name, text)
    return str(raised.value).splitlines()[1:]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("username,identity_info,first_name\nm,x,Mary\n", "identity_info and first_name set"),
        (
            "username,first_name,identity_info\nm,Mary,x\n",
            "first_name and identity_info set the same",
        ),
        ("username,tags,tags.Site\nm,x,1\n", "line 1: the columns tags and tags.Site set the"),
        ("username,first_name,identity_info.first_name\nm,a,b\n", "and identity_info.first_name"),
        ("username,first_name,\nmary,Mary,x\n", "line 2: cell 3 is in a column without a name."),
        ('username,team\n"ma\nry",west\nli,east\n', "line 4, column team: user li: unknown team."),
    ],
)
def test_mistake_in_csv_is_told_where_it_stands(tmp_path: Path, text: str, said: str) -> None:
    """No column wins over another in silence, and none ends in a traceback."""
    assert [line for line in _mistakes(tmp_path, "bad.csv", text) if said in line]


def test_mistake_in_a_csv_column_is_told_once(tmp_path: Path) -> None:
    """Thousands of rows must not push the other mistakes out of the message."""
    rows = "".join(f"user{i},Mary\n" for i in range(200))

    column, cells = _mistakes(tmp_path, "bad.csv", f"username,first_nme\n{rows}mary,Mary,x\n")

    assert "line 2, column first_nme: unknown column. Did you mean first_name?" in column
    assert "line 202: has 3 cells, the header has 2" in cells


def test_empty_columns_of_a_spreadsheet_are_passed_over(tmp_path: Path) -> None:
    """Spreadsheets write commas for columns that somebody once touched."""
    users = _read(tmp_path, "west.csv", "username,first_name,,\nmary,Mary,,\n")

    assert dict(users["mary"]) == {"identityInfo": {"firstName": "Mary"}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('users:\n  mary: {tags: {a: "\a"}}\n', "line 2: holds the character U+0007. Remove it."),
        ("users: &all\n  mary: *all\n", "line 2: contains itself."),
        ("users: {mary: {tags: " + "[" * 9_000 + "]" * 9_000 + "}}", "nested too deeply"),
        ("users:\n  ? [marym@example.com]\n  : {}\n", "line 2: a key must be text."),
        ("users:\n  li: &li {adopt: true}\n  mary:\n    <<: *li\n", "line 4: <<: is not supp"),
        ("defaults: {team: west}\nusers: {}\n", "line 1: defaults: team: only a user has one."),
        ("teams: {west: {team: east}}\n", "line 1: team west: team: only a user has one."),
        ("users:\n  '': {}\n", "line 2: the username is empty."),
        ("users:\n  ' mary': {}\n", "line 2: user  mary: has spaces around its name."),
    ],
    ids=lambda text: text[:30],
)
def test_mistake_in_yaml_is_told_where_it_stands(tmp_path: Path, text: str, said: str) -> None:
    """What YAML allows and a roster does not is no traceback, and is not passed over."""
    (found,) = _mistakes(tmp_path, "bad.yaml", text)

    assert said in found
    assert "marym" not in found


def test_file_without_usernames_names_its_columns_once(tmp_path: Path) -> None:
    """Its rows cannot be read, and each would be another mistake."""
    text = "usrname,frst name,last_name,qx,zz\nmary,Mary,Major,1,2\nli,Li,Juan,1,2\n"

    missing, user, first, listed, short = _mistakes(tmp_path, "bad.csv", text)

    assert missing.endswith("line 1: the column username is missing.")
    assert user.endswith("line 1, column usrname: unknown column. Did you mean username?")
    assert first.endswith("column frst name: unknown column. Did you mean first_name?")
    assert "column qx: unknown column. Known: username, team, first_name, last_name, em" in listed
    assert short.endswith("column zz: unknown column.")


def test_team_of_the_program_that_was_not_given_here_is_asked_for(tmp_path: Path) -> None:
    """A CSV holds no teams, and those of `UserRoster` are for users that are written there."""
    (line,) = _mistakes(tmp_path, "bad.csv", "username,team\nmary,west\n")
    assert "unknown team. Known: none; pass the program's teams as read_roster(teams=)" in line
