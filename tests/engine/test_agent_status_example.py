"""The example `agent-status`, as its README tells to run it."""

from tests.support.contact_centre import INSTANCE, contact
from tests.support.harness import Stacks


def test_example_sets_statuses_for_each_shift(stacks: Stacks) -> None:
    """Two users and two statuses; another shift sets the statuses again, and nothing else.

    Both agents are Available still, one of them during a call: Connect refuses to set that again.
    """
    stack = stacks(example="agent-status", secrets={"password": "Corr3ctHorseBattery"})
    stack.up()
    assert sorted(stack.mutations()) == ["CreateUser"] * 2 + ["PutUserStatus"] * 2
    assert stack.outputs() == {"talking": 0}

    since = stack.connect.last_request()
    stack.connect.play_day(INSTANCE, [contact("mary.major", "call", "CONNECTED")])
    stack.set_config({"shift": "tuesday"})
    stack.up()

    assert stack.mutations(since) == ["PutUserStatus"] * 2
    again = stack.connect.requests(since, "PutUserStatus")
    assert {one.error_code for one in again} == {"InvalidRequestException"}
    assert stack.outputs() == {"talking": 1}
