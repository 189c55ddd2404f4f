"""Waits: for what Connect does not show yet, and for an agent's contacts to end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from ..core.errors import ApiError
from .run_context import RunContext

ONCE: Final = 1
FEW: Final = 4
"""So many attempts for an answer that is probably final."""
MOST: Final = 7
"""With pauses of 1, 2, 4 ... 32 seconds: a minute for what is not visible or not gone yet."""
T = TypeVar("T")


def retry(call: Callable[[], T], run: RunContext, attempts: Callable[[ApiError], int]) -> T:
    """The answer of a call, which is repeated with growing pauses while its error may pass.

    `attempts` says how often a call with this error is tried.
    """
    attempt = 1
    while True:
        try:
            return call()
        except ApiError as error:
            if attempt >= attempts(error):
                raise
        run.sleep(run.first_pause * 2 ** (attempt - 1))
        attempt += 1


def ticks(seconds: float, run: RunContext) -> Iterator[float]:
    """Seconds passed, repeatedly until `seconds` have; sleeps in between, 2 s on AWS.

    Raises EngineGone when the run has ended meanwhile.
    """
    begin = run.seconds()
    while True:
        passed = run.seconds() - begin
        yield min(passed, seconds)
        if passed >= seconds:
            return
        run.sleep(min(2 * run.first_pause, seconds - passed))
        run.before_change()
