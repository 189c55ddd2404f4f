"""`connect-users roster import`: what is shown, what is written, and what stops it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.command_line import Ran, Runner
from tests.support.identity_center import STORE, IdentityCenter, identity_center

MAPPING = "groups:\n  West: { team: west }\n  East: { team: east }\n"
ROSTER = """\
# Ours
teams: { west: {}, east: {} }
users:
  ana.silva: { team: west, identity_info: { first_name: Ana, last_name: Silva } }
  li.juan: { team: west, identity_info: { first_name: Li, last_name: Juan } }
"""
PEOPLE = """\
login,firstName,lastName,groups,status
ana.silva,Ana,Silveira,East,ACTIVE
new.one,New,One,West,ACTIVE
"""
SHOWN = """\
joins   new.one: team west
moves   ana.silva: team to east; identity_info.last_name to ...
leaves  li.juan: is not in the directory
"""


class Company:
    """A folder with a roster, a mapping, and a list of users."""

    def __init__(self, cli: Runner, folder: Path) -> None:
        self._cli = cli
        self.roster = folder / "roster.yaml"
        self.roster.write_text(ROSTER)
        self.people = folder / "people.csv"
        self.people.write_text(PEOPLE)
        (folder / "mapping.yaml").write_text(MAPPING)

    def run(self, *options: str) -> Ran:
        """Imports the list."""
        words = ("--mapping", "mapping.yaml", *options, "roster.yaml")
        return self._cli("roster", "import", "csv", "people.csv", *words)


@pytest.fixture
def company(cli: Runner, tmp_path: Path) -> Company:
    return Company(cli, tmp_path)


def test_change_is_shown_and_written(company: Company) -> None:
    ran = company.run("--max-leavers", "1")

    assert (ran.code, ran.out) == (0, SHOWN)
    assert "Silveira" not in ran.out + ran.err
    assert "1 joiner, 1 mover, 1 leaver of 2 managed users: roster.yaml was changed." in ran.err
    assert company.roster.read_text() == (
        "# Ours\nteams: { west: {}, east: {} }\nusers:\n"
        "  ana.silva: { team: east, identity_info: { first_name: Ana, last_name: Silveira } }\n"
        "  new.one:\n    team: west\n    identity_info: { first_name: New, last_name: One }\n"
    )
    assert company.run("--check").code == 0


@pytest.mark.parametrize(("option", "code"), [("--dry-run", 0), ("--check", 3)])
def test_change_can_be_shown_without_being_written(
    company: Company, option: str, code: int
) -> None:
    ran = company.run("--max-leavers", "50%", option)

    assert (ran.code, ran.out) == (code, SHOWN)
    assert "was not changed" in ran.err
    assert company.roster.read_text() == ROSTER


def test_too_many_leavers_stop_the_import(company: Company) -> None:
    company.people.write_text("login,groups,status\n")

    ran = company.run()

    assert ran.code == 3
    assert "2 leavers: more leave than --max-leavers 10% allows (1 of 2 managed users)" in ran.err
    assert "Nothing was written" in ran.err
    assert company.roster.read_text() == ROSTER


def test_json_has_usernames_and_no_personal_data(company: Company) -> None:
    ran = company.run("--json", "--dry-run")

    assert json.loads(ran.out) == {
        "version": 1,
        "roster": "roster.yaml",
        "written": False,
        "managed": 2,
        "joiners": [{"username": "new.one", "team": "west"}],
        "movers": [
            {
                "username": "ana.silva",
                "changes": {"team": "east", "identity_info.last_name": "..."},
            }
        ],
        "leavers": [{"username": "li.juan", "reason": "is not in the directory"}],
        "leftAlone": [],
    }


def test_mistakes_of_roster_and_people_are_reported_together(company: Company) -> None:
    company.roster.write_text(f"{ROSTER}  li.juan: {{}}\nuser: {{}}\n")
    company.people.write_text(f"{PEOPLE}zoe.old,Zoe,Old,West|East,ACTIVE\n")
    before = company.roster.read_bytes()

    ran = company.run()

    assert ran.code == 2
    for start in (
        "roster.yaml:6: li.juan: is already on line 5.",
        "roster.yaml:7: user: unknown key.",
        "people.csv:4: zoe.old: its groups give several values of team (West west, East east).",
    ):
        assert [line for line in ran.err.splitlines() if line.startswith(start)], ran.err
    assert "3 mistakes. Fix them, then run again; nothing was written." in ran.err
    assert company.roster.read_bytes() == before


def test_files_own_form_is_kept(company: Company) -> None:
    """A byte-order mark, the breaks of lines, the mode; a link stays one."""
    real = company.roster.with_name("real.yaml")
    real.write_bytes(b"\xef\xbb\xbf" + ROSTER.replace("\n", "\r\n").encode())
    real.chmod(0o640)
    company.roster.unlink()
    company.roster.symlink_to(real)

    assert company.run("--max-leavers", "1").code == 0

    text = real.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf# Ours\r\n")
    assert text.count(b"\r\n") == text.count(b"\n") == 7
    assert real.stat().st_mode & 0o777 == 0o640
    assert company.roster.is_symlink()
    assert not [file for file in real.parent.iterdir() if file.name.startswith(".")]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--max-leavers", "few"), "few is not a number of users (10) or a percentage (5%)"),
        (("--mapping", "missing.yaml"), "missing.yaml"),
    ],
)
def test_wrong_calls_are_refused(company: Company, options: tuple[str, ...], words: str) -> None:
    ran = company.run(*options)

    assert ran.code == 2
    assert words in ran.err


def test_unsafe_change_leaves_the_file_as_it_is(company: Company) -> None:
    text = ROSTER.replace("ana.silva: {", "ana.silva: &a {") + "  twin: *a\n"
    company.roster.write_text(text)

    ran = company.run("--max-leavers", "50%")

    assert ran.code == 2
    assert "changing roster roster.yaml: line 4: its value is an alias, or has one." in ran.err
    assert company.roster.read_text() == text


@pytest.fixture
def center(monkeypatch: pytest.MonkeyPatch, company: Company) -> Iterator[IdentityCenter]:
    with identity_center() as made:
        for name, value in made.environment.items():
            monkeypatch.setenv(name, value)
        yield made


def _import(cli: Runner, *options: str) -> Ran:
    words = ("--identity-store-id", STORE, "--mapping", "mapping.yaml", *options)
    return cli("roster", "import", "identity-center", *words, "roster.yaml")


def test_groups_of_identity_center_are_imported(
    cli: Runner, company: Company, center: IdentityCenter
) -> None:
    """With --group, only its team's users are managed."""
    center.add_group("West")
    missing = _import(cli)
    center.add_group("East")
    center.add("ana.silva", "West")
    center.add("li.juan", "East")
    center.add("new.one", "East")

    limited = _import(cli, "--group", "West", "--dry-run")
    whole = _import(cli)

    assert missing.code == 2
    assert "group East: Identity Center has none of this name. Correct the mapping." in missing.err
    assert limited.out == "moves   li.juan: team to east\n"
    assert whole.out == "joins   new.one: team east\nmoves   li.juan: team to east\n"
    assert company.roster.read_text().startswith(
        ROSTER.replace("juan: { team: west", "juan: { team: east")
    )
