"""Fixtures of every kind of test."""

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.support.harness import Stack

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell's background jobs begin with Ctrl-C ignored, and so would all that a test starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def stack_factory(tmp_path: Path) -> Iterator[Callable[..., Stack]]:
    """Makes stacks of this test's own for the real `pulumi`; see `Stack` for the arguments."""
    with ExitStack() as stacks:
        count = 0

        def make(**arguments: Any) -> Stack:
            nonlocal count
            count += 1
            return stacks.enter_context(Stack(tmp_path / f"stack-{count}", **arguments))

        yield make
