"""Pacing against the bucket that Connect documents: never empty, hardly slower than it allows."""

import heapq
import itertools
import random
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_connect_users.aws.rate_limit import (
    RECOVERY_SECONDS,
    Bucket,
    RateLimiter,
    after_request,
    after_throttling,
    current_rate,
    is_cancelled,
)

RATE, BURST = 2.0, 5


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self, now: float = 1_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        """Now."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Lets time pass."""
        self.now += seconds


class TokenBucket:
    """The quota as AWS describes it: `BURST` tokens, `RATE` new ones a second."""

    def __init__(self) -> None:
        self._tokens, self._at = float(BURST), 0.0

    def takes(self, now: float) -> bool:
        """Whether a request that arrives now is answered."""
        self._tokens = min(BURST, self._tokens + max(0.0, now - self._at) * RATE)
        self._at = max(now, self._at)
        if self._tokens < 1 - 1e-6:
            return False
        self._tokens -= 1
        return True


@given(
    gaps=st.lists(st.floats(0, 5), min_size=1, max_size=60),
    delays=st.lists(st.floats(0, 0.45), min_size=60, max_size=60),
)
def test_requests_that_take_unequally_long_to_arrive_never_meet_an_empty_bucket(
    gaps: list[float], delays: list[float]
) -> None:
    """Whenever requests are asked for, and up to 0.45 s of jitter, no answer is throttled."""
    clock = Clock()
    rate_limiter = RateLimiter(RATE, BURST, clock=clock, sleep=clock.sleep)
    arrivals = []
    for gap, delay in zip(gaps, delays, strict=False):
        clock.sleep(gap)
        rate_limiter.wait("CreateUser")
        arrivals.append(clock.now + delay)
    quota = TokenBucket()
    assert all(quota.takes(at) for at in sorted(arrivals))


def test_two_hundred_requests_take_at_most_one_percent_longer_than_the_quota() -> None:
    """The floor of 200 requests at 2 a second and a burst of 5 is 97.5 seconds."""
    clock = Clock()
    rate_limiter = RateLimiter(RATE, BURST, clock=clock, sleep=clock.sleep)
    began = clock.now
    for _ in range(200):
        rate_limiter.wait("CreateUser")
    assert 97.5 <= clock.now - began <= 97.5 * 1.01


def test_each_operation_has_a_pace_of_its_own() -> None:
    """A queue at one operation delays no other."""
    clock = Clock()
    rate_limiter = RateLimiter(RATE, BURST, clock=clock, sleep=clock.sleep)
    for _ in range(50):
        rate_limiter.wait("CreateUser")
    before = clock.now
    rate_limiter.wait("DescribeUser")
    assert before == clock.now


def test_throttled_answers_lower_the_rate_and_time_brings_it_back() -> None:
    """Down by a fifth for each throttling, up again within a minute, never above the full rate."""
    now = 1_000_000.0
    bucket = after_throttling(Bucket(), now, RATE, BURST)
    assert round(current_rate(bucket, now, RATE), 6) == 1.6
    again = after_throttling(bucket, now + 0.2, RATE, BURST)
    assert current_rate(again, now, RATE) == current_rate(bucket, now, RATE), "one throttling"
    lower = after_throttling(again, now + 2, RATE, BURST)
    assert current_rate(lower, now + 2, RATE) < 1.6
    rates = [current_rate(lower, now + 2 + t, RATE) for t in range(0, 70, 5)]
    assert rates == sorted(rates)
    assert current_rate(lower, now + 2 + RECOVERY_SECONDS, RATE) == RATE


@given(st.integers(1, 200))
def test_rate_never_falls_below_a_tenth(times: int) -> None:
    """However often somebody else wins, requests go on."""
    bucket, now = Bucket(), 1_000_000.0
    for _ in range(times):
        now += 1.5
        bucket = after_throttling(bucket, now, RATE, BURST)
    assert current_rate(bucket, now, RATE) >= RATE / 10


def beside_another_client(waiting: int, gap: float) -> tuple[float, int, int]:
    """200 requests by so many threads, while another client makes one every `gap` seconds.

    Returns the time from the first answer to the last as a multiple of the quota's floor, our
    throttled answers and theirs. Time is simulated: nothing here waits.
    """
    quota, bucket, tell = TokenBucket(), Bucket(), itertools.count()
    # Answers take unequally long: two clients in step would see the same of them win each time.
    delay = partial(random.Random(waiting).uniform, 0, 0.2)
    answered: list[float] = []
    throttled, begun = {"ours": 0, "theirs": 0}, 1_000_000.0
    asked = dict.fromkeys(range(waiting), begun)
    events = [(begun, next(tell), "asks", thread) for thread in asked]
    heapq.heappush(events, (begun + gap, next(tell), "theirs", -1))
    while len(answered) < 200:
        now, _, event, thread = heapq.heappop(events)
        if event == "theirs":
            throttled["theirs"] += not quota.takes(now)
            heapq.heappush(events, (now + gap + delay() - 0.1, next(tell), "theirs", -1))
        elif event == "asks" or is_cancelled(bucket, asked[thread], now):
            asked[thread] = now
            bucket, wait = after_request(bucket, now, RATE, BURST)
            heapq.heappush(events, (now + wait + delay(), next(tell), "sends", thread))
        else:
            if quota.takes(now):
                answered.append(now)
            else:
                throttled["ours"] += 1
                bucket = after_throttling(bucket, now, RATE, BURST)
            heapq.heappush(events, (now + delay(), next(tell), "asks", thread))
    return (answered[-1] - answered[0]) / 97.5, throttled["ours"], throttled["theirs"]


@pytest.mark.parametrize("waiting", [1, 4, 16])
def test_half_of_the_quota_in_other_hands_leaves_us_the_other_half(waiting: int) -> None:
    """However many wait: in the time that half a quota takes, with few throttled on either side."""
    times, ours, theirs = beside_another_client(waiting, gap=1.0)
    assert times <= 2.1
    assert ours <= 30
    assert theirs <= 30


def test_client_that_takes_all_it_can_get_does_not_stop_us() -> None:
    """Beside somebody who asks for the whole quota and never backs off, our lowest rate holds."""
    times, _, _ = beside_another_client(16, gap=0.5)
    assert times <= 10


def test_turn_given_before_a_throttled_answer_is_given_anew() -> None:
    """Who waits when somebody is throttled waits for the new rate; once is enough."""
    clock, slept = Clock(), list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock.sleep(seconds)
        if len(slept) == 1:
            rate_limiter.throttled("CreateUser")

    rate_limiter = RateLimiter(RATE, BURST, clock=clock, sleep=sleep)
    for _ in range(BURST):
        rate_limiter.wait("CreateUser")

    assert slept == pytest.approx([0.5, 1 / 1.6])


def test_clock_that_was_set_back_does_not_stop_requests() -> None:
    """A time from the future is not waited for."""
    bucket, _ = after_request(Bucket(), 2_000_000.0, RATE, BURST)
    _, wait = after_request(bucket, 1_000_000.0, RATE, BURST)
    assert wait == 0


def test_clock_that_was_set_forward_and_back_costs_one_burst() -> None:
    """An hour that was not is forgotten at the first request, and the pace holds from there on."""
    clock = Clock()
    rate_limiter = RateLimiter(RATE, BURST, clock=clock, sleep=clock.sleep)
    for jump in (3600.0, -3600.0):
        for _ in range(20):
            rate_limiter.wait("CreateUser")
        clock.now += jump
    began = clock.now
    for _ in range(20):
        rate_limiter.wait("CreateUser")
    assert clock.now - began == pytest.approx(8.0)


@pytest.mark.parametrize(("rate", "burst"), [(0.01, 5), (0.05, 5), (1.0, 1000)])
def test_long_queue_at_a_low_rate_or_large_burst_keeps_its_pace(rate: float, burst: int) -> None:
    """Threads of several processes wait for longer than ten minutes; none overtakes."""
    slept = list[float]()
    rate_limiter = RateLimiter(rate, burst, clock=lambda: 1_000_000.0, sleep=slept.append)
    for _ in range(burst - 1 + 60):
        rate_limiter.wait("CreateUser")
    assert slept == pytest.approx([n / rate for n in range(1, 61)])
