"""Resources of every type, as their providers write them, read as one kind of user."""

import json
from typing import Any

import pytest
from pulumi_policy.proxy import (
    UNKNOWN_ARRAY_VALUE,
    UNKNOWN_OBJECT_VALUE,
    UNKNOWN_STRING_VALUE,
    unknown_checking_proxy,
)

from connect_users_guard.absent import MISSING, UNKNOWN
from connect_users_guard.adapters import ADAPTERS, subjects_of
from connect_users_guard.property_values import properties
from connect_users_guard.subject import Profile, ProfileView, Resource, UserView
from connect_users_guard.user_resources import INSTANCES, PROFILES, USERS
from pulumi_connect_users.core.privacy import label

INSTANCE = "arn:aws:connect:us-west-2:111122223333:instance/centre-id"
PROFILE = f"{INSTANCE}/security-profile/profile-id"
DYNAMIC = "pulumi-python:dynamic/connect:User"
ROSTER = "pulumi-python:dynamic/connect:UserBatch"
AWS = "aws:connect/user:User"
NATIVE = "aws-native:connect:User"


def _resource(type_: str, props: dict[str, Any]) -> Resource:
    """As the SDK passes it: behind its proxy."""
    bag = properties(unknown_checking_proxy(props))
    return Resource(urn=f"urn:pulumi:dev::centre::{type_}::mary", type=type_, bag=bag)


def _user(type_: str, props: dict[str, Any]) -> UserView:
    (user,) = subjects_of(_resource(type_, props))
    assert isinstance(user, UserView)
    return user


BY_TYPE: dict[str, dict[str, Any]] = {
    DYNAMIC: {
        "instanceArn": INSTANCE,
        "username": "mary.major",
        "password": "Quokka-9-lattice-Moss",
        "identityInfo": {"firstName": "Mary", "lastName": "Major", "email": "marym@example.com"},
        "phoneConfig": {"phoneType": "SOFT_PHONE", "afterContactWorkTimeLimit": 60.0},
        "routingProfileId": "routing-id",
        "securityProfileIds": ["profile-id"],
        "securityProfileNames": ["Agent"],
        "hierarchyGroupId": "group-id",
        "tags": {"Cost_Center": "42"},
        "__provider": "gASVKA",
    },
    AWS: {
        "instanceId": "centre-id",
        "name": "mary.major",
        "password": "Quokka-9-lattice-Moss",
        "identityInfo": {"firstName": "Mary", "lastName": "Major", "email": "marym@example.com"},
        "phoneConfig": {"phoneType": "SOFT_PHONE", "afterContactWorkTimeLimit": 60.0},
        "routingProfileId": "routing-id",
        "securityProfileIds": ["profile-id"],
        "hierarchyGroupId": "group-id",
        "tags": {"Cost_Center": "42"},
    },
    NATIVE: {
        "instanceArn": INSTANCE,
        "username": "mary.major",
        "password": "Quokka-9-lattice-Moss",
        "identityInfo": {"firstName": "Mary", "lastName": "Major", "email": "marym@example.com"},
        "phoneConfig": {"phoneType": "SOFT_PHONE", "afterContactWorkTimeLimit": 60.0},
        "routingProfileArn": f"{INSTANCE}/routing-profile/routing-id",
        "securityProfileArns": [PROFILE],
        "hierarchyGroupArn": f"{INSTANCE}/agent-group/group-id",
        "tags": [{"key": "Cost_Center", "value": "42"}],
    },
    ROSTER: {
        "instanceArn": INSTANCE,
        "passwords": {"mary.major": "Quokka-9-lattice-Moss"},
        "ownership": "o/p/s#abc",
        "users": {
            "mary.major": json.dumps(
                {
                    "identityInfo": {
                        "firstName": "Mary",
                        "lastName": "Major",
                        "email": "marym@example.com",
                    },
                    "phoneConfig": {"phoneType": "SOFT_PHONE", "afterContactWorkTimeLimit": 60},
                    "routingProfileId": "routing-id",
                    "securityProfileIds": ["profile-id"],
                    "hierarchyGroupId": "group-id",
                    "tags": {"Cost_Center": "42"},
                }
            )
        },
    },
}


@pytest.mark.parametrize("type_", list(BY_TYPE))
def test_user_of_every_type_is_read_as_the_same_user(type_: str) -> None:
    user = _user(type_, BY_TYPE[type_])

    assert user.instance == "centre-id"
    assert user.text("username") == "mary.major"
    assert user.text("password") == "Quokka-9-lattice-Moss"
    assert user.text("identityInfo.email") == "marym@example.com"
    assert user.get("phoneConfig.afterContactWorkTimeLimit") == 60
    assert isinstance(user.get("phoneConfig.afterContactWorkTimeLimit"), int)
    assert user.tag("Cost_Center") == "42"
    assert user.tag("Team") is MISSING
    profiles = user.profiles({"profile-id": "Agent"})
    assert profiles == (Profile("profile-id", "Agent"),)
    assert user.stack == "centre/dev"


def test_internal_members_are_no_part_of_a_user() -> None:
    """The pickled provider is nobody's attribute, nor is what a bridged provider notes."""
    assert "__provider" not in _user(DYNAMIC, BY_TYPE[DYNAMIC]).bag
    tags = {"__defaults": [], "Team": "West"}
    assert _user(AWS, {"__meta": "{}", "tags": tags}).bag == {"tags": {"Team": "West"}}


@pytest.mark.parametrize(
    ("type_", "props", "made_up"),
    [
        (AWS, {"name": "mary-1a2b3c4"}, True),
        (AWS, {"name": "mary.major"}, False),
        (NATIVE, {"username": "mary-1a2b3c4"}, True),
        (NATIVE, {"username": "mary-1"}, False),
        (NATIVE, {"username": "jane-1a2b3c4"}, False),
        (NATIVE, {"username": UNKNOWN_STRING_VALUE}, False),
        (NATIVE, {}, False),
        (DYNAMIC, {"username": "mary-1a2b3c4"}, False),
    ],
)
def test_username_that_the_provider_has_made_up_is_known_as_such(
    type_: str, props: dict[str, Any], made_up: bool
) -> None:
    """Rules see inputs after the provider's check: a name that was left out is there already."""
    assert _user(type_, props).username_generated is made_up


def test_names_that_look_internal_are_names() -> None:
    """Two underscores may begin a tag's key, and a username."""
    assert _user(DYNAMIC, {"tags": {"__team": "West"}}).tag("__team") == "West"
    props = {"users": {"__service": "{}"}, "passwords": {"__service": "Password123"}}

    assert _user(ROSTER, props).text("password") == "Password123"


def test_resources_of_other_types_hold_nothing() -> None:
    assert subjects_of(_resource("aws:s3/bucket:Bucket", {"bucket": "b"})) == ()
    assert set(ADAPTERS) == {*USERS, *PROFILES, *INSTANCES}


@pytest.mark.parametrize(
    ("props", "path", "value"),
    [
        ({"username": UNKNOWN_STRING_VALUE}, "username", UNKNOWN),
        ({"username": "[secret]"}, "username", UNKNOWN),
        ({"username": None}, "username", MISSING),
        ({"username": ""}, "username", MISSING),
        ({"username": 5.0}, "username", UNKNOWN),
        ({}, "username", MISSING),
        ({"identityInfo": UNKNOWN_OBJECT_VALUE}, "identityInfo.email", UNKNOWN),
        ({"identityInfo": {"email": UNKNOWN_STRING_VALUE}}, "identityInfo.email", UNKNOWN),
        ({"identityInfo": {"email": UNKNOWN_STRING_VALUE}}, "identityInfo.mobile", MISSING),
        (
            {"identityInfo": {"email": UNKNOWN_STRING_VALUE, "mobile": "+1"}},
            "identityInfo.mobile",
            "+1",
        ),
    ],
)
def test_value_is_known_unknown_or_missing(props: dict[str, Any], path: str, value: Any) -> None:
    assert _user(DYNAMIC, props).text(path) == value


def test_list_may_hold_unknown_entries() -> None:
    user = _user(DYNAMIC, {"securityProfileIds": ["a", UNKNOWN_STRING_VALUE]})

    assert user.texts("securityProfileIds") == ("a", UNKNOWN)
    assert _user(DYNAMIC, {"tags": UNKNOWN_OBJECT_VALUE}).tag("Team") is UNKNOWN
    assert _user(NATIVE, {"tags": UNKNOWN_ARRAY_VALUE}).tag("Team") is UNKNOWN
    half_known = [{"key": UNKNOWN_STRING_VALUE, "value": "x"}]
    assert _user(NATIVE, {"tags": half_known}).tag("Team") is UNKNOWN


def test_profile_names_without_ids_are_enough() -> None:
    props = {"securityProfileIds": UNKNOWN_ARRAY_VALUE, "securityProfileNames": ["Admin"]}

    assert _user(DYNAMIC, props).profiles({}) == (Profile(UNKNOWN, "Admin"),)


def test_roster_gives_each_user_what_stands_beside_them_all() -> None:
    """The instance, the identity management type, and each its own password."""
    props = {
        "instanceArn": INSTANCE,
        "identityManagementType": "CONNECT_MANAGED",
        "users": {"mary": json.dumps({"tags": {"Team": "East"}}), "jane": "{}"},
        "passwords": {"mary": "Quokka-9-lattice-Moss"},
    }
    mary, jane = subjects_of(_resource(ROSTER, props))

    assert mary.tag("Team") == "East"
    assert {mary.text("identityManagementType"), jane.instance} == {"CONNECT_MANAGED", "centre-id"}
    assert (mary.text("username"), jane.text("username")) == ("mary", "jane")
    assert (mary.text("password"), jane.text("password")) == ("Quokka-9-lattice-Moss", MISSING)
    assert mary.address.endswith("::mary#mary")


@pytest.mark.parametrize("text", [UNKNOWN_STRING_VALUE, "[secret]", "{", "[1]"])
def test_roster_user_who_cannot_be_read_is_hidden_and_the_others_are_not(text: str) -> None:
    """Nothing but name, instance and password is known of the user."""
    props = {
        "instanceArn": INSTANCE,
        "users": {"mary": text, "john": text, "jane": "{}"},
        "passwords": {"mary": UNKNOWN_STRING_VALUE, "john": "Quokka-9-lattice-Moss"},
    }
    mary, john, jane = subjects_of(_resource(ROSTER, props))

    assert (mary.hidden, john.hidden, jane.hidden) == (True, True, False)
    assert mary.text("username") == "mary"
    assert mary.instance == "centre-id"
    assert mary.get("identityInfo.email") is UNKNOWN
    assert mary.get("password") is UNKNOWN
    assert john.text("password") == "Quokka-9-lattice-Moss"
    assert jane.get("password") is MISSING


def test_roster_that_is_hidden_as_a_whole_is_a_user_of_whom_nothing_is_known() -> None:
    """With `personalData: secret` an export has one secret in place of all users."""
    user = _user(ROSTER, {"instanceArn": INSTANCE, "users": "[secret]", "passwords": "[secret]"})

    assert user.hidden
    assert user.instance == "centre-id"
    assert user.text("username") is UNKNOWN
    assert user.text("password") is UNKNOWN
    assert subjects_of(_resource(ROSTER, {"instanceArn": INSTANCE})) == ()


def test_security_profiles_of_both_providers_are_read_alike() -> None:
    """Names and permissions; access-control tags where the type has them."""
    aws = {"name": "Lead", "instanceId": "centre-id", "permissions": ["Users.Edit"]}
    native = {
        "securityProfileName": "Lead",
        "instanceArn": INSTANCE,
        "permissions": ["Users.Edit"],
        "allowedAccessControlTags": [{"key": "Team", "value": "West"}],
    }
    (one,) = subjects_of(_resource("aws:connect/securityProfile:SecurityProfile", aws))
    (other,) = subjects_of(_resource("aws-native:connect:SecurityProfile", native))

    for profile in (one, other):
        assert isinstance(profile, ProfileView)
        assert profile.text("securityProfileName") == "Lead"
        assert profile.instance == "centre-id"
        assert profile.texts("permissions") == ("Users.Edit",)
    assert other.get("allowedAccessControlTags") == {"Team": "West"}
    assert one.get("allowedAccessControlTags") is MISSING


@pytest.mark.parametrize(
    ("properties", "shown"),
    [
        ({"username": "mary.major"}, "mary.major"),
        ({"username": "mary@example.com"}, "mary@example.com"),
        ({"username": "mary@example.com", "label": "ma~k7q2mzab"}, "ma~k7q2mzab"),
        ({}, "mary"),
    ],
)
def test_user_is_named_by_username_or_label(properties: dict[str, Any], shown: str) -> None:
    """Two people never share a line; a username that the state hides is not told by a message."""
    assert _user(DYNAMIC, properties).display_name == shown


def test_user_of_a_roster_that_hides_addresses_is_named_by_its_label() -> None:
    """The pack makes labels as the provider does, and believes those that are there."""
    address = "mary@example.com"
    bag = {"users": {address: "{}", "li.juan": "{}"}, "labels": {label(address): "abcd"}}

    found = subjects_of(_resource(ROSTER, bag))

    assert [user.display_name for user in found if isinstance(user, UserView)] == [
        label(address),
        "li.juan",
    ]
