"""Refused resources of a program, all of them in one preview.

The engine stops at the first check that fails. So check logs each refusal as an error at its
resource, which alone fails nothing, and goes on; then one preview of a create or update fails, once
no check has come for a while. The others return at once: waiting ones would block the engine's
workers.
"""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Final

REFUSED: Final = "refused: see the errors of this resource"
_QUIET_SECONDS: Final = 0.5
_MOST_SECONDS: Final = 10.0
_PAUSE_SECONDS: Final = 0.05


class Refusals:
    """The refused resources of one process. Threads share it."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._reasons: dict[str, tuple[str, ...]] = {}
        self._checked_at = clock()
        self._is_failing = False

    def note_check(self, urn: str, reasons: Sequence[str]) -> None:
        """Remembers the outcome of a check; none is why a resource is fine now."""
        with self._lock:
            self._checked_at = self._clock()
            if reasons:
                self._reasons[urn] = tuple(reasons)
            else:
                self._reasons.pop(urn, None)

    def of(self, urn: str) -> tuple[str, ...]:
        """Why a resource is refused."""
        with self._lock:
            return self._reasons.get(urn, ())

    def fails_preview(self, urn: str) -> str | None:
        """Why the preview of a refused resource fails, None if it is another's turn to fail.

        The first to come waits for the checks that are still to come.
        """
        with self._lock:
            if self._is_failing or urn not in self._reasons:
                return None
            self._is_failing = True
        until = self._clock() + _MOST_SECONDS
        while self._clock() < min(until, self._quiet_at()):
            self._sleep(_PAUSE_SECONDS)
        with self._lock:
            count = len(self._reasons)
        return REFUSED + (f", and of {count - 1} more" if count > 1 else "")

    def _quiet_at(self) -> float:
        with self._lock:
            return self._checked_at + _QUIET_SECONDS
