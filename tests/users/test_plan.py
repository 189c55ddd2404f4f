"""plan: which calls stand between two states."""

from typing import Any

import pytest

from pulumi_connect_users.core.properties import structures
from pulumi_connect_users.core.unknowns import UNKNOWN
from pulumi_connect_users.users.inputs import UserInputs
from pulumi_connect_users.users.plan import Plan, plan

ARN = "arn:aws:connect:us-west-2:123456789012:instance/i"
USER: dict[str, Any] = {
    "instanceArn": ARN,
    "username": "mary.major",
    "password": "Passw0rdWord",
    "identityInfo": {"firstName": "Mary", "lastName": "Major"},
    "phoneConfig": {"phoneType": "DESK_PHONE", "deskPhoneNumber": "+15555551212"},
    "routingProfileId": "r1",
    "securityProfileIds": ["s1", "s2"],
    "hierarchyGroupId": "h1",
    "autoAcceptConfigs": [{"channel": "CHAT", "autoAccept": True}],
    "proficiencies": [{"attributeName": "language", "attributeValue": "Spanish", "level": 4}],
    "tags": {"team": "west"},
    "ownership": "o/p/s#r",
}


def _plan(old: dict[str, Any], new: dict[str, Any]) -> Plan:
    return plan(UserInputs.decode(old), UserInputs.decode(new))


def _calls(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return [step.operation for step in _plan(old, new).steps]


def test_equal_states_have_no_plan() -> None:
    """What is as it should be leads to nothing."""
    found = _plan(USER, dict(USER))

    assert not found.changes


@pytest.mark.parametrize(
    ("changes", "call"),
    [
        ({"identityInfo": {"firstName": "Mary", "lastName": "Stiles"}}, "UpdateUserIdentityInfo"),
        ({"routingProfileId": "r2"}, "UpdateUserRoutingProfile"),
        ({"securityProfileIds": ["s1"]}, "UpdateUserSecurityProfiles"),
        ({"hierarchyGroupId": "h2"}, "UpdateUserHierarchy"),
        ({"hierarchyGroupId": None}, "UpdateUserHierarchy"),
        ({"autoAcceptConfigs": [{"channel": "CHAT", "autoAccept": False}]}, "UpdateUserConfig"),
        ({"tags": {"team": "east"}}, "TagResource"),
        ({"tags": None}, "UntagResource"),
        ({"proficiencies": None}, "DisassociateUserProficiencies"),
        ({"ownership": "o/p/other#r"}, "TagResource"),
    ],
)
def test_one_changed_group_is_one_call(changes: dict[str, Any], call: str) -> None:
    """Each group of attributes has a call of its own."""
    new = {k: v for k, v in {**USER, **changes}.items() if v is not None}

    assert [call] == _calls(USER, new)


def test_phone_without_channels_is_one_phone_call() -> None:
    """Settings for all channels change through UpdateUserPhoneConfig."""
    old = {"phoneConfig": {"phoneType": "SOFT_PHONE"}}
    new = {"phoneConfig": {"phoneType": "SOFT_PHONE", "autoAccept": True}}

    assert _calls(old, new) == ["UpdateUserPhoneConfig"]


def test_phone_beside_managed_channels_goes_through_config() -> None:
    """UpdateUserPhoneConfig would make channels equal that the program sets apart."""
    new = {**USER, "phoneConfig": {"phoneType": "SOFT_PHONE"}}

    assert _calls(USER, new) == ["UpdateUserConfig"]


def test_profiles_in_another_order_are_the_same_set() -> None:
    """The order of security profiles means nothing."""
    assert _calls(USER, {**USER, "securityProfileIds": ["s2", "s1"]}) == []


def test_an_added_profile_is_a_change() -> None:
    """A superset differs: AWS's own handler for CloudFormation overlooked that."""
    new = {**USER, "securityProfileIds": ["s1", "s2", "s3"]}

    assert _calls(USER, new) == ["UpdateUserSecurityProfiles"]


def test_revocations_come_first_and_grants_last() -> None:
    """Nobody keeps a right longer, or gains one earlier, than the rest of the change."""
    changes = {"routingProfileId": "r2", "tags": {"team": "east"}}
    revoking = {**USER, **changes, "securityProfileIds": ["s1"]}
    granting = {**USER, **changes, "securityProfileIds": ["s1", "s3"], "hierarchyGroupId": "h2"}

    assert _calls(USER, revoking)[0] == "UpdateUserSecurityProfiles"
    assert _calls(USER, granting)[-2:] == ["UpdateUserHierarchy", "UpdateUserSecurityProfiles"]


def test_a_changed_tag_is_never_absent_in_between() -> None:
    """Tags are set before others are removed."""
    new = {**USER, "tags": {"site": "north"}}

    assert _calls(USER, new) == ["TagResource", "UntagResource"]


def test_proficiencies_move_by_name_and_value() -> None:
    """Gone, new and changed proficiencies each have their call."""
    old = [
        {"attributeName": "language", "attributeValue": v, "level": 3} for v in ("Dutch", "Spanish")
    ]
    new = [
        {"attributeName": "language", "attributeValue": "Spanish", "level": 5},
        {"attributeName": "language", "attributeValue": "Welsh", "level": 1},
    ]
    steps = _plan({"proficiencies": old}, {"proficiencies": new}).steps

    assert [
        (s.operation, [e["attributeValue"] for e in structures(s.wanted["proficiencies"])])
        for s in steps
    ] == [
        ("DisassociateUserProficiencies", ["Dutch"]),
        ("AssociateUserProficiencies", ["Welsh"]),
        ("UpdateUserProficiencies", ["Spanish"]),
    ]


def test_never_declared_is_left_alone() -> None:
    """What neither state declares has no call."""
    small = {k: USER[k] for k in ("instanceArn", "username", "routingProfileId")}

    assert not _plan(small, small).changes


@pytest.mark.parametrize(
    ("key", "value", "first"),
    [
        ("username", "mary.stiles", False),
        ("instanceArn", ARN + "2", False),
        ("directoryUserId", "d", True),
    ],
)
def test_identity_that_no_call_changes_replaces(key: str, value: str, first: bool) -> None:
    """A replacement that keeps the username deletes first: two users cannot share it."""
    found = _plan(USER, {**USER, key: value})

    assert (key,) == found.replaces
    assert first == found.deletes_first
    assert found.steps == ()


def test_a_password_changes_only_as_a_replacement() -> None:
    """A changed password is a new user if the program says so, and never a call."""
    changed = {**USER, "password": "An0therWord"}

    assert _plan(USER, changed).steps == ()
    assert _plan(USER, {**changed, "onPasswordChange": "replace"}).replaces == ("password",)


def test_a_removed_password_changes_state_alone() -> None:
    """State forgets the password; no call is made."""
    found = _plan(USER, {k: v for k, v in USER.items() if k != "password"})

    assert found.state_only == ("password",)
    assert found.steps == ()


def test_options_change_state_alone() -> None:
    """Delete sees outputs only, so options are stored, without a call."""
    found = _plan(USER, {**USER, "onDelete": "force"})

    assert found.changes
    assert found.steps == ()


def test_an_attribute_left_to_others_is_not_cleared() -> None:
    """ignore_drift lets go of an attribute without emptying it."""
    new = {**USER, "ignoreDrift": ["hierarchy_group"]}
    del new["hierarchyGroupId"]

    assert _plan(USER, new).steps == ()


def test_number_of_a_desk_phone_that_is_left_to_others_stays_with_it() -> None:
    """Connect knows no desk phone without a number: it goes with the desk phone only."""
    now_theirs = {**USER, "ignoreDrift": ["phone_config.phone_type"], "phoneConfig": {}}

    assert _calls(USER, now_theirs) == []
    assert _calls(USER, {**USER, "phoneConfig": {"phoneType": "SOFT_PHONE"}}) != []


@pytest.mark.parametrize("key", sorted(USER.keys() - {"password", "ownership"}))
def test_an_unknown_value_is_a_change(key: str) -> None:
    """A preview that cannot know a value says that it may change."""
    assert _plan(USER, {**USER, key: UNKNOWN}).changes
