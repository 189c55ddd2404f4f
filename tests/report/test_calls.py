"""The calls that a report foretells; the engine tests compare them with those that are made."""

from typing import Any

import pytest

from tests.report.builders import (
    AWS_USER,
    SECRET,
    USER_BATCH,
    USER_STATUS,
    digest,
    report,
    step,
    user,
)
from tests.support.help_desk import Steps, left_roster, speaks


def _calls(*steps: dict[str, Any]) -> dict[str, int]:
    return {one.operation: one.calls for one in report(digest(*steps)).calls.operations}


_MOVED = user(adopt=True, adoption={"changes": ["ownership"]})
CHANGES: dict[str, tuple[Steps, dict[str, int]]] = {
    "none": ([step("same", user(), user())], {}),
    "create": ([step("create", None, user())], {"CreateUser": 1}),
    "create with proficiencies": (
        [step("create", None, user(proficiencies=speaks(4)))],
        {"AssociateUserProficiencies": 1, "CreateUser": 1},
    ),
    "adopt": (
        [
            step(
                "create",
                None,
                user(
                    adopt=True,
                    adoption={"changes": ["hierarchy_group_id", "tags", "ownership"]},
                ),
            )
        ],
        {"DescribeUser": 1, "TagResource": 1, "UpdateUserHierarchy": 1},
    ),
    "update of two settings": (
        [step("update", user(), user(hierarchyGroupId="h-2", routingProfileId="r-2"))],
        {"DescribeUser": 1, "UpdateUserHierarchy": 1, "UpdateUserRoutingProfile": 1},
    ),
    "update that only state has": ([step("update", user(), user(onDelete="force"))], {}),
    "hidden password": ([step("update", user(password=SECRET), user(password=SECRET))], {}),
    "replace": (
        [step("replace", user(), user(instanceArn="arn:other"))],
        {"CreateUser": 1, "DeleteUser": 1, "DescribeUser": 1},
    ),
    "move": (
        [step("delete", user()), step("create", None, _MOVED, name="other")],
        {},
    ),
    "leaving a roster": (left_roster("eve"), {"DeleteUser": 1, "DescribeUser": 1}),
    "status": (
        [step("create", None, {"agentStatusId": "a"}, kind=USER_STATUS)],
        {"PutUserStatus": 1},
    ),
    "a user of pulumi-aws": ([step("delete", {"name": "eve"}, kind=AWS_USER)], {}),
    "a roster that cannot be seen": (
        [step("update", {"users": SECRET}, {"users": SECRET}, kind=USER_BATCH)],
        {},
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_calls_are_those_of_the_change(change: str) -> None:
    steps, calls = CHANGES[change]

    assert _calls(*steps) == calls


@pytest.mark.parametrize(("users", "minutes"), [(1, 0.0), (5, 0.0), (125, 1.0), (3000, 25.0)])
def test_minutes_are_those_of_the_longest_operation(users: int, minutes: float) -> None:
    """Two a second after a burst of five; reading and deleting run side by side."""
    gone = [step("delete", user(username=f"a{n}"), name=f"a{n}") for n in range(users)]

    found = report(digest(*gone)).calls

    assert {one.calls for one in found.operations} == {users}
    assert found.minutes == minutes
