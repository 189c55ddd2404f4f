"""Roster files: what they say, and every mistake at once with its line and without a value."""

from pathlib import Path

import pytest

from pulumi_connect_users.core.errors import InvalidRoster
from pulumi_connect_users.roster.files import read_roster

YAML = """\
defaults:
  routing_profile: Basic Routing Profile
  security_profiles: [Agent]
  tags: {Cost_Center: "42"}
teams:
  west:
    hierarchy_group: AMER/West
    phone_config: {phone_type: SOFT_PHONE, auto_accept: true}
users:
  mary.major:
    team: west
    identity_info: {first_name: Mary, last_name: Major}
    phone_config: {after_contact_work_time_limit: 60}
    proficiencies:
      - {attribute_name: language, attribute_value: Spanish, level: 4}
  li.juan:
    routing_profile_id: 6bf4ed63-a18d-5a64-905b-b77d51ee3910
    tags: {Site: "1"}
"""
CSV = """\
username,team,first_name,last_name,phone_type,auto_accept,security_profiles,tags.Site,proficiencies
mary.major,west,Mary,Major,SOFT_PHONE,true,Agent|QualityAnalyst,1,language:Spanish=4
li.juan,,Li,Juan,,,Agent,,

"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with both files."""
    (tmp_path / "west.yaml").write_text(YAML)
    (tmp_path / "west.csv").write_text("\ufeff" + CSV)
    return tmp_path


def mistakes(folder: Path, text: str, name: str = "bad.yaml") -> str:
    """What reading a file with mistakes says."""
    (folder / name).write_text(text)
    with pytest.raises(InvalidRoster) as raised:
        read_roster(folder / name)
    return str(raised.value)


def test_yaml_roster_lays_user_over_team_over_defaults(folder: Path) -> None:
    """Members and tags are laid over each other; an id displaces the default's name."""
    users = read_roster(folder / "west.yaml")
    assert dict(users["mary.major"]) == {
        "routingProfile": "Basic Routing Profile",
        "securityProfiles": ["Agent"],
        "tags": {"Cost_Center": "42"},
        "hierarchyGroup": "AMER/West",
        "phoneConfig": {
            "phoneType": "SOFT_PHONE",
            "autoAccept": True,
            "afterContactWorkTimeLimit": 60,
        },
        "identityInfo": {"firstName": "Mary", "lastName": "Major"},
        "proficiencies": [{"attributeName": "language", "attributeValue": "Spanish", "level": 4}],
    }
    assert dict(users["li.juan"]) == {
        "securityProfiles": ["Agent"],
        "tags": {"Cost_Center": "42", "Site": "1"},
        "routingProfileId": "6bf4ed63-a18d-5a64-905b-b77d51ee3910",
    }


def test_csv_roster_reads_members_lists_tags_and_proficiencies(folder: Path) -> None:
    """Short names, `|`, `tags.KEY` and `name:value=level`; empty cells say nothing."""
    teams = {"west": {"hierarchy_group": "AMER/West"}}
    users = read_roster(folder / "west.csv", teams=teams)
    assert dict(users["mary.major"]) == {
        "hierarchyGroup": "AMER/West",
        "identityInfo": {"firstName": "Mary", "lastName": "Major"},
        "phoneConfig": {"phoneType": "SOFT_PHONE", "autoAccept": True},
        "securityProfiles": ["Agent", "QualityAnalyst"],
        "tags": {"Site": "1"},
        "proficiencies": [{"attributeName": "language", "attributeValue": "Spanish", "level": 4}],
    }
    assert dict(users["li.juan"]) == {
        "identityInfo": {"firstName": "Li", "lastName": "Juan"},
        "securityProfiles": ["Agent"],
    }


def test_every_mistake_in_yaml_is_told_with_its_line(folder: Path) -> None:
    """Types, ranges, unknown names and teams, passwords, doubles: one line each, no values."""
    said = mistakes(
        folder,
        """\
users:
  mary.major:
    team: east
    password: Corr3ctHorse
    first_name: Mary
    phone_config:
      after_contact_work_time_limit: 3000000
    identity_info:
      mobile: 555-0100
  li.juan:
    security_profile: [Agent]
  li.juan: {}
user: {}
""",
    )
    lines = said.splitlines()[1:]
    assert "8 mistakes" in said.splitlines()[0]
    for place, words in (
        ("line 3", "user mary.major: unknown team"),
        ("line 4", "password: not allowed in a roster"),
        ("line 5", "first_name: unknown argument"),
        ("line 7", "phone_config.after_contact_work_time_limit: must be at most 2000000"),
        ("line 9", "identity_info.mobile"),
        ("line 11", "Did you mean security_profiles?"),
        ("line 12", "li.juan: is already on line 10"),
        ("line 13", "user: unknown key. Known: defaults, teams, users, may."),
    ):
        assert [line for line in lines if f"{place}:" in line and words in line], (place, said)
    assert "Corr3ctHorse" not in said
    assert "555-0100" not in said


def test_every_mistake_in_csv_is_told_with_line_and_column(folder: Path) -> None:
    said = mistakes(
        folder,
        "username,password,email,mobile,proficiencies\n"
        "mary.major,Corr3ctHorse,marym@example.com,12,Spanish\n"
        ",,,,\n"
        "mary.major,,,,\n"
        ",x,,,\n"
        "li.juan,,,,,,\n",
        "bad.csv",
    )
    for words in (
        "line 2, column password: not read. Give UserRoster passwords={username: secret}",
        "line 2, column identity_info.mobile: user mary.major: identity_info.mobile: must be an",
        "line 2, column proficiencies: must be name:value=level",
        "line 4: user mary.major: is already on line 2",
        "line 5: the username is empty",
        "line 6: has 7 cells, the header has 5",
    ):
        assert words in said, said
    assert "Corr3ctHorse" not in said


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("bad.yaml", "users: [", "is not YAML"),
        ("bad.yaml", "- 1", "must be a map. Known keys: defaults"),
        ("bad.yaml", "users: 1", "users: must be a map"),
        ("bad.csv", "first_name\nMary\n", "the column username is missing"),
        ("bad.csv", "username,email,email\n", "the column email appears twice"),
        ("bad.txt", "", "is a .yaml, .yml, .json, .csv or .tsv file"),
    ],
)
def test_file_of_another_form_is_refused_with_its_reason(
    folder: Path, name: str, text: str, words: str
) -> None:
    assert words in mistakes(folder, text, name)


def test_absent_and_misencoded_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidRoster, match="No such file"):
        read_roster(tmp_path / "none.yaml")
    (tmp_path / "latin.csv").write_bytes("username\nJosé".encode("latin-1"))
    with pytest.raises(InvalidRoster, match="is not UTF-8"):
        read_roster(tmp_path / "latin.csv")


def test_text_that_yaml_takes_for_something_else_is_to_be_quoted(folder: Path) -> None:
    """A name No and a cost centre 0042 are no boolean and no number to who wrote them."""
    text = "users:\n  mary: {identity_info: {first_name: No}, tags: {Cost_Center: 0042}}\n"

    said = mistakes(folder, text)

    assert said.count("must be a valid string. Put it in quotes.") == 2


def test_team_is_the_one_that_is_spelled_so(folder: Path) -> None:
    """010 is not 8, and no is not false: a team's name is read as its key is."""
    teams = "teams:\n  8: {tags: {Team: eight}}\n  010: {tags: {Team: ten}}\n  no: {}\n"
    users = "users:\n  mary: {team: 010}\n  li: {team: no}\n  ana: {team: }\n"
    (folder / "teams.yaml").write_text(teams + users)

    read = read_roster(folder / "teams.yaml")

    assert dict(read["mary"]) == {"tags": {"Team": "ten"}}
    assert dict(read["li"]) == dict(read["ana"]) == {}


def test_word_of_a_few_is_told_as_it_is_spelled(folder: Path) -> None:
    """`on_delete` is written small, `phone_type` in capitals."""
    said = mistakes(folder, "users:\n  mary: {on_delete: Wait}\n")

    assert "must be 'refuse', 'wait', 'force' or 'suspend'. Use one of these" in said
