"""A sign of life from commands that take long, on terminals."""

import sys
import time
from threading import Event, Thread
from types import TracebackType

import click

_FIRST, _NEXT = 2.0, 10.0
"""Seconds of silence before the first line, and between the others."""


class Working:
    """Says every few seconds that the command still works; a log gets no such lines."""

    def __init__(self) -> None:
        self._end = Event()
        self._began = time.monotonic()

    def __enter__(self) -> "Working":
        if sys.stderr.isatty():
            Thread(target=self._report, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def end(self) -> None:
        """No more lines."""
        self._end.set()

    def _report(self) -> None:
        pause = _FIRST
        while not self._end.wait(pause):
            seconds = time.monotonic() - self._began
            click.echo(f"connect-users: still working ({seconds:.0f} s)", err=True)
            pause = _NEXT


def own_progress() -> None:
    """Leaves the terminal to a command that shows its progress, asks, or runs until interrupted."""
    working = click.get_current_context().find_object(Working)
    if working is not None:
        working.end()
