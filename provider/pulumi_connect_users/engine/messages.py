"""Messages of a run in the front end's words, each at the resource that it is about."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from ..core.errors import ConnectUsersError
from ..core.messages import GO_BACK, error_message, notes
from ..core.properties import Properties

# Programs import this module too, and the model that failures know is slow to import.
if TYPE_CHECKING:
    from ..core.check_failure import Failure

Severity = Literal["info", "warning", "error"]
Show = Callable[[Severity, str, str | None], None]
"""Prints a text at the resource that it is about (its URN), if that is known."""


@dataclass(frozen=True)
class FrontEnd:
    """Pulumi's dynamic provider is one; its programs are written in Python."""

    show: Show
    words: Callable[[str], str] = str
    """Puts a text into the words of the front end's programs.

    The core writes them as Python does: `identity_info.email`, `adopt=True`, `connect:strict`.
    """


_subject: Final[ContextVar[str | None]] = ContextVar("subject", default=None)

Message = Callable[[ConnectUsersError], str]
"""The whole text of an error: doing, subject: cause. Remedy."""


def about_user(doing: str, props: Properties) -> Message:
    """Messages of an operation on one user."""

    def message(error: ConnectUsersError) -> str:
        text = error_message(error, doing, props)
        return f"{text} {GO_BACK}" if doing == "updating" and notes(error) else text

    return message


def about_roster(doing: str) -> Message:
    """Messages of an operation on a roster's users, which name the users already."""
    return lambda error: f"{doing} users of a roster: {error}"


class Log:
    """Passes messages to a front end, and words errors. Threads share it."""

    def __init__(self, front_end: FrontEnd) -> None:
        self._front_end = front_end
        self._lock = threading.Lock()

    @contextmanager
    def about(self, subject: str | None) -> Iterator[None]:
        """Messages of the calls made inside are about this resource (its URN), or the whole run."""
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

    def refuse(self, text: str) -> None:
        """Says why a resource is refused, for a front end that goes on to the next one."""
        self._show("error", text)

    def _show(self, severity: Severity, text: str) -> None:
        # The SDK writes a text and its line end apart (3.272): two threads would share a line.
        with self._lock:
            self._front_end.show(severity, self._front_end.words(text), _subject.get())

    def refusals(self, reasons: Iterable[Failure | ConnectUsersError | str]) -> tuple[str, ...]:
        """What check answers: each reason once, in order."""
        return tuple(sorted({self._front_end.words(str(reason).strip()) for reason in reasons}))

    @contextmanager
    def boundary(self, message: Message) -> Iterator[None]:
        """Raises errors again with their whole message, without the way through AWS's SDK."""
        try:
            yield
        except ConnectUsersError as error:
            raise error.reworded(self._front_end.words(message(error))) from None
