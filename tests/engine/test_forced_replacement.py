"""Replacements that no changed input asks for: the engine creates first, under a taken name."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.harness import Stack, Stacks
from tests.support.programs import MANAGED_ID, MARY, program

ROSTER = program(
    "USERS = {f'agent.{i}': dict(identity_info=dict(",
    "         first_name='A', last_name=str(i), email='a@example.com'))",
    "         for i in range(3)}",
    "connect.UserRoster('west', instance=MANAGED, users=USERS, defaults=dict(",
    "    routing_profile='Basic Routing Profile', security_profiles=['Agent']),",
    "    passwords={name: PASSWORD for name in USERS})",
)


def _ids(stack: Stack) -> list[str]:
    return sorted(str(user["Id"]) for user in stack.local.users(MANAGED_ID))


def _urns(stack: Stack, kind: str) -> Iterator[str]:
    for resource in stack.resources(kind):
        yield from ("--replace", resource["urn"])


def _assert_whole(stack: Stack, ids: list[str]) -> None:
    """The users are those that they were, and neither state nor a refresh sees another thing."""
    assert _ids(stack) == ids
    stack.refresh("--expect-no-changes")
    stack.preview("--expect-no-changes")


def test_user_that_is_replaced_under_the_same_username_is_kept(stacks: Stacks) -> None:
    """`--replace` without delete_before_replace finds the user itself: it must not be deleted."""
    stack = stacks(program=MARY)
    stack.up()
    before = _ids(stack)

    result = stack.up(*_urns(stack, "connect:User"))

    _assert_whole(stack, before)
    said = result.one_line
    assert "mary.major: kept" in said
    assert "delete_before_replace=True" in said
    assert stack.local.changes() == ["CreateUser", "CreateUser"]


def test_user_that_is_replaced_with_the_deletion_first_is_another_user(stacks: Stacks) -> None:
    """delete_before_replace is the way to a new user of the same name."""
    options = "opts=pulumi.ResourceOptions(delete_before_replace=True)"
    stack = stacks(program=program(f'connect.User("mary", {options}, **MARY)'))
    stack.up()
    (before,) = _ids(stack)

    stack.up(*_urns(stack, "connect:User"))

    (after,) = _ids(stack)
    assert after != before
    stack.refresh("--expect-no-changes")


def test_password_replacement_that_may_not_delete_first_keeps_the_user(stacks: Stacks) -> None:
    """delete_before_replace=False overrules the provider's wish to delete first."""
    options = "opts=pulumi.ResourceOptions(delete_before_replace=False)"
    stack = stacks(
        program=program(f'connect.User("mary", {options}, on_password_change="replace", **MARY)')
    )
    stack.up()
    before = _ids(stack)
    stack.edit('PASSWORD = "', 'PASSWORD = "Other')

    stack.up()

    _assert_whole(stack, before)


def test_roster_whose_batches_are_replaced_keeps_its_users(stacks: Stacks) -> None:
    """Up to a 64th of all users hangs on one such deletion."""
    stack = stacks(program=ROSTER)
    stack.up()
    before = _ids(stack)
    assert len(before) == 3

    result = stack.up(*_urns(stack, "connect:UserBatch"))

    _assert_whole(stack, before)
    assert result.text.count(": kept") >= 3


@pytest.mark.parametrize(
    ("source", "kind"), [(MARY, "connect:User"), (ROSTER, "connect:UserBatch")]
)
def test_deletion_that_a_killed_replacement_left_behind_keeps_the_user(
    stacks: Stacks, source: str, kind: str
) -> None:
    """Killed between the two halves: state holds the user once more, as to be deleted."""
    stack = stacks(program=source)
    stack.up()
    before = _ids(stack)
    deployment = stack.export()
    resources: list[dict[str, Any]] = deployment["resources"]
    former = [{**r, "delete": True} for r in resources if r["type"].endswith(kind)]
    resources.extend(former)
    stack.import_(deployment)

    stack.up()

    _assert_whole(stack, before)
    assert not any(r.get("delete") for r in stack.resources(kind))


def test_user_that_left_the_program_is_deleted_also_after_a_refresh(stacks: Stacks) -> None:
    """A refresh finds the user in place, which says nothing about the program."""
    stack = stacks(program=MARY)
    stack.up()
    stack.write_program(program('pulumi.export("arn", "none")'))

    stack.up("--refresh")

    assert _ids(stack) == []
