"""`pulumi policy analyze`: the pack on a state, without a program and without providers."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.engine.harness import Stack
from tests.policies.runs import AWS, DYNAMIC, NATIVE, cases, expected, settings, state, with_pack

Stacks = Callable[..., Stack]


def _analyze(stack: Stack, file: Path, config: dict[str, Any]) -> dict[str, Any]:
    options = with_pack(stack, config)
    result = stack.run("policy", "analyze", "--file", str(file), "--json", *options, expect=None)
    print(result.text[:3000])  # noqa: T201
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("type_", [DYNAMIC, AWS, NATIVE])
def test_analyze_of_a_state_finds_what_the_sdk_does(
    type_: str, stack_factory: Stacks, tmp_path: Path
) -> None:
    """The nightly scan: good and bad examples of every rule, of each single-user type."""
    named = cases(type_, "good", "bad")
    config = settings(type_)
    stack = stack_factory(program="")
    found = _analyze(stack, state(tmp_path, named), config)

    assert found == expected(named, config)
