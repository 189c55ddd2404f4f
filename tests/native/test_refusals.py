"""Refusals of many resources in one preview."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from pulumi_connect_users.native.refusals import REFUSED, Refusals


@dataclass
class Time:
    """A clock that runs while something sleeps; `during` happens then."""

    now: float = 0
    during: list[Callable[[], None]] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        """Passes at once."""
        self.now += seconds
        if self.during:
            self.during.pop()()


@pytest.fixture
def time() -> Time:
    """Starts at 0."""
    return Time()


@pytest.fixture
def refusals(time: Time) -> Refusals:
    """Nothing is refused yet."""
    return Refusals(lambda: time.now, time.sleep)


def test_one_preview_fails_for_all_and_counts_those_that_were_checked_meanwhile(
    refusals: Refusals, time: Time
) -> None:
    """It waits until no check has come for half a second."""
    refusals.note_check("a", ["wrong"])
    time.during = [lambda: refusals.note_check("b", ["wrong"])]

    assert refusals.fails_preview("a") == f"{REFUSED}, and of 1 more"
    assert refusals.fails_preview("b") is None
    assert 0.5 <= time.now < 1


def test_checks_that_never_end_delay_the_failure_by_ten_seconds_at_most(
    refusals: Refusals, time: Time
) -> None:
    """A program of thousands of users is still being checked then."""
    refusals.note_check("a", ["wrong"])
    time.during = [lambda: refusals.note_check("b", [])] * 1000

    assert refusals.fails_preview("a") == REFUSED
    assert time.now == pytest.approx(10, abs=0.1)


def test_a_resource_that_is_fine_fails_no_preview(refusals: Refusals) -> None:
    """Nor does one that was refused before its inputs changed."""
    refusals.note_check("a", ["wrong"])
    refusals.note_check("a", [])

    assert refusals.fails_preview("a") is None
    assert refusals.of("a") == ()
