"""Usernames that are taken, as a preview finds them."""

from __future__ import annotations

import pytest

from pulumi_connect_users.lifecycle.check import check
from pulumi_connect_users.lifecycle.create import create
from tests.engine.programs import MANAGED_ARN
from tests.lifecycle.runs import OURS, THEIRS, Process, made_by_hand
from tests.unit.users import bag_of


def _refusals(process: Process, old: dict[str, object] | None = None, **changes: object) -> str:
    bag = bag_of("CONNECT_MANAGED", MANAGED_ARN, {"ownership": OURS, **changes})
    return " ".join(map(str, check(old, bag, process.session).failures))


def test_username_of_a_user_without_a_mark_is_refused_unless_it_is_adopted(
    process: Process,
) -> None:
    """Connect would refuse it at the creation only."""
    made_by_hand(process.local)

    assert "username: is taken by a user that no stack manages" in _refusals(process)
    assert _refusals(process, adopt=True) == ""


def test_username_of_another_stacks_user_is_refused_with_its_name(process: Process) -> None:
    """The mark tells whose it is."""
    create(process.inputs(ownership=THEIRS), process.connect)

    assert "is taken by a user of the stack organization/other/s" in _refusals(process)


@pytest.mark.parametrize("mark", [OURS, "organization/p/s#another"])
def test_username_of_a_user_of_this_stack_is_left_to_the_creation(
    process: Process, mark: str
) -> None:
    """A lost creation is ours, and another resource may give its name up in this very run."""
    create(process.inputs(ownership=mark), process.connect)

    assert _refusals(process) == ""


def test_user_that_is_in_state_is_not_looked_up(process: Process) -> None:
    """Only who is to come costs a call."""
    inputs = process.inputs()
    create(inputs, process.connect)
    process.local.mark()

    assert _refusals(process, inputs, tags={"Site": "2"}) == ""
    assert process.local.calls() == []


def test_username_that_cannot_be_looked_up_is_left_to_the_creation(process: Process) -> None:
    """Asked once: who may not search is not asked for each user again."""
    made_by_hand(process.local)
    process.faults({"operation": "SearchUsers", "kind": "access-denied"})

    assert _refusals(process) == ""
    process.local.mark()
    assert _refusals(process, username="nikki.wolf") == ""
    assert process.local.calls() == []
    (warning,) = process.warned
    assert warning.startswith("whether usernames are taken was not looked up: SearchUsers")
