"""What an update that failed half-way has reached."""

from typing import Any

import pytest

from pulumi_connect_users.core.ownership import MARK_PREFIX
from pulumi_connect_users.users.inputs import KnownInputs
from pulumi_connect_users.users.plan import plan
from pulumi_connect_users.users.progress import after_steps
from pulumi_connect_users.users.state import UserState

INSTANCE = "arn:aws:connect:us-west-2:000000000000:instance/22222222-2222-4222-8222-222222222222"
BEFORE: dict[str, Any] = {
    "instanceArn": INSTANCE,
    "username": "mary.major",
    "ownership": "organization/centre/dev#aaaaaaaa",
    "identityInfo": {"firstName": "Mary", "lastName": "Major", "email": "m@example.com"},
    "phoneConfig": {"phoneType": "DESK_PHONE", "deskPhoneNumber": "+15555551212"},
    "routingProfileId": "r1",
    "routingProfileName": "Basic",
    "securityProfileIds": ["s1", "s2"],
    "securityProfileNames": ["Admin", "Agent"],
    "hierarchyGroupId": "h1",
    "hierarchyPath": "West",
    "proficiencies": [
        {"attributeName": "language", "attributeValue": "French", "level": 2},
        {"attributeName": "language", "attributeValue": "Spanish", "level": 2},
    ],
    "tags": {"Team": "1", "Site": "A"},
}
AFTER: dict[str, Any] = BEFORE | {
    "ownership": "organization/centre/dev#bbbbbbbb",
    "identityInfo": {"firstName": "Maria", "lastName": "Major", "email": "m@example.com"},
    "phoneConfig": {"phoneType": "SOFT_PHONE"},
    "routingProfileId": "r2",
    "routingProfileName": "Other",
    "securityProfileIds": ["s2"],
    "securityProfileNames": ["Agent"],
    "proficiencies": [
        {"attributeName": "language", "attributeValue": "German", "level": 5},
        {"attributeName": "language", "attributeValue": "Spanish", "level": 4},
    ],
    "tags": {"Team": "2"},
    "autoAcceptConfigs": [{"channel": "CHAT", "autoAccept": True}],
}
del AFTER["hierarchyGroupId"], AFTER["hierarchyPath"]


def _state(bag: dict[str, Any]) -> UserState:
    return UserState.of(KnownInputs.decode(bag), f"{INSTANCE}/agent/id")


def test_all_steps_lead_to_the_new_inputs_and_none_to_the_old_ones() -> None:
    """The two ends of every update."""
    old, new = _state(BEFORE), KnownInputs.decode(AFTER)
    steps = plan(old, new).steps

    assert after_steps(old, new, []).properties == BEFORE
    assert after_steps(old, new, steps).properties == AFTER


@pytest.mark.parametrize("count", range(9))
def test_what_was_reached_plans_just_the_steps_that_are_left(count: int) -> None:
    """And going back to the old inputs undoes what was made."""
    old, new = _state(BEFORE), KnownInputs.decode(AFTER)
    steps = plan(old, new).steps

    reached = after_steps(old, new, steps[:count])

    assert [step.operation for step in plan(reached, new).steps] == [
        step.operation for step in steps[count:]
    ]
    undone = plan(reached, KnownInputs.decode(BEFORE))
    assert undone.changes is bool(steps[:count])


def test_a_removed_mark_is_gone_and_other_tags_stay() -> None:
    """With ownership off the tags of the mark are removed with those of the program."""
    old = _state(BEFORE)
    new = KnownInputs.decode({k: v for k, v in BEFORE.items() if k != "ownership"})
    steps = plan(old, new).steps

    reached = after_steps(old, new, steps)

    assert any(str(key).startswith(MARK_PREFIX) for key in steps[0].wanted["tags"])  # type: ignore[union-attr]
    assert reached.mark is None
    assert reached.properties["tags"] == BEFORE["tags"]
