"""Turns errors and refusals into texts of one line each, in the front end's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..core.errors import ConnectUsersError
from ..core.messages import GO_BACK, error_message, notes
from ..core.properties import Properties

# Programs import this module too, and the model that failures know is slow to import.
if TYPE_CHECKING:
    from ..core.check_failure import Failure

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


class Diagnostics:
    """Texts in the words of one front end."""

    def __init__(self, words: Callable[[str], str]) -> None:
        self._words = words

    def refusals(self, reasons: Iterable[Failure | ConnectUsersError | str]) -> tuple[str, ...]:
        """What check answers: each reason once, in order."""
        return tuple(sorted({self._words(str(reason).strip()) for reason in reasons}))

    @contextmanager
    def boundary(self, message: Message) -> Iterator[None]:
        """Raises errors again with their whole message, without the way through AWS's SDK."""
        try:
            yield
        except ConnectUsersError as error:
            raise type(error)(self._words(message(error))) from None
