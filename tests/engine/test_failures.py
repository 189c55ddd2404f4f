"""What a person sees of a call that failed while a stack was updated."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.harness import Stack
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, MARY

StackFactory = Callable[..., Stack]
INSTANCE_ID = MANAGED_ARN.rsplit("/", 1)[1]


def test_failed_call_is_told_in_a_sentence_without_the_way_through_the_code(
    stack_factory: StackFactory,
) -> None:
    """Newer SDKs print the traceback of whatever a provider raises, host paths included."""
    stack = stack_factory(program=MARY)
    stack.up()
    local = Local(stack.store)
    (user,) = local.users(INSTANCE_ID)
    local.client.delete_user(InstanceId=INSTANCE_ID, UserId=str(user["Id"]))
    stack.edit('last_name="Major"', 'last_name="Stiles"')

    result = stack.up(expect=1)

    said = " ".join(result.text.split())
    assert f"updating user mary.major, {user['Id']}: it no longer exists" in said
    assert "the next `pulumi up` then creates it again." in said
    assert "Check the ids" not in said, "one remedy is enough"
    assert 'File "' not in said
    assert "dynamic.py" not in said


def test_update_that_failed_half_way_says_what_was_made_and_how_to_go_back(
    stack_factory: StackFactory,
) -> None:
    """The engine keeps the old state: taking the change back alone would change nothing."""
    stack = stack_factory(program=MARY)
    stack.up()
    local = Local(stack.store)
    (before,) = local.users(INSTANCE_ID)
    denied = {"operation": "UpdateUserSecurityProfiles", "kind": "access-denied", "nth": 1}
    local.store.control(faults=[denied])
    stack.edit('last_name="Major"', 'last_name="Stiles"')
    stack.edit('["Agent"]', '["Agent", "QualityAnalyst"]')

    said = " ".join(stack.up(expect=1).text.split())

    assert "the credentials may not call connect:UpdateUserSecurityProfiles" in said
    assert "Done before: UpdateUserIdentityInfo. To go back to what was before" in said
    assert local.users(INSTANCE_ID)[0]["IdentityInfo"]["LastName"] == "Stiles"

    stack.edit('last_name="Stiles"', 'last_name="Major"')
    stack.edit('["Agent", "QualityAnalyst"]', '["Agent"]')
    stack.up("--refresh")
    (after,) = local.users(INSTANCE_ID)
    assert after["IdentityInfo"] == before["IdentityInfo"]
    stack.preview("--expect-no-changes")
