"""The lanes of the tests: what starts Pulumi stands in tests/engine, and nowhere else."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tools.checkout import ROOT

_TESTS = ROOT / "tests"


def _starts_pulumi(file: Path) -> bool:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    imported = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    arguments = {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    return "tests.support.harness" in imported or "stack_factory" in arguments


def test_only_tests_of_the_engine_start_pulumi() -> None:
    """Elsewhere neither a real stack nor the engine's folder is imported."""
    files = [*_TESTS.glob("*/**/test_*.py"), *_TESTS.glob("*/**/conftest.py")]
    starting = {file.relative_to(_TESTS).parts[0] for file in files if _starts_pulumi(file)}

    assert starting == {"engine"}


def test_this_test_is_in_the_fast_lane(request: pytest.FixtureRequest) -> None:
    """A test outside tests/engine that wants no stack has no marker."""
    assert [mark.name for mark in request.node.iter_markers()] == []
