"""What a state or preview tells of the permissions that its users need."""

import json
from typing import Any

import pytest

from pulumi_connect_users.iam.operations import operations
from pulumi_connect_users.iam.usage import OF_PROGRAMS, Usage, read_usage
from tests.support.programs import SAML_ARN
from tests.support.project import NIKKI, stack_export


def test_usage_is_read_from_rosters_and_previews_too() -> None:
    """A batch's users are JSON strings; a preview has old and new states."""
    batch = {
        "type": "pulumi-python:dynamic/connect:UserBatch",
        "inputs": {"instanceArn": SAML_ARN, "users": {"nikki": json.dumps(NIKKI)}},
    }
    status = {"type": "pulumi-python:dynamic/connect:UserStatus", "inputs": {"userArn": "x"}}
    steps = [{"newState": batch}, {"oldState": status}]

    usage = read_usage(json.dumps({"steps": steps}))

    assert {"proficiencies", "identityInfo", "routingProfileId"} <= usage.attributes
    assert {"adoption", "status"} <= usage.features
    assert "hierarchyGroupId" not in usage.attributes


def test_preview_of_nothing_new_says_that_it_shows_changes_alone() -> None:
    """Not that there are no users: there are, in the state."""
    steps = [{"op": "same", "newState": {"type": "pulumi:pulumi:Stack"}}]

    with pytest.raises(ValueError, match=r"a preview shows.* change.*`pulumi stack export`"):
        read_usage(json.dumps({"steps": steps}))


_SECRET = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    "ciphertext": "v1:a:b",
}


@pytest.mark.parametrize(
    "users", [_SECRET, "[secret]", {"li": _SECRET}, {"li": "[secret]"}, {"li": "[1]"}, {"li": "{"}]
)
def test_roster_whose_users_are_hidden_may_use_everything(users: Any) -> None:
    """With `personalData: secret`, or unknown at a preview: what is printed must suffice."""
    inputs = {"instanceArn": SAML_ARN, "users": users}
    batch = {"type": "pulumi-python:dynamic/connect:UserBatch", "inputs": inputs}

    usage = read_usage(json.dumps({"steps": [{"newState": batch}]}))

    assert usage.attributes == Usage().attributes
    assert usage.features == Usage().features - {"status", *OF_PROGRAMS}
    assert usage.instances == (SAML_ARN,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[" * 100_000,
        '{"steps": []}',
        '{"steps": [1, {"newState": 3}]}',
        '{"deployment": {"resources": 3}}',
        '{"deployment": {"resources": [1, {"type": []}]}}',
        '{"deployment": {"resources": [{"type": "a/connect:User", "inputs": [1]}]}}',
        stack_export(),
    ],
)
def test_file_without_users_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^it (is neither|has no Amazon Connect users)"):
        read_usage(text)


def test_part_of_a_user_needs_the_names_of_what_others_decide() -> None:
    """Its facts are looked up, and its mark is taken away: nothing more is changed."""
    part = {
        "instanceArn": SAML_ARN,
        "username": "nikki",
        "adopt": True,
        "ownership": "organization/p/dev#x",
        "part": {},
    }
    usage = read_usage(stack_export(part))

    assert "part" in usage.features
    lists = {"ListRoutingProfiles", "ListSecurityProfiles", "SearchUserHierarchyGroups"}
    assert lists <= operations("preview", usage)
    assert lists <= operations("refresh", usage)
    assert "UntagResource" in operations("apply", usage)
    assert not {o for o in operations("apply", usage) if o.startswith("UpdateUser")}
