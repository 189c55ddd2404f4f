"""check refuses every bad input with its path and a remedy, and accepts the nearest good one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_connect_users.gateway.session import Session
from pulumi_connect_users.lifecycle.bag import without_none
from pulumi_connect_users.lifecycle.check import Checked, check
from pulumi_connect_users.lifecycle.parse import parse
from pulumi_connect_users.lifecycle.rules import RULES, Draft
from pulumi_connect_users.model.attributes import program_path
from tests.engine.local import Local
from tests.unit.bad_case import Case
from tests.unit.bad_inputs import CASES

Bag = Callable[..., dict[str, Any]]


def _check(case: Case, value: Any, bag: Bag, session: Session) -> Checked:
    return check(None, bag(case.mode, **{case.attribute: value}), session)


def test_there_are_at_least_150_distinct_bad_inputs() -> None:
    """The table is long enough to be a claim."""
    distinct = {(c.mode, c.attribute, repr(c.bad)) for c in CASES}

    assert len(distinct) >= 150
    assert len(distinct) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_bad_input_is_refused_at_its_path(case: Case, bag: Bag, session: Session) -> None:
    """The refusal names the place as the program spells it, cause and remedy, no value."""
    failures = _check(case, case.bad, bag, session).failures

    paths = [program_path(failure.path) for failure in failures]
    assert case.path in paths, [str(f) for f in failures]
    assert all(f.cause and (f.remedy.endswith((".", "?")) or '"' in f.remedy) for f in failures)
    if isinstance(case.bad, str) and len(case.bad) > 6 and "profile" not in case.attribute.lower():
        hidden = case.attribute in ("password", "identityInfo.email", "identityInfo.mobile")
        assert not hidden or not any(case.bad in str(f) for f in failures)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_nearest_good_input_is_accepted(case: Case, bag: Bag, session: Session) -> None:
    """What differs by the least from the bad input passes."""
    assert [str(f) for f in _check(case, case.good, bag, session).failures] == []


def test_nothing_was_changed_by_checking(session: Session) -> None:
    """Checking only ever looks things up."""
    assert session.settings.store is not None

    assert Local(session.settings.store).changes() == ["CreateInstance"]


def test_all_failures_of_a_user_come_at_once(bag: Bag, session: Session) -> None:
    """One preview tells everything that is wrong."""
    bad = bag(
        **{
            "username": "m" * 21,
            "password": "short",
            "identityInfo.firstName": "",
            "identityInfo.email": "nobody",
            "phoneConfig": {"phoneType": "DESK_PHONE", "deskPhoneNumber": "555"},
            "routingProfile": "Basic",
        }
    )

    paths = {program_path(f.path) for f in check(None, bad, session).failures}

    assert {
        "username",
        "password",
        "identity_info.first_name",
        "identity_info.email",
        "phone_config.desk_phone_number",
        "routing_profile",
    } == paths


def test_every_rule_refuses_something(bag: Bag, session: Session) -> None:
    """No rule of the documentation's table is without a case."""
    judged: set[str] = set()
    for case in CASES:
        new = bag(case.mode, **{case.attribute: case.bad})
        values, refusals = parse(without_none(new))
        refused = frozenset(".".join(str(p) for p in f.path) for f in refusals)
        draft = Draft(values=values, bag=new, mode=case.mode, refused=refused)
        judged |= {rule.name for rule in RULES if any(True for _ in rule.judge(draft))}
    only_for_existing = {
        "cannot-be-cleared",
        "channel-cannot-be-cleared",
        "directory-owns-identity",
        "password-never-changes",
        "username-case",
    }
    combined = {"id-or-name", "one-level-of-settings", "instance-required", "proficiency-quota"}

    assert set() == {rule.name for rule in RULES} - judged - only_for_existing - combined
