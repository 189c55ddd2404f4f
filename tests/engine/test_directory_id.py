"""DirectoryUserId on an instance that manages its users itself: Connect's own affair."""

from typing import Any

import pytest

from pulumi_connect_users.emulator import Store
from tests.support.harness import Stack, Stacks
from tests.support.programs import MANAGED_ID, program

_ASSIGNED = "6d1e1f3a-0000-4000-8000-00000000"
_WORD = "directory_user_id: is assigned by Connect"
_PLAIN = program('connect.User("mary", **MARY)')
_WRITTEN = program('connect.User("mary", directory_user_id="directory-7", **MARY)')


def _assign(store: Store) -> None:
    """Gives every user an id, as AWS does unasked."""
    with store.database.write() as tx:
        tx.execute(
            "UPDATE users SET doc = json_set(doc, '$.DirectoryUserId', ? || substr(id, -4))",
            (_ASSIGNED,),
        )


def _held(stack: Stack) -> list[Any]:
    (user,) = stack.resources("connect:User")
    return [user[side].get("directoryUserId") for side in ("inputs", "outputs")]


def test_user_of_a_managed_instance_is_given_an_id_that_nobody_manages(stacks: Stacks) -> None:
    """Terraform's testAccUser_basic: `directory_user_id` is set though no program says it."""
    stack = stacks(program=_PLAIN)
    local = stack.local
    stack.up()
    _assign(local.store)
    assert local.users(MANAGED_ID)[0]["DirectoryUserId"].startswith(_ASSIGNED)
    local.mark()

    stack.preview("--expect-no-changes")
    refreshed = stack.refresh("--expect-no-changes")
    stack.up("--expect-no-changes")

    assert _WORD not in refreshed.text
    assert _held(stack) == [None, None]
    assert local.changes() == []


@pytest.mark.parametrize("adopted", [False, True])
def test_id_that_a_program_writes_down_changes_nothing_and_goes_again(
    stacks: Stacks, adopted: bool
) -> None:
    """As former exports did: one word when the user is made, and none after that."""
    stack = stacks(program=_WRITTEN)
    local = stack.local
    if adopted:
        local.add_user()
        _assign(local.store)
        stack.edit("**MARY)", "adopt=True, **MARY)")

    assert _WORD in stack.preview().text
    stack.up()
    _assign(local.store)
    local.mark()
    assert _WORD not in stack.preview("--expect-no-changes").text
    stack.refresh("--expect-no-changes")
    stack.edit('directory_user_id="directory-7", ', "")
    empty = stack.preview("--expect-no-changes")

    created = local.store.requests(operation="CreateUser")
    assert [r.params.get("DirectoryUserId") for r in created] == [None]
    assert _WORD not in empty.text
    assert _held(stack) == [None, None]
    assert local.changes() == []


def test_id_that_a_former_version_stored_leaves_with_the_next_change(stacks: Stacks) -> None:
    """States that were written with it preview empty, with the line in the program or without."""
    stack = stacks(program=_PLAIN)
    local = stack.local
    stack.up()
    _assign(local.store)
    deployment = stack.export()
    for resource in deployment["resources"]:
        if resource["type"].endswith("connect:User"):
            resource["inputs"]["directoryUserId"] = "directory-7"
            resource["outputs"]["directoryUserId"] = "directory-7"
    stack.import_(deployment)
    local.mark()

    stack.preview("--expect-no-changes")
    stack.refresh("--expect-no-changes")
    stack.write_program(_WRITTEN)
    stack.preview("--expect-no-changes")
    assert _held(stack) == ["directory-7", "directory-7"]
    stack.write_program(program('connect.User("mary", tags={"team": "west"}, **MARY)'))
    stack.up()

    assert _held(stack) == [None, None]
    assert local.changes() == ["TagResource"]
    stack.preview("--expect-no-changes")
