"""The quickstart, as `make up` and `make down` run it."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.harness import Stack
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, PASSWORD, updates

StackFactory = Callable[..., Stack]
_INSTANCE = MANAGED_ARN.rsplit("/", 1)[1]


def test_quickstart_makes_three_users_changes_one_and_leaves_none(
    stack_factory: StackFactory,
) -> None:
    """What the README shows: up, no changes, one property, one call, down."""
    names = ("maryPassword", "arnavPassword", "nikkiPassword")
    stack = stack_factory(example="quickstart", secrets=dict.fromkeys(names, PASSWORD))
    connect = Local(stack.store)
    stack.up()
    users = [user["Username"] for user in connect.users(_INSTANCE)]
    assert users == ["arnav.desai", "mary.major", "nikki.wolf"]
    assert sorted(connect.changes()) == ["AssociateUserProficiencies"] + ["CreateUser"] * 3

    connect.mark()
    stack.up("--expect-no-changes")
    stack.edit('last_name="Major"', 'last_name="Stiles"')
    assert updates(stack.preview()) == {"mary-major": ["identityInfo.lastName"]}
    assert connect.changes() == []
    stack.up()
    assert connect.changes() == ["UpdateUserIdentityInfo"]

    stack.destroy()
    assert connect.users(_INSTANCE) == []
