"""Pulumi's own resource options on users: they do what they do for any resource."""

from typing import Any

import pytest

from tests.support.harness import Stacks
from tests.support.programs import MANAGED_ID, program

MARY = program(
    'OPTS = pulumi.ResourceOptions(ignore_changes=["nothing"])',
    'MARY |= dict(hierarchy_group="AMER/West/Team 1", tags={"Cost_Center": "42"})',
    'mary = connect.User("mary", opts=OPTS, **MARY)',
    'status = connect.UserStatus("status", opts=OPTS, user=mary, agent_status="Available")',
)
CHANGES = {
    'hierarchy_group="AMER/West/Team 1"': 'hierarchy_group="AMER/West/Team 2"',
    'security_profiles=["Agent"]': 'security_profiles=["Agent", "QualityAnalyst"]',
    'routing_profile="Basic Routing Profile"': 'routing_profile="No such profile"',
    'last_name="Major"': 'last_name="Stiles"',
    '{"Cost_Center": "42"}': '{"Cost_Center": "43"}',
    'agent_status="Available"': 'agent_status="Offline"',
}


@pytest.mark.parametrize(
    "names",
    [
        [
            "hierarchy_group",
            "security_profiles",
            "routing_profile",
            "agent_status",
            "identity_info.last_name",
            "tags.Cost_Center",
        ],
        [
            "hierarchyGroupId",
            "securityProfileIds",
            "routingProfileId",
            "agentStatusId",
            "identityInfo",
            'tags["Cost_Center"]',
        ],
        ["*"],
    ],
)
def test_changes_that_are_ignored_are_not_made_however_they_are_named(
    stacks: Stacks, names: list[str]
) -> None:
    """Names that a program gives stand for the ids in state; nothing is cleared instead."""
    stack = stacks(program=MARY)
    stack.up()
    local = stack.local
    before = local.users(MANAGED_ID)
    stack.edit('["nothing"]', str(names))
    for old, new in CHANGES.items():
        stack.edit(old, new)

    stack.preview("--expect-no-changes")
    local.mark()
    stack.up()

    assert local.changes() == []
    assert local.users(MANAGED_ID) == before


def test_attribute_that_is_hidden_is_a_secret_in_state(stacks: Stacks) -> None:
    """additional_secret_outputs takes a program's names too."""
    source = MARY.replace(
        'ignore_changes=["nothing"]', 'additional_secret_outputs=["identity_info"]'
    )
    stack = stacks(program=source)

    stack.up()

    (mary,) = stack.resources("connect:User")
    outputs: dict[str, Any] = mary["outputs"]
    assert set(outputs["identityInfo"]) == {"4dabf18193072939515e22adb298388d", "ciphertext"}
