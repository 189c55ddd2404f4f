"""Suspensions and their end: neither a deletion nor an adoption."""

import json
from typing import Any

import pytest

from pulumi_connect_users.report import Options, Report
from pulumi_connect_users.report.gate import closed, conditions
from pulumi_connect_users.report.renderers import FORMATS, render
from tests.report.builders import (
    AWS_USER,
    INSTANCE,
    USER,
    USER_BATCH,
    actions,
    digest,
    events,
    planned,
    report,
    step,
    user,
)
from tests.support.help_desk import Steps

LEAVING = {
    "onDelete": "suspend",
    "suspendedSecurityProfile": "s-0",
    "suspendedRoutingProfile": "r-0",
}
_NATIVE = "connect-users:index:User"
_BACK = {"userArn": "x", "changes": ["routing_profile_id", "security_profile_ids", "tags"]}


def _calls(found: Report) -> dict[str, int]:
    return {one.operation: one.calls for one in found.calls.operations}


def _batch(**users: dict[str, Any]) -> dict[str, Any]:
    texts = {name: json.dumps(user(**of)) for name, of in users.items()}
    return {"instanceArn": INSTANCE, "users": texts}


def _left() -> Steps:
    old = _batch(ann=LEAVING, bob={}, eve=LEAVING)
    return [step("update", old, _batch(eve=LEAVING), name="west-01", kind=USER_BATCH)]


def test_suspended_user_loses_nothing_permanently() -> None:
    found = report(digest(step("delete", user(**LEAVING))))

    (change,) = found.changes
    assert (change.action, change.lost) == ("suspend", ())
    assert found.counts.suspend == 1
    assert found.verdict_text == "1 user to suspend (kept in Connect)"
    texts = [render(found, form) for form in FORMATS]
    assert not any("permanently" in text for text in texts)
    assert all("keep id and history" in text for text in texts[:3])


def test_leavers_of_a_roster_are_suspended_one_by_one() -> None:
    assert actions(report(digest(*_left()))) == {"ann": "suspend", "bob": "delete"}


def test_suspension_makes_the_calls_that_it_needs() -> None:
    done = {"securityProfileIds": ["s-0"], "routingProfileId": "r-0"}

    assert _calls(report(digest(step("delete", user(**LEAVING))))) == {
        "DescribeUser": 1,
        "TagResource": 1,
        "UpdateUserRoutingProfile": 1,
        "UpdateUserSecurityProfiles": 1,
    }
    assert _calls(report(digest(step("delete", user(**LEAVING, **done))))) == {
        "DescribeUser": 1,
        "TagResource": 1,
    }


@pytest.mark.parametrize(
    ("kind", "config", "options", "own", "action"),
    [
        (None, {"connect:onDelete": "suspend"}, None, None, "suspend"),
        (None, {"connect:onDelete": "force"}, None, "suspend", "delete"),
        (None, {"connect:onDelete": "suspend"}, "force", "suspend", "delete"),
        (None, {}, "suspend", None, "suspend"),
        (None, {"connect-users:onDelete": "suspend"}, None, None, "delete"),
        (_NATIVE, {"connect-users:onDelete": "suspend"}, None, None, "suspend"),
        (AWS_USER, {"connect:onDelete": "suspend"}, "suspend", "suspend", "delete"),
    ],
)
def test_setting_overrides_what_the_user_declares(
    kind: str | None, config: dict[str, str], options: str | None, own: str | None, action: str
) -> None:
    found = step("delete", user(onDelete=own), kind=kind or USER)
    in_events = events({"preludeEvent": {"config": config}}, planned(found))

    for text in (digest(found, config=config), in_events):
        assert actions(report(text, Options(on_delete=options))) == {"mary": action}


def test_gate_on_deletions_lets_suspensions_pass() -> None:
    found = report(digest(*_left()))

    assert closed(found, conditions("delete>1,suspend")) == ("suspend: 1",)
    assert closed(found, conditions("delete")) == ("delete: 1",)


def test_other_username_of_a_suspended_person_is_another_user() -> None:
    new = step("create", None, user(username="mary.roe"), name="roe")

    found = report(digest(step("delete", user(**LEAVING)), new))

    assert actions(found) == {"mary": "suspend", "roe": "create"}


def test_replacement_by_another_username_suspends_the_old_user() -> None:
    new = user(**LEAVING, username="mary.roe")

    found = report(digest(step("replace", user(**LEAVING), new, replaceReasons=["username"])))

    assert actions(found) == {"mary": "replace"}
    assert {"CreateUser", "TagResource"} <= _calls(found).keys()
    assert "DeleteUser" not in _calls(found)


@pytest.mark.parametrize("asked", [{}, {"adopt": True}])
def test_user_who_comes_back_is_reinstated(asked: dict[str, bool]) -> None:
    """Whether the program asks for an adoption or not: the stack suspended this user."""
    back = {**_BACK, "suspended": "2026-11-28"}

    found = report(digest(step("create", None, user(adoption=back, **asked))))

    assert actions(found) == {"mary": "reinstate"}
    assert found.changes[0].risks == ()
    assert found.verdict_text == "1 user to reinstate"
    assert closed(found, conditions("adopt,create")) == ()
    assert _calls(found) == {
        "DescribeUser": 1,
        "TagResource": 1,
        "UntagResource": 1,
        "UpdateUserRoutingProfile": 1,
        "UpdateUserSecurityProfiles": 1,
    }


def test_user_whom_another_stack_suspended_is_adopted() -> None:
    found = report(digest(step("create", None, user(adoption=_BACK, adopt=True))))

    assert actions(found) == {"mary": "adopt"}


def test_user_who_moves_to_another_resource_is_not_suspended() -> None:
    moved = user(**LEAVING, adoption={"changes": ["ownership"]}, adopt=True)

    found = report(digest(step("delete", user(**LEAVING)), step("create", None, moved, name="m")))

    assert actions(found) == {"m": "move"}
