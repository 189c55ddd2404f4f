"""The first batch that is refused tells what is wrong with its whole roster."""

from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.core.unknowns import UNKNOWN
from pulumi_connect_users.roster.files import RosterUsers, read_roster
from pulumi_connect_users.roster.files.mistakes import Mistakes
from pulumi_connect_users.roster.partition import WHOLE, canonical
from tests.support.batches import check_batch
from tests.support.programs import MANAGED_ARN, SAML_ARN

_HEADER = "username,first_name,last_name,secondary_email,email,routing_profile,security_profiles\n"
_ROWS = {
    "mary.major": ",,Basic Routing Profile,Agent",
    "li.juan": ",,Basic Routing Profil,Agent",
    "nikki.wolf": ",,Basic Routing Profile,Agent|Agnt",
    "zhang.wei": ",zhang@example.com,Basic Routing Profil,Agent",
}


@pytest.fixture
def users(tmp_path: Path) -> RosterUsers:
    """Four users, three of them with a mistake that only Connect can see."""
    file = tmp_path / "west.csv"
    rows = (f"{name},Mary,Major,{rest}\n" for name, rest in _ROWS.items())
    file.write_text(_HEADER + "".join(rows))
    return read_roster(file)


def _batch(users: RosterUsers, *names: str, arn: Any = SAML_ARN) -> dict[str, Any]:
    """The batch that holds these of the users, as a program sends it."""
    mistakes = Mistakes(users)
    whole = mistakes.judge(((n, {**users[n], "ownership": UNKNOWN}) for n in users), None)
    assert not mistakes
    return {
        "instanceArn": arn,
        "users": {name: canonical(users[name]) for name in names},
        "ownership": "o/p/s#" + "0" * 8,
        WHOLE: whole.text(mistakes.places(names)),
    }


def test_refused_batch_names_the_mistakes_of_the_others(
    users: RosterUsers, session: ConnectSession
) -> None:
    """Wrong names and what the instance's identity type excludes: each once, with its users."""
    checked = check_batch(None, _batch(users, "mary.major", "li.juan"), session)

    assert sorted(line.split(". ")[0].split(' "')[0] for line in checked.failures) == [
        "li.juan (west.csv, line 3, column routing_profile), "
        "zhang.wei (west.csv, line 5, column routing_profile): routing_profile:",
        "nikki.wolf (west.csv, line 4, column security_profiles): security_profiles:",
        "zhang.wei (west.csv, line 5, column identity_info.email): identity_info.email: is not "
        "allowed on an instance with SAML identities",
    ]


def test_unknown_profiles_of_grants_are_reported_with_their_users(
    tmp_path: Path, session: ConnectSession
) -> None:
    """Of all batches at once; a grant that is over is not looked up."""
    base = "security_profiles: [Agent], routing_profile: Basic Routing Profile"
    names = "identity_info: {first_name: Mary, last_name: Major}"
    grants = {
        "mary": "{security_profile: Agnt, until: 2999-01-01}",
        "li": "{security_profile: Admin, until: 2998-01-01}, "
        "{security_profile: Agnt, until: 2999-01-01}",
        "zoe": "{security_profile: Gone, until: 2020-01-01}",
        "ana": "{security_profile_id: 00000000-dead-4eef-8000-000000000000, until: 2999-01-01}",
        "bob": "{security_profile: Suport, starts: 2998-01-01, until: 2999-01-01}",
    }
    file = tmp_path / "west.yaml"
    entries = (f"  {name}: {{{names}, {base}, grants: [{own}]}}\n" for name, own in grants.items())
    file.write_text("users:\n" + "".join(entries))

    checked = check_batch(None, _batch(read_roster(file), "mary"), session)

    assert [line.split(" does not")[0].split(" is not")[0] for line in checked.failures] == [
        'mary (west.yaml, line 2), li (west.yaml, line 3): grants.security_profile: "Agnt"',
        "ana (west.yaml, line 5): grants.security_profile_id: 00000000-dead-4eef-8000-000000000000",
        'bob (west.yaml, line 6): grants.security_profile: "Suport"',
    ]


def test_batch_without_a_mistake_passes(users: RosterUsers, session: ConnectSession) -> None:
    """A name that another batch's state still knows is none of its business."""
    checked = check_batch(None, _batch(users, "mary.major"), session)

    assert checked.failures == []
    assert sorted(checked.inputs) == ["identityManagementType", "instanceArn", "ownership", "users"]


def test_what_is_beside_a_batch_for_check_is_never_stored(
    users: RosterUsers, session: ConnectSession
) -> None:
    """Neither of a refused batch nor of one that a preview cannot know."""
    for batch in (_batch(users, "li.juan"), _batch(users, "li.juan") | {"users": UNKNOWN}):
        assert WHOLE not in check_batch(None, batch, session).inputs


def test_missing_passwords_are_asked_for_in_a_rosters_words(
    users: RosterUsers, session: ConnectSession
) -> None:
    """`require_secret("maryPassword")` is how a `User` gets one."""
    checked = check_batch(None, _batch(users, "mary.major", "zhang.wei", arn=MANAGED_ARN), session)

    (line,) = [line for line in checked.failures if ": password: " in line]
    assert line.startswith("mary.major (west.csv, line 2), zhang.wei (west.csv, line 5): password:")
    assert "Give UserRoster passwords={username: secret}" in line
    assert "require_secret" not in line


def test_attributes_that_miss_are_reported_for_all_with_the_names(session: ConnectSession) -> None:
    """In an instance without them: once, with the users of all batches."""
    skill: dict[str, Any] = {"attributeName": "skill", "attributeValue": "Cards", "level": 4}
    shared: dict[str, Any] = {
        "identityInfo": {"firstName": "Mary", "lastName": "Major"},
        "routingProfile": "Night",
        "securityProfiles": ["Agent"],
    }
    users = RosterUsers(
        {
            "mary.major": {**shared, "proficiencies": [skill]},
            "li.juan": {**shared, "proficiencies": [{**skill, "level": 5}]},
        }
    )

    checked = check_batch(None, _batch(users, "mary.major"), session)

    assert sorted(line.partition(". ")[0] for line in checked.failures) == [
        'mary.major, li.juan: proficiencies.attribute_name: "skill" is not a predefined '
        "attribute of this instance",
        'mary.major, li.juan: routing_profile: "Night" does not exist in this instance',
    ]


def test_ids_of_another_instance_are_reported_for_all(session: ConnectSession) -> None:
    """What an export could not write as a name."""
    profile = "99999999-9999-4999-8999-999999999999"
    user: dict[str, Any] = {
        "identityInfo": {"firstName": "Mary", "lastName": "Major"},
        "routingProfileId": profile,
        "securityProfiles": ["Agent"],
    }
    users = RosterUsers({"mary.major": user, "li.juan": user})

    checked = check_batch(None, _batch(users, "mary.major"), session)

    (line,) = checked.failures
    assert line.startswith(f"mary.major, li.juan: routing_profile_id: {profile} does not exist")
