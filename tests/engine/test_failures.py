"""What a person sees of a call that failed while a stack was updated."""

from tests.support.harness import Stacks
from tests.support.programs import MANAGED_ID, MARY


def test_failed_call_is_told_in_a_sentence_without_the_way_through_the_code(stacks: Stacks) -> None:
    """Newer SDKs print the traceback of whatever a provider raises, host paths included."""
    stack = stacks(program=MARY)
    stack.up()
    local = stack.local
    (user,) = local.users(MANAGED_ID)
    local.client.delete_user(InstanceId=MANAGED_ID, UserId=str(user["Id"]))
    stack.edit('last_name="Major"', 'last_name="Stiles"')

    said = stack.up(expect=1).one_line

    assert f"updating user mary.major, {user['Id']}: it no longer exists" in said
    assert "the next `pulumi up` then creates it again." in said
    assert "Check the ids" not in said, "one remedy is enough"
    assert 'File "' not in said
    assert "dynamic.py" not in said


def test_update_that_failed_half_way_says_what_was_made_and_how_to_go_back(stacks: Stacks) -> None:
    """The engine keeps the old state: taking the change back alone would change nothing."""
    stack = stacks(program=MARY)
    stack.up()
    local = stack.local
    (before,) = local.users(MANAGED_ID)
    denied = {"operation": "UpdateUserSecurityProfiles", "kind": "access-denied", "nth": 1}
    local.store.control(faults=[denied])
    stack.edit('last_name="Major"', 'last_name="Stiles"')
    stack.edit('["Agent"]', '["Agent", "QualityAnalyst"]')

    said = stack.up(expect=1).one_line

    assert "the credentials may not call connect:UpdateUserSecurityProfiles" in said
    assert "Done before: UpdateUserIdentityInfo. To undo these changes" in said
    assert local.users(MANAGED_ID)[0]["IdentityInfo"]["LastName"] == "Stiles"

    stack.edit('last_name="Stiles"', 'last_name="Major"')
    stack.edit('["Agent", "QualityAnalyst"]', '["Agent"]')
    stack.up("--refresh")
    (after,) = local.users(MANAGED_ID)
    assert after["IdentityInfo"] == before["IdentityInfo"]
    stack.preview("--expect-no-changes")
