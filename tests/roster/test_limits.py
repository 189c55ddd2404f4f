"""`may` in a roster and `roster-limits.yaml` above it: what the users of a file can have."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from pulumi_connect_users.core.errors import InvalidRoster
from pulumi_connect_users.roster.files import read_roster
from pulumi_connect_users.roster.files.schema import schema
from tests.support.files import write_files

ID = "6bf4ed63-a18d-5a64-905b-b77d51ee3910"
ARN = f"arn:aws:connect:eu-west-2:123456789012:instance/{ID}/security-profile/{ID}"
MAY = "may: {security_profiles: [Agent, Lead], hierarchy_groups: [AMER/West]}\n"


def _users(text: str) -> str:
    return f"users:\n  mary.major: {{{text}}}\n"


def _refused(path: Path, **given: Any) -> str:
    with pytest.raises(InvalidRoster) as raised:
        read_roster(path, **given)
    return str(raised.value)


@pytest.mark.parametrize(
    ("may", "user"),
    [
        ("{security_profiles: [Agent]}", "security_profiles: [Agent]"),
        ("{security_profiles: [Agent]}", "security_profiles: [' Agent ']"),
        ("{security_profiles: [Agent]}", "routing_profile: Any"),
        ("{security_profiles: [Agent]}", ""),
        ("{hierarchy_groups: [AMER/West]}", "hierarchy_group: AMER/West"),
        ("{hierarchy_groups: [AMER/West/]}", "hierarchy_group: /AMER/West/Team 1"),
        (f"{{security_profile_ids: [{ID}]}}", f"security_profile_ids: ['{ID}']"),
        (f"{{security_profile_ids: [{ID}]}}", f"security_profile_ids: ['{ARN}']"),
        (f"{{routing_profile_ids: ['{ID}:{ID}']}}", f"routing_profile_id: {ID}"),
        (
            f"{{security_profiles: [Agent], security_profile_ids: [{ID}]}}",
            f"security_profile_ids: [{ID}]",
        ),
        ("{}", "security_profiles: [Admin], adopt: true"),
        ("{adopt: true}", "adopt: true"),
        ("{adopt: false}", "adopt: false"),
        ("{routing_profiles: []}", "security_profiles: [Admin]"),
    ],
)
def test_what_is_within_the_limits_is_read(tmp_path: Path, may: str, user: str) -> None:
    """What a `may` leaves out is not limited."""
    text = f"may: {may}\n{_users(user)}"
    write_files(tmp_path, {"west.yaml": text})

    assert list(read_roster(tmp_path / "west.yaml")) == ["mary.major"]
    jsonschema.validate(yaml.safe_load(text), schema())


@pytest.mark.parametrize(
    ("may", "user", "said"),
    [
        (
            "{security_profiles: [Agent, Lead]}",
            "security_profiles: [Agent, Admin]",
            'security_profiles: "Admin" is outside may (west.yaml, line 1). Allowed: Agent, Lead.',
        ),
        ("{security_profiles: [Agent]}", "security_profiles: [agent]", '"agent" is outside'),
        ("{security_profiles: [Agent*]}", "security_profiles: [Agents]", '"Agents" is outside'),
        ("{security_profiles: []}", "security_profiles: [Agent]", "Allowed: none."),
        ("{routing_profiles: [Basic]}", "routing_profile: Other", 'routing_profile: "Other" is'),
        ("{hierarchy_groups: [AMER/West]}", "hierarchy_group: AMER", '"AMER" is outside'),
        ("{hierarchy_groups: [AMER/West]}", "hierarchy_group: AMER/Western", "is outside"),
        ("{hierarchy_groups: [AMER/West]}", "hierarchy_group: Team 1", "Allowed: AMER/West."),
        (
            "{security_profiles: [Agent]}",
            f"security_profile_ids: ['{ID}']",
            f"security_profile_ids: {ID} is an id that may (west.yaml, line 1) does not list. "
            "Allowed: Agent.",
        ),
        (f"{{hierarchy_group_ids: [{ID}]}}", "hierarchy_group: AMER", f"Allowed: {ID}."),
        (
            f"{{routing_profile_ids: [{ID}]}}",
            "routing_profile_id: other",
            "other is an id that may (west",
        ),
        ("{adopt: false}", "adopt: true", "adopt: not allowed by may (west.yaml, line 1)."),
    ],
)
def test_what_is_outside_the_limits_is_refused(
    tmp_path: Path, may: str, user: str, said: str
) -> None:
    """Names are compared as Connect does: exactly; ids cannot be judged by a name."""
    write_files(tmp_path, {"west.yaml": f"may: {may}\n{_users(user)}"})

    message = _refused(tmp_path / "west.yaml")

    assert "1 mistake:\n  west.yaml, line 3: user mary.major: " in message
    assert said in message


@pytest.mark.parametrize(
    ("may", "said"),
    [
        ("", "may: is empty. Remove it, or write {}."),
        ("[Agent]", "may: must be a map"),
        ("{security_profile: [Agent]}", "unknown key. Did you mean security_profiles?"),
        ("{queues: []}", "may: queues: unknown key. Known: routing_profiles, routing_profile_ids,"),
        ("{security_profiles: Agent}", "may: security_profiles: must be a list of texts;"),
        ("{security_profiles: }", "must be a list of texts"),
        ("{security_profiles: [1]}", "must be a list of texts"),
        ("{security_profiles: ['']}", "must be a list of texts"),
        ("{security_profiles: {Agent: 1}}", "must be a list of texts"),
        ("{adopt: 'no'}", "may: adopt: must be true or false."),
        ("{adopt: }", "may: adopt: must be true or false."),
    ],
)
def test_limits_that_cannot_be_read_are_refused(tmp_path: Path, may: str, said: str) -> None:
    """In a roster and above it; the schema refuses them too."""
    write_files(tmp_path / "a", {"west.yaml": f"may: {may}\n"})
    write_files(tmp_path / "b", {"west.yaml": _users("")})
    write_files(tmp_path / "b", {"roster-limits.yaml": f"may:\n  west.yaml: {may}\n"})

    assert said in _refused(tmp_path / "a" / "west.yaml")
    message = _refused(tmp_path / "b" / "west.yaml")
    assert said.replace("may:", "may west.yaml:") in message
    assert "roster-limits.yaml, line 2: may west.yaml: " in message
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(yaml.safe_load(f"may: {may}"), schema())


def test_values_of_defaults_and_teams_count(tmp_path: Path) -> None:
    """Where they are written; many users of one value are one line."""
    users = "".join(f"  user{number}: {{}}\n" for number in range(9))
    text = f"{MAY}defaults: {{security_profiles: [Admin]}}\nusers:\n{users}  li: {{team: blue}}\n"
    write_files(tmp_path, {"west.yaml": text})

    message = _refused(tmp_path / "west.yaml", teams={"blue": {"hierarchy_group": "EMEA"}})

    assert message.splitlines()[1:] == [
        '  west.yaml, line 2: user user0, user user1, user user2 and 7 more: security_profiles: "A'
        'dmin" is outside may (west.yaml, line 1). Allowed: Agent, Lead.',
        '  west.yaml, line 13: user li: hierarchy_group: "EMEA" is outside may (west.yaml, line 1)'
        ". Allowed: AMER/West.",
    ]


LIMITS = """\
may:
  west.yaml: {security_profiles: [Agent]}
  emea/: {security_profiles: [Agent, Lead]}
  emea/paris.csv: {security_profiles: []}
  "*": {security_profiles: [Basic], adopt: false}
"""
FILES = {
    "roster-limits.yaml": LIMITS,
    "west.yaml": _users("security_profiles: [Admin]"),
    "emea/paris.csv": "username,security_profiles\nli.juan,Agent\n",
    "emea/de/berlin.json": json.dumps({"users": {"ana": {"security_profiles": ["Basic"]}}}),
    "east.csv": "username,security_profiles,adopt\nnikki.wolf,Agent,yes\n",
}


def test_limits_file_holds_for_the_files_below_it(tmp_path: Path) -> None:
    """Of a file, the one that names it most exactly."""
    write_files(tmp_path / "teams", FILES)

    lines = _refused(tmp_path / "teams").splitlines()[1:]

    where = "is outside may (teams/roster-limits.yaml, line"
    assert lines == [
        "  teams/east.csv, line 2, column security_profiles: user nikki.wolf: security_profiles: "
        f'"Agent" {where} 5). Allowed: Basic.',
        "  teams/east.csv, line 2, column adopt: user nikki.wolf: adopt: not allowed by may "
        "(teams/roster-limits.yaml, line 5). Remove it.",
        '  teams/emea/de/berlin.json, line 1: user ana: security_profiles: "Basic" '
        f"{where} 3). Allowed: Agent, Lead.",
        "  teams/emea/paris.csv, line 2, column security_profiles: user li.juan: "
        f'security_profiles: "Agent" {where} 4). Allowed: none.',
        f'  teams/west.yaml, line 2: user mary.major: security_profiles: "Admin" {where} 2). '
        "Allowed: Agent.",
    ]


@pytest.mark.parametrize("path", ["teams/west.yaml", "teams/../teams/west.yaml", "link.yaml"])
def test_limits_file_holds_however_a_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Alone too, from any folder, and from a folder below."""
    write_files(tmp_path / "teams", FILES)
    write_files(tmp_path / "teams" / "emea", {"roster-limits.yaml": 'may: {"*": {adopt: false}}'})
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link.yaml").symlink_to("teams/west.yaml")
    (tmp_path / "roster-limits.yaml").write_text("may: {'*': {security_profiles: []}}")

    assert '"Admin" is outside may (roster-limits.yaml, line ' in _refused(Path(path))
    monkeypatch.chdir(tmp_path / "teams" / "emea")
    message = _refused(Path("paris.csv"))
    assert message.count('"Agent" is outside may (roster-limits.yaml, line ') == 2


def test_file_that_no_limit_names_is_refused(tmp_path: Path) -> None:
    """A team must not escape its limits under another name."""
    write_files(tmp_path / "teams", {**FILES, "roster-limits.yaml": "may:\n  east.csv: {}\n"})
    write_files(tmp_path / "teams", {"west2.yaml": _users("")})
    where = 'is not named in teams/roster-limits.yaml. Name it there, or "*".'

    message = _refused(tmp_path / "teams")

    for name in ("west.yaml", "west2.yaml", "emea/paris.csv", "emea/de/berlin.json"):
        assert f"  teams/{name}: {where}" in message
    assert "is not named in roster-limits.yaml." in _refused(tmp_path / "teams" / "west.yaml")


@pytest.mark.parametrize(
    "name", ["wset.yaml", "West.yaml", "./west.yaml", "emea", "west.yaml/", "../teams/", "/"]
)
def test_limit_of_nothing_is_refused(tmp_path: Path, name: str) -> None:
    """A misspelt name would leave the file to the limits of all others."""
    limits = f"may:\n  {json.dumps(name)}: {{}}\n  '*': {{}}\nmoy: {{}}\n"
    write_files(tmp_path / "teams", {**FILES, "roster-limits.yaml": limits})

    lines = _refused(tmp_path / "teams").splitlines()

    assert lines[0].endswith("2 mistakes:")
    assert "  teams/roster-limits.yaml, line 4: moy: unknown key. Known: may." in lines
    assert f"line 2: may {name}: is not in this folder. Name a file" in lines[1]


def test_limits_of_a_roster_and_above_it_hold_together(tmp_path: Path) -> None:
    own = "may: {security_profiles: [Agent, Admin]}\n" + FILES["west.yaml"]
    write_files(tmp_path, {"west.yaml": own})
    write_files(tmp_path, {"roster-limits.yaml": "may: {'*': {security_profiles: [Agent]}}"})

    assert "1 mistake" in (message := _refused(tmp_path / "west.yaml"))
    assert '"Admin" is outside may (roster-limits.yaml, line 1). Allowed: Agent.' in message


@pytest.mark.parametrize("text", ["", "[", "- may", "may: [west.yaml]", "may:\n"])
def test_broken_limits_file_lets_nothing_pass(tmp_path: Path, text: str) -> None:
    write_files(tmp_path, {"west.yaml": _users(""), "roster-limits.yaml": text})

    assert "1 mistake:\n  roster-limits.yaml, line " in _refused(tmp_path / "west.yaml")
