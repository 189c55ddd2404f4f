"""The lanes of the tests: what starts Pulumi stands in tests/engine, and nowhere else."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tools.checkout import ROOT

_TESTS = ROOT / "tests"


@cache
def _starts_pulumi(file: Path) -> bool:
    """Whether a module runs stacks: directly, or by way of another module of the tests."""
    if file == _TESTS / "support" / "harness.py":
        return True
    tree = ast.parse(file.read_text(encoding="utf-8"))
    arguments = {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    imported = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    modules = [ROOT / f"{name.replace('.', '/')}.py" for name in imported]
    others = [one for one in modules if one.is_relative_to(_TESTS) and one.exists()]
    return "stacks" in arguments or any(map(_starts_pulumi, others))


def test_only_tests_of_the_engine_start_pulumi() -> None:
    """Elsewhere neither a real stack nor the engine's folder is imported."""
    files = [*_TESTS.glob("*/**/test_*.py"), *_TESTS.glob("*/**/conftest.py")]
    starting = {file.relative_to(_TESTS).parts[0] for file in files if _starts_pulumi(file)}

    assert starting == {"engine"}


def test_this_test_is_in_the_fast_lane(request: pytest.FixtureRequest) -> None:
    """A test outside tests/engine that wants no stack has no marker."""
    assert [mark.name for mark in request.node.iter_markers()] == []
