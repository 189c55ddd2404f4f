"""Which forms of a state are read, and what is said of the others."""

import json
from typing import Any

import pytest

from pulumi_connect_users.core.errors import UnknownState
from pulumi_connect_users.core.ownership import OwnershipMark, mark_of_inputs
from pulumi_connect_users.roster.batch import BatchInputs
from pulumi_connect_users.users.state import FORMAT, STATE_FORMAT
from pulumi_connect_users.users.state_format import (
    inputs_of_user,
    state_of_batch,
    state_of_status,
    state_of_user,
    with_format,
)

INSTANCE = "arn:aws:connect:us-west-2:000000000000:instance/11111111-1111-4111-8111-111111111111"
STACK = "organization/project/dev"
HEX = "0123456789abcdef0123"
USER = {"username": "mary.major", "instanceArn": INSTANCE, "ownership": f"{STACK}#abcdefgh"}
BATCH: dict[str, Any] = {
    "instanceArn": INSTANCE,
    "ownership": f"{STACK}#abcdefgh",
    "users": {"mary.major": json.dumps({"routingProfileId": "1"})},
    "userIds": {"mary.major": "2"},
}
STATUS = {"userArn": f"{INSTANCE}/agent/2", "agentStatusId": "3"}


def _user(properties: Any) -> Any:
    """A user's outputs, read and written again."""
    return state_of_user(properties, f"{INSTANCE}/agent/2").outputs


READERS = [(_user, USER), (state_of_batch, BATCH), (state_of_status, STATUS)]


@pytest.mark.parametrize(("read", "state"), READERS, ids=["user", "batch", "status"])
def test_state_with_and_without_a_number_of_its_format_is_read(read: Any, state: Any) -> None:
    """None means the first version's form."""
    assert read(state) == state
    assert read(with_format(state)) == {**state, STATE_FORMAT: FORMAT}


def test_new_resource_has_no_state() -> None:
    """The engine hands over an empty one."""
    assert inputs_of_user({}) is None
    assert state_of_batch({}) == state_of_status({}) == {}


@pytest.mark.parametrize(("read", "state"), READERS, ids=["user", "batch", "status"])
def test_state_of_a_newer_format_asks_for_an_upgrade(read: Any, state: Any) -> None:
    """Whatever else is in it."""
    with pytest.raises(UnknownState, match=r"has format 2, .* up to 1.*Upgrade the package"):
        read({**state, STATE_FORMAT: 2, "ownership": ["of", "tomorrow"]})


@pytest.mark.parametrize("number", [0, -1, True, "1", 1.5, [], {}], ids=repr)
def test_number_that_is_none_is_an_unknown_form(number: object) -> None:
    """Nobody wrote it."""
    with pytest.raises(UnknownState, match=r"see stateFormat"):
        _user({**USER, STATE_FORMAT: number})


def test_mark_as_a_map_is_read_as_the_text_it_became() -> None:
    """States before 0469dcc's predecessor dc67ade hold it so, with a longer hash."""
    old: dict[str, Any] = {**USER, "ownership": {"stack": STACK, "resource": HEX}, "userId": "2"}

    state = state_of_user(old, f"{INSTANCE}/agent/2")

    assert state.outputs["ownership"] == f"{STACK}#{HEX}"
    assert state.mark == mark_of_inputs(old) == OwnershipMark(STACK, HEX)
    assert state_of_user(state.outputs, state.user_arn) == state


def test_users_of_a_roster_whose_mark_is_a_map_have_marks_of_that_time() -> None:
    """The tags that they carry in Connect: 20 hexadecimal digits of the same hash's beginning."""
    batch = state_of_batch({**BATCH, "ownership": {"stack": STACK, "resource": HEX}})

    mark = BatchInputs.decode(batch).user("mary.major").mark

    assert mark == OwnershipMark(STACK, "c3dea501f416ec7359f0")


@pytest.mark.parametrize(
    "ownership",
    [
        [],
        ["a", "b"],
        7,
        True,
        "",
        "no hash",
        f"{STACK}#",
        "#abcdefgh",
        f"{STACK}#ABCDEFGH",
        f"{STACK}#{HEX}0",
        {},
        {"stack": STACK},
        {"stack": STACK, "resource": "abc"},
        {"owner": STACK, "id": HEX},
    ],
    ids=repr,
)
@pytest.mark.parametrize(("read", "state"), READERS[:2], ids=["user", "batch"])
def test_unknown_mark_is_refused_with_a_way_out(read: Any, state: Any, ownership: object) -> None:
    """It is not somebody else's: trials of the first version's destroy left 31 users behind."""
    with pytest.raises(UnknownState) as refusal:
        read({**state, "ownership": ownership})

    text = str(refusal.value)
    assert "see ownership" in text
    for way in ("pulumi stack import", "pulumi state delete", "adopt=True"):
        assert way in text


@pytest.mark.parametrize(
    ("key", "value"),
    [("username", None), ("username", {"name": "mary"}), ("instanceArn", 3), ("instanceArn", "")],
)
def test_user_without_its_texts_is_an_unknown_form(key: str, value: object) -> None:
    """Who it is and where."""
    with pytest.raises(UnknownState, match=f"see {key}"):
        _user({**USER, key: value})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("users", {"mary.major": {"routingProfileId": "1"}}),
        ("users", {"mary.major": "[]"}),
        ("users", {"mary.major": "no json"}),
        ("users", [{"username": "mary.major"}]),
        ("userIds", {}),
        ("userIds", {"mary.major": 2}),
        ("userIds", ["2"]),
        ("lastModifiedTimes", "2026"),
        ("passwords", {"mary.major": {"hash": "x"}}),
        ("instanceArn", None),
    ],
)
def test_batch_of_another_form_is_refused(key: str, value: Any) -> None:
    """Users as maps or lists, users without ids: nobody of them is forgotten."""
    with pytest.raises(UnknownState, match=f"see {key}"):
        state_of_batch({**BATCH, key: value})


def test_inputs_of_a_batch_need_no_ids() -> None:
    """Check gets inputs, which hold what the program says alone."""
    inputs = {k: v for k, v in BATCH.items() if k != "userIds"}

    assert state_of_batch(inputs, outputs=False) == inputs
