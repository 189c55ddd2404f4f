"""What counts as a deletion: those that were made, that may have been, and that are under way."""

from dataclasses import replace

import pytest

from pulumi_connect_users.core.errors import DeletionRefused, DeletionsExhausted
from pulumi_connect_users.core.properties import Value
from pulumi_connect_users.core.unknowns import UNKNOWN
from pulumi_connect_users.users.allowance import Allowance, Share
from pulumi_connect_users.users.deletion_limit import DeletionLimit, key_of
from pulumi_connect_users.users.inputs import KnownInputs, UserInputs


def test_deletions_of_several_threads_at_once_are_counted_together() -> None:
    """Two that both look before either is done must not both go."""
    deletion_limit = DeletionLimit(Allowance("maxDeletes", 1))

    told = pytest.raises(DeletionsExhausted, match="0 users were already deleted, 1 more are being")
    with deletion_limit.deletion(), told:
        deletion_limit.deletion().__enter__()

    with pytest.raises(DeletionsExhausted, match=r"1 user was already deleted\. This one"):
        deletion_limit.deletion().__enter__()


def test_users_foreseen_take_the_deletions_of_a_run_before_any_is_made() -> None:
    """Nobody is deleted once too many would be; a user who is checked twice counts once."""
    deletion_limit = DeletionLimit(Allowance("maxDeletes", 2))
    old = KnownInputs(instance_arn="arn", username="", attributes={"routingProfileId": "r-1"})

    reasons = [
        deletion_limit.foresee_replacement(
            replace(old, username=name), replace(old, username=f"{name}.new")
        )
        for name in ("anna", "zoe", "zoe", "mary")
    ]

    assert reasons[:3] == [None, None, None]
    assert str(reasons[3]).startswith(
        "3 users would be replaced (deleted) because of a changed username "
        "(anna, zoe, mary), and connect:maxDeletes allows 2 in one run."
    )
    with pytest.raises(DeletionsExhausted, match="0 users were already deleted, 3 more would be"):
        deletion_limit.deletion(key_of("arn", "anna")).__enter__()


def test_replaced_user_and_leavers_are_told_apart() -> None:
    """One message for both, in the singular where that is so."""
    deletion_limit = DeletionLimit(Allowance("maxDeletes", 1))
    old = KnownInputs(instance_arn="arn", username="anna", attributes={})

    assert deletion_limit.foresee_replacement(old, replace(old, username="zoe")) is None
    reason = deletion_limit.foresee([key_of("arn", "mary")])

    assert str(reason).startswith(
        "1 user would be replaced (deleted) because of a changed username (anna) "
        "and 1 user of rosters would be deleted, and connect:maxDeletes allows 1 in one run."
    )


@pytest.mark.parametrize(("managed", "allowed"), [(0, 3), (40, 3), (100, 5), (119, 5)])
def test_share_allows_some_of_the_users_that_the_stack_manages(managed: int, allowed: int) -> None:
    """Rounded down, and never fewer than three."""
    deletion_limit = DeletionLimit(Allowance("maxDeletes", Share(5), lambda: managed))
    users = [key_of("arn", f"agent.{n}") for n in range(allowed + 1)]

    assert deletion_limit.foresee(users[:allowed]) is None
    reason = str(deletion_limit.foresee(users))

    assert f"connect:maxDeletes (5% of {managed} users, at least 3) allows {allowed} in" in reason
    with pytest.raises(DeletionsExhausted, match=f"allows {allowed} in one run: 0 users were"):
        deletion_limit.deletion().__enter__()


@pytest.mark.parametrize("change", [{"username": UNKNOWN}, {"routingProfileId": "r-2"}, {}])
def test_user_who_stays_or_may_stay_is_not_foreseen(change: dict[str, Value]) -> None:
    """What a preview does not know may be what it was."""
    old = KnownInputs(instance_arn="arn", username="anna", attributes={"routingProfileId": "r-1"})
    new = UserInputs.decode({**old.properties, **change})

    assert DeletionLimit(Allowance("maxDeletes", 0)).foresee_replacement(old, new) is None
    assert DeletionLimit(Allowance("maxDeletes", 0)).foresee_replacement(None, old) is None


def test_place_to_wait_in_is_given_back() -> None:
    """However the wait ends."""
    deletion_limit = DeletionLimit(Allowance("maxDeletes", None), waiters=1)

    with (
        deletion_limit.waiting(),
        pytest.raises(DeletionRefused, match="1 other deletions are already waiting"),
    ):
        deletion_limit.waiting().__enter__()
    with pytest.raises(ValueError, match="no"), deletion_limit.waiting():
        raise ValueError("no")

    with deletion_limit.waiting():
        pass
