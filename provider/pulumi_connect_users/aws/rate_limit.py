"""Rate limit: no request is sent before Amazon Connect would accept it.

A generic cell rate algorithm: one timestamp for each operation, account, Region and endpoint. The
timestamp is the theoretical arrival time (TAT) of the next request at the sustained rate; a burst
may run ahead of it by `burst - 1` intervals. Source of the defaults, 2 a second and a burst of 5
for each operation: Administrator guide, service quotas, API throttling.

One request of the burst is kept in reserve: requests take different times to arrive, and one that
overtakes another would meet an empty bucket.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

RECOVERY_SECONDS: Final = 60.0
"""How long a rate lowered by throttling takes to recover."""
_LOWERED: Final = 0.8
_LOWEST: Final = 0.1
"""Shares of the full rate: after one throttled answer, and the lowest."""
_SAME_THROTTLING_SECONDS: Final = 1.0
"""Throttled answers closer together than this lower the rate once."""
_FURTHEST_SECONDS: Final = 600.0
_MOST_WAITING: Final = 100
"""No queue is longer than both: a TAT beyond comes from a damaged file."""


@dataclass(frozen=True)
class Bucket:
    """The state of one key; times in seconds of the wall clock, rates a second."""

    tat: float = 0.0
    seen: float = 0.0
    """When it was last used: a time later than now means that the clock was set back."""
    lowered_to: float = 0.0
    """The rate right after the last throttling, if there was any."""
    throttled_at: float = 0.0
    """0: never."""


class Buckets(Protocol):
    """Where buckets are kept."""

    def change(self, key: str) -> AbstractContextManager[dict[str, Bucket]]:
        """Locks the bucket of a key: `{key: bucket}`, empty at first, is changed in place."""
        ...


def next_arrival(tat: float, now: float, rate: float, burst: int) -> tuple[float, float]:
    """The new TAT and how many seconds to wait; times in seconds, `rate` in requests a second."""
    interval = 1.0 / rate
    start = max(tat, now)
    wait = max(0.0, start - (burst - 1) * interval - now)
    return start + interval, wait


def current_rate(bucket: Bucket, now: float, full: float) -> float:
    """The rate in force: lowered by throttling, and growing back to the full one."""
    since = now - bucket.throttled_at
    if not bucket.throttled_at or since >= RECOVERY_SECONDS or since < 0:
        return full
    grown = bucket.lowered_to + full * since / RECOVERY_SECONDS
    return min(full, max(full * _LOWEST, grown))


def after_request(bucket: Bucket, now: float, full: float, burst: int) -> tuple[Bucket, float]:
    """The bucket after one more request, and how many seconds this one has to wait."""
    tat = bucket.tat
    furthest = max(_FURTHEST_SECONDS, (burst + _MOST_WAITING) / (full * _LOWEST))
    if now < bucket.seen - 1.0 or tat > now + furthest:
        tat = 0.0
    new, wait = next_arrival(tat, now, current_rate(bucket, now, full), max(1, burst - 1))
    return replace(bucket, tat=new, seen=now), wait


def after_throttling(bucket: Bucket, now: float, full: float, burst: int) -> Bucket:
    """The bucket after a throttled answer: a lower rate (once for several), an empty queue."""
    if 0 <= now - bucket.throttled_at < _SAME_THROTTLING_SECONDS:
        return replace(bucket, seen=now)
    lowered = max(full * _LOWEST, current_rate(bucket, now, full) * _LOWERED)
    spent = now + max(1, burst - 1) / lowered
    return Bucket(tat=spent, seen=now, lowered_to=lowered, throttled_at=now)


def is_cancelled(bucket: Bucket, asked: float, now: float) -> bool:
    """Whether a throttled answer has cancelled a turn given at `asked`."""
    return asked < bucket.throttled_at <= now


class OwnBuckets:
    """Buckets of this process alone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._buckets: dict[str, Bucket] = {}

    @contextmanager
    def change(self, key: str) -> Iterator[dict[str, Bucket]]:
        """See `Buckets`."""
        with self._lock:
            yield self._buckets


@dataclass
class RateLimiter:
    """Lets requests leave at a rate (requests a second). `rate` None: never waits."""

    rate: float | None
    burst: int = 5
    buckets: Buckets = field(default_factory=OwnBuckets)
    clock: Callable[[], float] = time.time
    """The wall clock: the only one that processes and machines share."""
    sleep: Callable[[float], None] = time.sleep

    def wait(self, key: str) -> None:
        """Blocks until a request of this key may leave."""
        if self.rate is None:
            return
        while True:
            with self.buckets.change(key) as buckets:
                asked = self.clock()
                bucket = buckets.get(key, Bucket())
                buckets[key], seconds = after_request(bucket, asked, self.rate, self.burst)
            if seconds <= 0:
                return
            self.sleep(seconds)
            with self.buckets.change(key) as buckets:
                if not is_cancelled(buckets.get(key, Bucket()), asked, self.clock()):
                    return

    def throttled(self, key: str) -> None:
        """Lowers the rate after a throttled answer."""
        if self.rate is None:
            return
        with self.buckets.change(key) as buckets:
            bucket = buckets.get(key, Bucket())
            buckets[key] = after_throttling(bucket, self.clock(), self.rate, self.burst)
