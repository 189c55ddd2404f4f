"""The gate closes on what was asked for, and says why."""

import json
from typing import Any

import pytest

from pulumi_connect_users.report import Options
from pulumi_connect_users.report.gate import COUNTERS, InvalidGate, closed, conditions
from tests.report.builders import (
    AWS_USER,
    SECRET,
    STACK_URN,
    UNKNOWN,
    admin,
    digest,
    events,
    planned,
    refreshed,
    report,
    step,
    user,
    violation,
)

BUSY = report(
    events(
        *(planned(step("delete", user(), name=f"d{i}")) for i in range(3)),
        planned(step("replace", user(), user(username="x"), name="r")),
        planned(step("update", user(), admin(), name="u")),
        violation(),
        violation(policyName="mild", enforcementLevel="advisory"),
    )
)
RAN = {"policyAnalyzeStackSummaryEvent": {"policyPackName": "guard", "passed": ["rule"]}}
QUIET = report(events(planned(step("same", user(), user())), RAN))


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("delete", ["delete: 3"]),
        ("delete>2", ["delete: 3, more than 2"]),
        ("delete>3", []),
        ("delete>5,replace", ["replace: 1"]),
        ("privilege, policy", ["privilege: 1", "policy: 1"]),
        ("advice>1", ["advice: 2, more than 1"]),
        ("risk", ["risk: 1"]),
        ("change>4", ["change: 5, more than 4"]),
        ("create,adopt,drift,gone,import,error", []),
        ("", []),
    ],
)
def test_gate_closes_above_its_limits(text: str, reasons: list[str]) -> None:
    """Every condition that holds is told, in the order in which it was asked."""
    assert list(closed(BUSY, conditions(text))) == reasons


def test_gate_is_open_when_nothing_happens() -> None:
    """All conditions at once let a quiet preview pass."""
    assert closed(QUIET, conditions(",".join(COUNTERS))) == ()


def test_gate_counts_drift_and_failure() -> None:
    """What has happened outside, and a preview that did not end."""
    drift = report(events(*refreshed(step("update", user(), user(tags={})))))
    torn = report(events(planned(step("create", None, user())), ends=False))

    assert closed(drift, conditions("drift")) == ("drift: 1",)
    assert closed(torn, conditions("error")) == ("error: 1",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (events(planned(step("create", None, user())), ends=False), "a truncated preview"),
        ("", "an empty preview"),
        (digest(diagnostics=[{"severity": "error", "message": "error: no"}]), "a failed preview"),
    ],
)
def test_gate_stays_closed_where_the_preview_did_not_end(text: str, said: str) -> None:
    """Behind a pipe, a preview's own exit code is lost: nothing was seen, so nothing may pass."""
    found = report(text)
    (reason,) = closed(found, conditions("delete>5,replace"))

    assert said in reason
    assert closed(found, conditions("delete>5,error>9")) == ()
    assert closed(found, ()) == ()


@pytest.mark.parametrize("name", ["policy", "advice", "advice>9"])
def test_policy_gate_stays_closed_where_no_policy_result_can_be_seen(name: str) -> None:
    """A digest carries none: to let it pass would be to say that all is well."""
    (reason,) = closed(report(digest()), conditions(name))

    assert "no policy results" in reason


@pytest.mark.parametrize(
    ("text", "no_policies", "reasons"),
    [
        (events(), False, ["policy: no policy ran; --no-policies accepts that"]),
        (events(), True, []),
        (digest(), True, []),
        (events(RAN), False, []),
        (events(RAN), True, []),
        (events(violation()), True, ["policy: 1"]),
        (events(violation(enforcementLevel="advisory")), False, []),
        ("", True, ["an empty preview: its full effect is unknown"]),
    ],
)
def test_policy_gate_is_closed_where_no_policy_ran(
    text: str, no_policies: bool, reasons: list[str]
) -> None:
    """A forgotten --policy-pack must not look like rules that all agree."""
    found = closed(report(text), conditions("policy"), no_policies=no_policies)

    assert list(found) == reasons


UNNAMED = {"securityProfileIds": ["0a4e5f1c-9d65-4a4e-8d4e-0c3c5b0d6f11"]}
ARN = "arn:aws:connect:us-west-2:1:instance/i/security-profile/0A4E5F1C-9D65-4A4E-8D4E-0C3C5B0D6F11"


@pytest.mark.parametrize("text", ["privilege", "risk"])
def test_privilege_gate_stays_closed_where_a_profile_has_no_name(text: str) -> None:
    """aws.connect.User tells an id: whether that is Admin's, the input need not hold."""
    made = step("create", None, UNNAMED, kind=AWS_USER)
    (reason,) = closed(report(digest(made)), conditions(text))

    assert "1 user gets security profiles without names in the input" in reason
    assert closed(report(digest(made)), conditions(f"{text}>1")) == ()


@pytest.mark.parametrize(
    ("privileged", "reasons"),
    [
        (ARN, ["privilege: 1"]),
        (UNNAMED["securityProfileIds"][0], ["privilege: 1"]),
        ("1b5f6a2d-9d65-4a4e-8d4e-0c3c5b0d6f11", []),
    ],
)
def test_privileged_profiles_may_be_told_by_id(privileged: str, reasons: list[str]) -> None:
    made = digest(step("create", None, UNNAMED, kind=AWS_USER))
    found = report(made, Options(privileged=("Admin", privileged)))

    assert list(closed(found, conditions("privilege"))) == reasons


@pytest.mark.parametrize(
    ("op", "old", "new", "is_closed"),
    [
        ("update", UNNAMED, {**UNNAMED, "tags": {}}, False),
        ("update", {"securityProfileIds": ["s-1"]}, UNNAMED, True),
        ("update", UNNAMED, {"securityProfileIds": [UNKNOWN]}, True),
        ("update", UNNAMED, {"securityProfileIds": UNKNOWN}, True),
        ("update", UNNAMED, {"securityProfileIds": SECRET}, True),
        ("update", UNNAMED, {}, False),
        ("replace", UNNAMED, UNNAMED, True),
        ("delete", UNNAMED, None, False),
        ("same", UNNAMED, UNNAMED, False),
    ],
)
def test_unnamed_profile_counts_where_a_user_gets_it(
    op: str, old: dict[str, Any], new: dict[str, Any] | None, is_closed: bool
) -> None:
    """What was there before is not this change's doing."""
    found = report(events(planned(step(op, old, new, kind=AWS_USER))))

    assert bool(closed(found, conditions("privilege"))) is is_closed
    assert found.unseen.profiles == is_closed


@pytest.mark.parametrize(
    ("text", "reasons"),
    [("drift", 1), ("gone>1", 1), ("drift>2", 0), ("privilege", 1), ("risk>2", 0)],
)
def test_drift_gate_stays_closed_where_drift_is_only_counted(text: str, reasons: int) -> None:
    """The digest of a refresh does not tell which resources have changed: any may be a user."""
    stack = {"op": "refresh", "urn": STACK_URN}
    counted = json.dumps({"steps": [stack], "changeSummary": {"update": 2, "same": 1}})

    found = closed(report(counted), conditions(text))

    assert len(found) == reasons
    assert all("does not show which 2 resources changed outside" in reason for reason in found)


@pytest.mark.parametrize(
    "text", ["delete>>5", "deletes", "delete>-1", "delete<5", "5", "delete>1" + "0" * 5_000]
)
def test_condition_that_is_none_is_refused_with_those_that_are(text: str) -> None:
    """A gate with a typing error would never close."""
    with pytest.raises(InvalidGate, match=r"delete, replace, .*privilege"):
        conditions(f"replace,{text}")
