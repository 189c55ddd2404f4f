"""Every attribute of a user is set, changed and cleared through the real engine, call by call."""

from collections.abc import Mapping
from typing import Any

import pytest

import pulumi_connect_users as connect
from pulumi_connect_users.model.attributes import attributes
from pulumi_connect_users.model.facts import Role
from pulumi_connect_users.native.words import in_wire_words
from tests.engine.attribute_rows import ELSEWHERE, ROWS, Row
from tests.engine.attribute_stack import AttributeStack
from tests.support.harness import Stacks

_OPTIONS = {a.program for a in attributes() if a.facts.role is Role.OPTION}
_NEEDED_BY_THE_CLASS = ("instance", "username")
"""Arguments without which the program itself stops."""


def _made(outcomes: Mapping[str, tuple[str, ...] | str]) -> dict[str, list[str]]:
    """The calls by row, of those that have any."""
    calls = {n: sorted(o) for n, o in outcomes.items() if not isinstance(o, str)}
    return {name: operations for name, operations in calls.items() if operations}


def test_every_attribute_of_the_model_has_a_row() -> None:
    """An attribute that nobody has seen set, changed and cleared is not supported."""
    roles = (Role.ATTRIBUTE, Role.NAME, Role.OPTION)
    known = {a.program for a in attributes() if a.facts.role in roles} - {"instance_arn"}
    shown = {row.attribute.replace(".0.", ".") for row in ROWS} - {"instance"}

    assert shown | set(ELSEWHERE) == known
    assert not shown & set(ELSEWHERE)
    assert len({row.name for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("native", [False, True], ids=["dynamic", "native"])
def test_every_attribute_is_set_changed_and_cleared_by_its_own_calls(
    stacks: Stacks, native: bool
) -> None:
    attribute_stack = AttributeStack(stacks(native=native))
    stages: dict[str, str] = {}
    attribute_stack.write(ROWS, stages)
    assert attribute_stack.up() == _made({row.name: row.create for row in ROWS})

    moving = [row for row in ROWS if not isinstance(row.change, str)]
    stages |= {row.name: "second" for row in moving}
    attribute_stack.write(ROWS, stages)
    assert attribute_stack.up() == _made({row.name: row.change for row in moving})
    told = [r for r in moving if r.first is not None and r.attribute not in (*_OPTIONS, "instance")]
    assert attribute_stack.live(told) == {
        row.name: attribute_stack.expected(row, row.second) for row in told
    }

    clearing = [row for row in ROWS if not isinstance(row.clear, str)]
    stages |= {row.name: "clear" for row in clearing}
    attribute_stack.write(ROWS, stages)
    assert attribute_stack.up() == _made({row.name: row.clear for row in clearing})
    told = [row for row in clearing if row.attribute not in _OPTIONS]
    assert attribute_stack.live(told) == {row.name: None for row in told}
    attribute_stack.stack.preview("--expect-no-changes")

    # What no call does is refused. For dynamic providers the engine stops at the first user that
    # is: the rest is asked of check itself, with the state that the engine has stored.
    kept = [row for row in ROWS if isinstance(row.change, str)]
    refused = kept if native else kept[:1]
    attribute_stack.write(ROWS, stages | {row.name: "second" for row in refused})
    said = attribute_stack.stack.preview(expect="failure").text
    words = in_wire_words if native else str
    assert [row for row in refused if words(str(row.change)) not in said] == []
    for row in kept:
        assert [r for r in attribute_stack.refusals(row, "second") if str(row.change) in r], row
    for row in ROWS:
        if isinstance(row.clear, str) and row.attribute not in _NEEDED_BY_THE_CLASS:
            assert [r for r in attribute_stack.refusals(row, "clear") if row.clear in r], row


@pytest.mark.parametrize("row", [r for r in ROWS if r.attribute in _NEEDED_BY_THE_CLASS])
def test_argument_that_every_user_needs_is_missed_by_the_program(row: Row) -> None:
    """Without instance or username the program stops at the line that lacks it."""
    given: Any = {"instance": "i", "username": "u"}
    del given[row.attribute]

    with pytest.raises(TypeError, match=str(row.clear)):
        connect.User("somebody", **given)
