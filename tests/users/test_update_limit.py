"""How many existing users one run may change."""

from dataclasses import replace

import pytest

from pulumi_connect_users.core.properties import Properties
from pulumi_connect_users.users.allowance import Allowance, Share
from pulumi_connect_users.users.inputs import KnownInputs, UserInputs
from pulumi_connect_users.users.update_limit import UpdateLimit

MARY = KnownInputs(
    instance_arn="arn", username="mary.major", attributes={"routingProfileId": "r-1"}
)


def _changed(username: str, changes: Properties) -> tuple[KnownInputs, UserInputs]:
    old = replace(MARY, username=username)
    return old, UserInputs.decode({**old.properties, **changes})


def test_users_beyond_the_limit_are_refused_with_a_count_and_names() -> None:
    """A user who is checked twice counts once."""
    limit = UpdateLimit(Allowance("maxUpdates", 2))

    reasons = [
        limit.foresee_update(*_changed(name, {"routingProfileId": "r-2"}))
        for name in ("anna", "zoe", "zoe", "mary")
    ]

    assert reasons[:3] == [None, None, None]
    assert reasons[3] == (
        "3 users would be updated (anna, zoe, mary), and connect:maxUpdates allows 2 in one run. "
        "This counts the users checked so far; more may follow. Check the program and its files; "
        "if this is intended, raise connect:maxUpdates, or set CONNECT_USERS_MAX_UPDATES for one "
        "run."
    )


def test_share_is_one_of_the_users_that_the_stack_manages() -> None:
    limit = UpdateLimit(Allowance("maxUpdates", Share(10), lambda: 45))
    users = {f"key-{n}": f"agent.{n}" for n in range(5)}

    assert limit.foresee(dict(list(users.items())[:4])) is None
    assert "connect:maxUpdates (10% of 45 users, at least 3) allows 4" in str(limit.foresee(users))


@pytest.mark.parametrize(
    "changes", [{}, {"onDelete": "wait"}, {"username": "mary.stiles"}], ids=["none", "own", "name"]
)
def test_user_about_whom_no_update_is_made_does_not_count(changes: Properties) -> None:
    """Options of this project change nothing in Connect; a replacement is a deletion."""
    assert (
        UpdateLimit(Allowance("maxUpdates", 0)).foresee_update(*_changed("mary.major", changes))
        is None
    )


def test_new_user_does_not_count() -> None:
    limit = UpdateLimit(Allowance("maxUpdates", 0))

    assert limit.foresee_update(None, UserInputs.decode(MARY.properties)) is None
