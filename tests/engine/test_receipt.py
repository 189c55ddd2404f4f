"""A run's receipt, through the real engine."""

import json
from collections import Counter

import pytest

from tests.support.harness import Stacks
from tests.support.programs import program

_TEAM = """
TEAM = {f"agent.{n}": {key: value for key, value in MARY.items()
    if key not in ("instance", "username", "password")} for n in range(3)}
"""
_PROGRAM = program(
    _TEAM,
    "connect.User('mary', **MARY)",
    "connect.UserRoster('team', instance=MANAGED, users=TEAM,",
    "    passwords=dict.fromkeys(TEAM, PASSWORD))",
)


@pytest.mark.parametrize("native", [False, True], ids=["dynamic", "native"])
def test_receipt_of_each_run_has_what_connect_was_asked_to_change(
    stacks: Stacks, native: bool
) -> None:
    """Of all processes and threads; a run without a change adds nothing."""
    stack = stacks(program=_PROGRAM, config={"connect:receipt": "receipts.jsonl"}, native=native)
    file = stack.folder / "receipts.jsonl"
    stack.preview()
    assert not file.exists()

    stack.up()
    stack.up("--expect-no-changes")
    stack.destroy()

    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert Counter(line["operation"] for line in lines) == Counter(stack.local.changes())
    assert {line["outcome"] for line in lines} == {"done"}
    assert {line["stack"] for line in lines} == {"organization/engine-test/dev"}
    assert len({line["run"] for line in lines}) == 2
    created = [line["username"] for line in lines if line["operation"] == "CreateUser"]
    assert sorted(created) == ["agent.0", "agent.1", "agent.2", "mary.major"]
    assert "example" not in file.read_text()
