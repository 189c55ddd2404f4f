"""What a provider process says: whole lines, also where many threads speak."""

from __future__ import annotations

import io
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from pulumi_connect_users.engine.run import inform, warn


class _Slow(io.StringIO):
    """A stream whose every write lets the other threads run."""

    def write(self, text: str) -> int:
        """Writes, and waits a moment."""
        written = super().write(text)
        time.sleep(0.001)
        return written


def test_messages_of_many_threads_stand_on_lines_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The SDK writes a text and its line end apart."""
    stream, threads = _Slow(), 8
    monkeypatch.setattr(sys, "stderr", stream)
    together = threading.Barrier(threads)

    def say(number: int) -> None:
        together.wait()
        (warn if number % 2 else inform)(f"agent.{number}")

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(say, range(threads)))

    kinds = ("info", "warning")
    expected = sorted(f"{kinds[number % 2]}: agent.{number}" for number in range(threads))
    assert sorted(stream.getvalue().splitlines()) == expected
