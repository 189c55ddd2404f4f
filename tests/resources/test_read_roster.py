"""The function readRoster, as every front end calls it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.core.errors import ConnectUsersError
from tests.support.files import write_files
from tests.support.foreign_front_end import call, foreign_run

_ROSTER = """\
defaults: {routing_profile: Basic Routing Profile, phone_config: {phone_type: SOFT_PHONE}}
users:
  mary.major: {team: west, identity_info: {first_name: Mary, last_name: Major}}
  nikki.wolf: {security_profiles: [Agent, Admin]}
"""


def test_roster_file_becomes_texts(tmp_path: Path) -> None:
    """Each user over its team's and the program's values, which have wire names."""
    path = tmp_path / "west.yaml"
    path.write_text(_ROSTER)

    result = call(
        foreign_run({}),
        "readRoster",
        path=str(path),
        defaults={"securityProfiles": ["Agent"], "phoneConfig": {"autoAccept": True}},
        teams={"west": {"hierarchyGroup": "AMER/West", "tags": {"costCenter": "42"}}},
    )

    users = {name: json.loads(text) for name, text in result["users"].items()}
    phone = {"phoneType": "SOFT_PHONE", "autoAccept": True}
    assert users["mary.major"] == {
        "identityInfo": {"firstName": "Mary", "lastName": "Major"},
        "routingProfile": "Basic Routing Profile",
        "phoneConfig": phone,
        "securityProfiles": ["Agent"],
        "hierarchyGroup": "AMER/West",
        "tags": {"costCenter": "42"},
    }
    assert users["nikki.wolf"]["securityProfiles"] == ["Agent", "Admin"]
    assert result["users"]["mary.major"] == json.dumps(
        users["mary.major"], sort_keys=True, separators=(",", ":")
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"path": "none.yaml"}, "reading roster none.yaml: No such file or directory."),
        ({}, "reading roster: path: is missing."),
        ({"path": "a.yaml", "team": {}}, "reading roster: team: unknown argument."),
    ],
)
def test_roster_that_cannot_be_read_is_an_error(arguments: dict[str, Any], message: str) -> None:
    """With what it is about."""
    with pytest.raises(ConnectUsersError, match=re.escape(message)):
        call(foreign_run({}), "readRoster", **arguments)


def test_mistakes_in_a_roster_file_have_their_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And unknown settings of the program are among them."""
    monkeypatch.chdir(tmp_path)
    Path("west.yaml").write_text(_ROSTER)

    with pytest.raises(ConnectUsersError) as raised:
        call(foreign_run({}), "readRoster", path="west.yaml", defaults={"routingProfil": "x"})

    lines = str(raised.value).splitlines()
    assert lines[0] == "reading roster west.yaml: 2 mistakes:"
    assert any("routingProfil: unknown argument" in line for line in lines)
    assert any("line 3" in line and "unknown team" in line for line in lines)


def test_folder_of_rosters_is_read_within_its_limits(tmp_path: Path) -> None:
    """In every language alike."""
    write_files(tmp_path / "teams", {"west.yaml": _ROSTER, "east.csv": "username\nli.juan\n"})
    given = {"path": str(tmp_path / "teams"), "teams": {"west": {}}}

    assert list(call(foreign_run({}), "readRoster", **given)["users"]) == [
        "li.juan",
        "mary.major",
        "nikki.wolf",
    ]
    limits = "may: {east.csv: {}, west.yaml: {security_profiles: [Agent]}}"
    write_files(tmp_path / "teams", {"roster-limits.yaml": limits, "README.md": ""})
    with pytest.raises(ConnectUsersError, match=r"teams/west\.yaml, line 4: user nikki.wolf: .*Ad"):
        call(foreign_run({}), "readRoster", **given)


def test_guesses_about_a_roster_file_are_reported(tmp_path: Path) -> None:
    """Column names that are not the documented ones."""
    (tmp_path / "west.csv").write_text("User Name;team\nmary.major;\n")

    said: list[str] = []
    result = call(foreign_run({}, said), "readRoster", path=str(tmp_path / "west.csv"))

    assert list(result["users"]) == ["mary.major"]
    assert "west.csv, line 1: columns are separated by semicolons." in said
    assert "west.csv, line 1: columns were read: User Name as username." in said
