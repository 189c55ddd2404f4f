"""The quickstart, as `make up` and `make down` run it."""

from tests.support.harness import Stacks
from tests.support.programs import MANAGED_ID, PASSWORD, updates


def test_quickstart_makes_three_users_changes_one_and_leaves_none(stacks: Stacks) -> None:
    """What the README shows: up, no changes, one property, one call, down."""
    names = ("maryPassword", "arnavPassword", "nikkiPassword")
    stack = stacks(example="quickstart", secrets=dict.fromkeys(names, PASSWORD))
    connect = stack.local
    stack.up()
    users = [user["Username"] for user in connect.users(MANAGED_ID)]
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
    assert connect.users(MANAGED_ID) == []
