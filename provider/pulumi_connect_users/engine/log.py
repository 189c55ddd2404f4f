"""Messages of a run: one at a time, each at the resource that it is about."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from .front_end import FrontEnd, Severity

_subject: Final[ContextVar[str | None]] = ContextVar("subject", default=None)


class Log:
    """Passes messages to a front end. Threads share it."""

    def __init__(self, front_end: FrontEnd) -> None:
        self._front_end = front_end
        self._lock = threading.Lock()

    @contextmanager
    def about(self, subject: str) -> Iterator[None]:
        """Messages of the calls made inside are about this resource (its URN)."""
        token = _subject.set(subject)
        try:
            yield
        finally:
            _subject.reset(token)

    def inform(self, text: str) -> None:
        """Says how something goes on."""
        self._show("info", text)

    def warn(self, text: str) -> None:
        """Says what may be wrong."""
        self._show("warning", text)

    def _show(self, severity: Severity, text: str) -> None:
        # The SDK writes a text and its line end apart (3.272): two threads would share a line.
        with self._lock:
            self._front_end.show(severity, self._front_end.words(text), _subject.get())
