"""`UserRoster`: what it refuses before anything is registered, and what its batches inherit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import pulumi_connect_users as connect
from tests.engine.harness import Stack
from tests.engine.local import Local
from tests.engine.programs import SAML_ARN, program

MARY: dict[str, Any] = {"identity_info": {"first_name": "Mary", "last_name": "Major"}}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"users": {"mary": {"frist_name": "Mary"}}}, "unknown argument 'frist_name'"),
        ({"users": {"mary": {"password": "Corr3ctHorse"}}}, "give passwords={username: secret}"),
        ({"users": {"mary@example.com": {"team": "x"}}}, "mary@example.com: unknown team"),
        ({"users": {"mary@example.com ": MARY}}, r"blanks around them: \['mary@example.com '\]"),
        ({"users": {"mary": MARY}, "released": "li.juan"}, r"released=\[username\]"),
        ({"users": {"mary": MARY}, "on_remove": "keep"}, "on_remove is 'delete' or 'retain'"),
        (
            {"users": {"mary": MARY}, "passwords": {"li@example.com": "Corr3ctHorse"}},
            "that are not in it: li@example.com$",
        ),
    ],
)
def test_mistake_is_refused_before_anything_is_registered(
    arguments: dict[str, Any], said: str
) -> None:
    """In words that name the user as far as that is nobody's e-mail address, and no password."""
    with pytest.raises((TypeError, ValueError), match=said) as refused:
        connect.UserRoster("west", instance=SAML_ARN, **arguments)
    assert "Corr3ctHorse" not in str(refused.value)


def test_users_of_a_roster_are_made_after_what_the_roster_depends_on(
    stack_factory: Callable[..., Stack],
) -> None:
    """A component's depends_on is none of its children's unless they are given it."""
    stack = stack_factory(
        program=program(
            'li = connect.User("li", **LI)',
            "own = {k: v for k, v in LI.items() if k not in ('instance', 'username')}",
            'connect.UserRoster("west", instance=SAML, users={"mary.major": own},',
            "                   opts=pulumi.ResourceOptions(depends_on=[li]))",
        )
    )

    stack.up()

    (li,) = stack.resources("connect:User")
    batches = stack.resources("connect:UserBatch")
    assert [b["urn"] for b in batches if b["dependencies"] != [li["urn"]]] == []
    assert len(Local(stack.store).users(SAML_ARN.rsplit("/", 1)[1])) == 2


def test_status_of_a_rosters_user_is_asked_for_by_its_arn() -> None:
    """An output for `user` would fail when it is known, in words that name neither."""
    mary: Any = "1a2b3c4d-1111-4111-8111-111111111111"
    with pytest.raises(TypeError, match="user is a User; give others, and a roster's, as user_arn"):
        connect.UserStatus("mary-status", user=mary, agent_status="Available")
