"""The bulk read asks no more than it must: counted calls on instances of any size."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from pulumi_connect_users.aws.snapshot import StackSnapshot, in_seconds
from pulumi_connect_users.core.errors import AccessDenied
from pulumi_connect_users.core.properties import Properties
from pulumi_connect_users.core.run_hooks import RunHooks
from pulumi_connect_users.users.state import NO_TIME

NOW = datetime(2026, 11, 22, tzinfo=UTC)


class Instance:
    """Answers as an instance does in which a stack has `mine` of `all_users` users."""

    def __init__(self, mine: int, all_users: int, levels: int = 1, timed: int = 1) -> None:
        """One user of `timed` has a time of change in the list."""
        self.mine, self.all = mine, all_users
        self.levels = levels
        self.timed = timed
        self.calls: Counter[str] = Counter()

    def __call__(self, operation: str, **parameters: Any) -> Mapping[str, Any]:
        """One page."""
        self.calls[operation] += 1
        size, start = parameters["MaxResults"], int(parameters.get("NextToken", 0))
        if operation == "ListUsers":
            users = [
                {"Id": str(i)} | ({} if i % self.timed else {"LastModifiedTime": NOW})
                for i in range(self.all)
            ]
            rows = users[start : start + size]
            return {"UserSummaryList": rows, **self._next(start, size, self.all)}
        total = self.mine if "SearchFilter" in parameters else self.all
        ids_found = list(range(total))
        criteria = parameters.get("SearchCriteria")
        if criteria:
            level = criteria["ListCondition"]["Conditions"][2]["NumberCondition"]["MinValue"]
            ids_found = [i for i in ids_found if i % self.levels == level]
        rows = [{"Id": str(i), "Username": f"u{i}"} for i in ids_found[start : start + size]]
        return {
            "Users": rows,
            "ApproximateTotalCount": len(ids_found),
            **self._next(start, size, len(ids_found)),
        }

    def _next(self, start: int, size: int, total: int) -> dict[str, str]:
        return {"NextToken": str(start + size)} if start + size < total else {}


def snapshot(instance: Instance, said: list[str] | None = None) -> StackSnapshot:
    """The bulk read of the stack in that instance."""
    return StackSnapshot(instance, "o/p/s", RunHooks((said if said is not None else []).append))


def held(level: int) -> list[Properties]:
    """One proficiency as the API spells it."""
    return [{"AttributeName": "language", "AttributeValue": "Spanish", "Level": level}]


def test_thousand_users_cost_two_searches_and_one_list() -> None:
    """All of a full instance, with the times of their last change."""
    instance = Instance(1000, 1000)
    read = snapshot(instance)
    for number in range(1000):
        assert read.row(str(number)) is not None
        assert read.last_modified(str(number)) == NOW
    assert instance.calls == {"SearchUsers": 2, "ListUsers": 1}


def test_list_without_times_is_read_no_further_and_told_once() -> None:
    """AWS lists users without a time (boto3#3927), some or all of them: no call a user for that."""
    instance, said = Instance(40, 2000, timed=2), list[str]()
    read = StackSnapshot(instance, "o/p/s", RunHooks(said.append, said.append))
    for number in range(40):
        assert read.row(str(number)) is not None
        assert read.last_modified(str(number)) == (NO_TIME if number % 2 else NOW)
    assert instance.calls == {"SearchUsers": 1, "ListUsers": 1}
    assert len(said) == 1
    assert "CONNECT_USERS_REFRESH=exact" in said[0]


def test_stack_of_three_users_does_not_list_an_instance_of_twenty_thousand() -> None:
    """One search; their e-mail addresses are read by themselves."""
    instance = Instance(3, 20_000)
    read = snapshot(instance)
    times = [read.last_modified(str(n)) for n in range(3) if read.row(str(n))]
    assert times == [None, None, None]
    assert instance.calls == {"SearchUsers": 1}


def test_list_stops_where_single_reads_are_cheaper() -> None:
    """Ten users among 20,000: one page of the list is looked at, not twenty."""
    instance = Instance(10, 20_000)
    read = snapshot(instance)
    for number in range(10):
        read.row(str(number))
        read.last_modified(str(19_000 + number))
    assert instance.calls["ListUsers"] == 1
    assert instance.calls["SearchUsers"] == 2, "one of them asks for the size of the instance"


def test_absent_user_reads_all_pages_once() -> None:
    """Absence is known after the last page, and is not asked again."""
    instance = Instance(1200, 5000)
    read = snapshot(instance)
    assert [read.row("none"), read.row("none")] == [None, None]
    assert instance.calls == {"SearchUsers": 3}


def test_shared_proficiencies_cost_two_searches_each() -> None:
    """1,000 users with two distinct proficiencies: a page of 500 for each."""
    instance = Instance(1000, 1000, levels=2)
    read = snapshot(instance)
    for number in range(1000):
        read.row(str(number))
        assert read.has(str(number), held(number % 2)) is True
    assert instance.calls["SearchUsers"] <= 2 + 2 * 2


def test_level_is_the_same_whole_or_decimal() -> None:
    """State holds 2, an answer of Connect 2.0."""
    read = snapshot(Instance(10, 10, levels=2))
    read.row("1")
    (proficiency,) = held(1)
    assert read.has("1", [{**proficiency, "Level": float(str(proficiency["Level"]))}]) is True


def test_level_that_a_user_does_not_have_is_seen() -> None:
    read = snapshot(Instance(10, 10, levels=2))
    read.row("1")
    assert read.has("1", held(0)) is False


@pytest.mark.parametrize("users", [50, 400])
def test_distinct_proficiencies_cost_no_more_than_a_call_for_each_user(users: int) -> None:
    """Where everybody has an own one, searches stop to pay and are not made."""
    instance = Instance(users, users, levels=users)
    read = snapshot(instance)
    alone = 0
    for number in range(users):
        read.row(str(number))
        alone += read.has(str(number), held(number)) is None
    assert instance.calls["SearchUsers"] - 1 + alone <= users + 1


def test_refused_search_is_told_once_and_not_asked_again() -> None:
    """A role without the permission leads to single reads."""

    def refuse(operation: str, **_: Any) -> Mapping[str, Any]:
        asked.append(operation)
        raise AccessDenied("no", operation=operation, code="AccessDeniedException")

    asked: list[str] = []
    said: list[str] = []
    read = StackSnapshot(refuse, "o/p/s", RunHooks(said.append))
    assert [read.row("1"), read.row("2")] == [None, None]
    assert asked == ["SearchUsers"]
    assert len(said) == 1


def test_after_contact_work_of_a_search_is_in_seconds() -> None:
    row: Properties = {
        "PhoneConfig": {"AfterContactWorkTimeLimit": 60_000},
        "AfterContactWorkConfigs": [
            {"Channel": "CHAT", "AfterContactWorkConfig": {"AfterContactWorkTimeLimit": 5_000}}
        ],
    }
    assert in_seconds(row) == {
        "PhoneConfig": {"AfterContactWorkTimeLimit": 60},
        "AfterContactWorkConfigs": [
            {"Channel": "CHAT", "AfterContactWorkConfig": {"AfterContactWorkTimeLimit": 5}}
        ],
    }
