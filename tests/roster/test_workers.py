"""Work on many users: what is told, what a failure stops, and what it does not."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from pulumi_connect_users.core.errors import (
    UNREACHABLE,
    ConnectUsersError,
    DeletionRefused,
    InvalidRequest,
    QuotaExceeded,
    ServiceFailure,
)
from pulumi_connect_users.roster.workers import Task, WorkerPool
from pulumi_connect_users.users.state import UserState
from tests.support.batches import inputs_of, state_of


def tasks(count: int, run: Callable[[int], UserState | None]) -> list[Task]:
    """Creations of `agent.0`, `agent.1`, ..."""
    return [
        Task("creating", "created", inputs_of(f"agent.{n}"), partial(run, n)) for n in range(count)
    ]


def done(number: int) -> UserState:
    """The outputs of a user."""
    return state_of(f"agent.{number}")


def workers(said: list[str] | None = None, seconds_each: float = 1.0) -> WorkerPool:
    """One worker, on a clock that each look at moves."""
    now = iter(range(10_000))
    informed = said if said is not None else []
    return WorkerPool(ThreadPoolExecutor(1), informed.append, lambda: next(now) * seconds_each)


def test_progress_names_users_and_counts() -> None:
    """A line every two seconds, however many users are done in them."""
    said: list[str] = []
    found = workers(said, 0.5).carry_out(tasks(12, done))
    assert len(found) == 12
    assert said[0] == "created agent.0, agent.1, agent.2 and 1 more: 4 of 12 done"
    assert len(said) == 3


def test_failure_of_one_user_stops_no_other() -> None:
    """The error names who failed and why, and how many are done."""

    def run(number: int) -> UserState | None:
        if number in (2, 5):
            raise InvalidRequest("CreateUser: no.", code="InvalidRequestException")
        return done(number)

    with pytest.raises(InvalidRequest) as raised:
        workers().carry_out(tasks(10, run))
    text = str(raised.value)
    assert "2 of 10 users failed, 8 are done" in text
    assert "creating user agent.2" in text
    assert "creating user agent.5" in text


def test_refused_deletion_stops_no_other() -> None:
    def run(number: int) -> None:
        if number == 0:
            raise DeletionRefused("the agent is on a contact.")

    with pytest.raises(DeletionRefused, match="1 of 5 users failed, 4 are done"):
        workers().carry_out(tasks(5, run))


def test_phase_begins_after_the_one_before_it_whatever_failed_there() -> None:
    said: list[int] = []

    def leave(number: int) -> None:
        said.append(-number)
        if number == 0:
            raise DeletionRefused("the agent is on a contact.")

    with pytest.raises(DeletionRefused, match="1 of 5 users failed, 4 are done"):
        workers().carry_out(tasks(2, leave), tasks(3, lambda n: said.append(n)))
    assert said == [0, -1, 0, 1, 2]


def test_phase_is_not_asked_for_its_tasks_when_the_work_has_stopped() -> None:
    """What would come next may cost calls, which would fail as well."""

    def full(_number: int) -> None:
        raise QuotaExceeded("CreateUser: full.", code="LimitExceededException")

    asked: list[str] = []

    def next_phase() -> Iterator[Task]:
        asked.append("for tasks")
        yield from tasks(1, full)

    with pytest.raises(QuotaExceeded):
        workers().carry_out(tasks(1, full), next_phase())
    assert asked == []


def test_full_quota_stops_the_rest() -> None:
    """What would meet every other user is met once."""
    tried: list[int] = []

    def run(number: int) -> UserState | None:
        tried.append(number)
        if number == 3:
            raise QuotaExceeded("CreateUser: full.", code="LimitExceededException")
        return done(number)

    with pytest.raises(QuotaExceeded, match="1 of 100 users failed, 96 were not tried, 3 are done"):
        workers().carry_out(tasks(100, run))
    assert tried == [0, 1, 2, 3]


def test_service_that_cannot_be_reached_stops_the_rest() -> None:
    """No network for one user is none for the 10,000 that follow."""
    tried: list[int] = []

    def run(number: int) -> None:
        tried.append(number)
        raise ServiceFailure("CreateUser: no connection.", code=UNREACHABLE)

    with pytest.raises(ServiceFailure, match="99 were not tried"):
        workers().carry_out(tasks(100, run))
    assert tried == [0]


def test_error_that_nobody_foresaw_leaves_no_work_behind() -> None:
    """When the run is told of it, no thread changes users any more."""
    tried: list[int] = []
    slow = threading.Event()

    def run(number: int) -> UserState | None:
        tried.append(number)
        if number == 0:
            raise ZeroDivisionError
        slow.wait(0.05)
        return done(number)

    with ThreadPoolExecutor(2) as threads:
        with pytest.raises(ZeroDivisionError):
            WorkerPool(threads).carry_out(tasks(50, run))
        when_told = len(tried)
    assert when_told == len(tried) < 50


def test_many_failures_are_told_in_part() -> None:
    def run(_number: int) -> UserState | None:
        raise ConnectUsersError("no.")

    with pytest.raises(ConnectUsersError, match="And 20 more like these"):
        workers().carry_out(tasks(30, run))


def test_users_that_are_gone_have_no_outputs() -> None:
    """None says that there is no such user any more."""
    found = workers().carry_out(tasks(3, lambda n: None if n == 1 else done(n)))
    assert set(found) == {"agent.0", "agent.2"}


def test_way_back_is_told_where_some_users_were_changed() -> None:
    """The engine keeps the state of before: a program that is put back would show no change."""

    def fail(number: int) -> UserState | None:
        if number == 2:
            raise InvalidRequest("UpdateUser: no.", code="InvalidRequestException")
        return done(number)

    def only_done(number: int) -> None:
        fail(number)

    with pytest.raises(InvalidRequest, match="`pulumi up --refresh`"):
        workers().carry_out(tasks(4, fail))
    with pytest.raises(InvalidRequest) as deletions:
        workers().carry_out(tasks(4, only_done))
    assert "--refresh" not in str(deletions.value)


def test_what_meets_everybody_is_said_once() -> None:
    """Ten times the same three lines hide who else has failed, and in which batch."""

    def run(_: int) -> UserState | None:
        crew_full.wait()
        raise QuotaExceeded("the quota 'users per instance' is full.")

    crew_full = threading.Barrier(4)
    with pytest.raises(QuotaExceeded) as raised:
        WorkerPool(ThreadPoolExecutor(4)).carry_out(tasks(4, run))
    assert str(raised.value).count("is full") == 1
    assert str(raised.value).endswith("And 3 more like these.")
