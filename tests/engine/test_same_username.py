"""Usernames that somebody has already: another resource of the program, or of nobody's."""

import pytest

from tests.support.harness import Stacks
from tests.support.programs import MARY, program

_LI = 'connect.User("li", **LI)'
_SAME = 'connect.User("li-again", **LI)'
_ROSTER = (
    'connect.UserRoster("west", instance=SAML, '
    'users={LI.pop("username"): {k: v for k, v in LI.items() if k != "instance"}})'
)


@pytest.mark.parametrize("second", [_SAME, _ROSTER])
def test_username_that_two_resources_claim_is_refused_at_the_preview(
    stacks: Stacks, second: str
) -> None:
    """Connect would refuse the second creation only, with the rest of the program half done."""
    stack = stacks(program=program(_LI, second))

    said = stack.preview(expect="failure").one_line

    assert "username: is used by another user of this program in the same instance" in said
    assert stack.local.changes() == []


def test_username_that_moves_to_another_resource_is_no_claim_of_the_former(stacks: Stacks) -> None:
    stack = stacks(program=program('connect.User("a", **LI)'))
    stack.up()
    stack.write_program(
        program(
            'connect.User("a", **LI | dict(username="other@example.com"))',
            'connect.User("b", adopt=True, **LI)',
        )
    )

    stack.preview()
    stack.up()

    stack.preview("--expect-no-changes")


def test_username_of_a_user_whom_nobody_manages_is_refused_at_the_preview(stacks: Stacks) -> None:
    """Not in the middle of an `up`, with other users made already."""
    stack = stacks(program=MARY + "connect.User('li', **LI)\n")
    local = stack.local
    local.add_user()
    local.mark()

    said = stack.preview(expect="failure").one_line

    assert "username: is taken by a user that no stack manages" in said
    assert "adopt=True" in said
    assert local.changes() == []


def test_renamed_resource_deletes_nobody_with_continue_on_error(stacks: Stacks) -> None:
    """The new name is refused; nothing that follows from that may be a deletion."""
    stack = stacks(program=program('connect.User("a", **LI)'))
    stack.up()
    local = stack.local
    local.mark()
    stack.write_program(program('connect.User("b", **LI)'))

    said = stack.preview(expect=None).one_line
    assert "taken by another resource of this stack" in said
    assert "after renaming a resource, give it an alias" in said
    stack.up("--continue-on-error", expect="failure")

    assert "DeleteUser" not in local.changes()
    stack.write_program(
        program('connect.User("b", **LI, opts=pulumi.ResourceOptions(aliases=[pulumi.Alias("a")]))')
    )
    stack.up()
    stack.preview("--expect-no-changes")
    assert "DeleteUser" not in local.changes()
