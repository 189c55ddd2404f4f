"""Usernames that somebody has already: another resource of the program, or of nobody's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.harness import Stack
from tests.support.local_connect import Local
from tests.support.programs import MARY, program
from tests.support.provider_process import made_by_hand

StackFactory = Callable[..., Stack]
_LI = 'connect.User("li", **LI)'
_SAME = 'connect.User("li-again", **LI)'
_ROSTER = (
    'connect.UserRoster("west", instance=SAML, '
    'users={LI.pop("username"): {k: v for k, v in LI.items() if k != "instance"}})'
)


@pytest.mark.parametrize("second", [_SAME, _ROSTER])
def test_username_that_two_resources_claim_is_refused_at_the_preview(
    stack_factory: StackFactory, second: str
) -> None:
    """Connect would refuse the second creation only, with the rest of the program half done."""
    stack = stack_factory(program=program(_LI, second))

    result = stack.preview(expect=None)

    assert result.code != 0
    said = " ".join(result.text.split())
    assert "username: is that of another user of this program in the same instance" in said
    assert Local(stack.store).changes() == []


def test_username_that_moves_to_another_resource_is_no_claim_of_the_former(
    stack_factory: StackFactory,
) -> None:
    """What counts is what the program says now."""
    stack = stack_factory(program=program('connect.User("a", **LI)'))
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


def test_username_of_a_user_whom_nobody_manages_is_refused_at_the_preview(
    stack_factory: StackFactory,
) -> None:
    """Not in the middle of an `up`, with other users made already."""
    stack = stack_factory(program=MARY + "connect.User('li', **LI)\n")
    local = Local(stack.store)
    made_by_hand(local)
    local.mark()

    refused = stack.preview(expect=None)

    said = " ".join(refused.text.split())
    assert refused.code != 0
    assert "username: is taken by a user that no stack manages" in said
    assert "adopt=True" in said
    assert local.changes() == []


def test_renamed_resource_deletes_nobody_also_where_pulumi_goes_on_after_errors(
    stack_factory: StackFactory,
) -> None:
    """The new name is refused; nothing that follows from that may be a deletion."""
    stack = stack_factory(program=program('connect.User("a", **LI)'))
    stack.up()
    local = Local(stack.store)
    local.mark()
    stack.write_program(program('connect.User("b", **LI)'))

    said = " ".join(stack.preview(expect=None).text.split())
    assert "taken by another resource of this stack" in said
    assert "after renaming a resource, give it an alias" in said
    refused = stack.up("--continue-on-error", expect=None)

    assert refused.code != 0
    assert "DeleteUser" not in local.changes()
    stack.write_program(
        program('connect.User("b", **LI, opts=pulumi.ResourceOptions(aliases=[pulumi.Alias("a")]))')
    )
    stack.up()
    stack.preview("--expect-no-changes")
    assert "DeleteUser" not in local.changes()
