"""Pacing: no request leaves before Amazon Connect would take it.

A generic cell rate algorithm: one timestamp for each operation, account, Region and endpoint. The
timestamp is the theoretical arrival time (TAT) of the next request at the sustained rate; a burst
may run ahead of it by `burst - 1` intervals.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field


def next_arrival(tat: float, now: float, rate: float, burst: int) -> tuple[float, float]:
    """The new TAT and how many seconds to wait; times in seconds, `rate` in requests a second."""
    interval = 1.0 / rate
    start = max(tat, now)
    wait = max(0.0, start - (burst - 1) * interval - now)
    return start + interval, wait


@dataclass
class Pacer:
    """The clocks of one process. `rate` None: never waits."""

    rate: float | None
    burst: int = 5
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _arrivals: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, key: str) -> None:
        """Blocks until a request of this key may leave."""
        if self.rate is None:
            return
        with self._lock:
            now = self.clock()
            tat, seconds = next_arrival(self._arrivals.get(key, 0.0), now, self.rate, self.burst)
            self._arrivals[key] = tat
        if seconds > 0:
            self.sleep(seconds)

    def throttled(self, key: str) -> None:
        """Somebody else uses the quota too: the burst is spent, the next request waits its turn."""
        if self.rate is None:
            return
        with self._lock:
            spent = self.clock() + self.burst / self.rate
            self._arrivals[key] = max(self._arrivals.get(key, 0.0), spent)
