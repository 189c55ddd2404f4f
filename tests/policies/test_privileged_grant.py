"""Privileged profiles that must come from a grant: with an end, a reason, and not for too long."""

from typing import Any

import pytest

from connect_users_guard.absent import UNKNOWN
from connect_users_guard.access import ADMIN_HELD
from connect_users_guard.examples.as_resources import Example
from connect_users_guard.examples.cases import user
from pulumi_connect_users.model.in_time import TODAY
from tests.policies.rule_outcomes import DYNAMIC, outcome_of
from tests.support.analyzer import Analyzer

RULE = "privileged-grant"
GRANT = {"securityProfile": "Admin", "until": "2026-12-31", "reason": "cover"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TODAY, "2026-12-01")


@pytest.mark.parametrize(
    ("grants", "outcome"),
    [
        ([GRANT], "pass"),
        ([GRANT | {"starts": "2026-10-03"}], "pass"),
        ([GRANT | {"starts": "2026-10-02"}], "fail"),
        ([GRANT | {"until": "2027-02-28"}], "pass"),
        ([GRANT | {"until": "2027-03-01"}], "fail"),
        ([GRANT | {"reason": " "}], "fail"),
        ([{"securityProfile": "Admin", "until": "2026-12-31"}], "fail"),
        ([{"securityProfile": "Admin", "reason": "cover"}], "fail"),
        ([GRANT | {"until": "soon"}], "fail"),
        ([GRANT, {"securityProfile": "Admin", "until": "2020-01-01"}], "pass"),
        (
            [{"securityProfileId": "x:y/profile-admin", "until": "2026-12-31", "reason": "r"}],
            "pass",
        ),
        ([], "fail"),
        ([{"securityProfile": "Agent", "until": "2026-12-31", "reason": "r"}], "not applicable"),
    ],
)
def test_grant_has_a_near_end_and_a_reason(grants: list[Any], outcome: str) -> None:
    assert outcome_of(RULE, **ADMIN_HELD, grants=grants) == outcome


def test_profile_that_stays_fails_whatever_its_grants_are() -> None:
    held = user(**ADMIN_HELD, grants=[GRANT], standingSecurityProfileIds=["profile-admin"])

    answer = Analyzer(f"connect-user-{RULE}").analyze(Example(type=DYNAMIC, props=held))

    assert "holds Admin without an end. Give it with a grant: until, reason." in answer.messages[0]


def test_other_profiles_and_shorter_grants_are_settings() -> None:
    assert outcome_of(RULE) == "pass"
    assert outcome_of(RULE, config={"privileged": ["Front*"]}) == "fail"
    assert outcome_of(RULE, config={"maxDays": 30}, **ADMIN_HELD, grants=[GRANT]) == "fail"


def test_what_is_not_known_is_not_judged() -> None:
    assert outcome_of(RULE, **ADMIN_HELD, grants=UNKNOWN) == "not applicable"
