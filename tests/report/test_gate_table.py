"""The table of docs/report.md: which input closes the gate on which condition."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import pytest

from pulumi_connect_users.report.gate import COUNTERS, closed, conditions
from tests.report.builders import (
    AWS_USER,
    SECRET,
    STACK_URN,
    USER_BATCH,
    USER_STATUS,
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
from tools.checkout import ROOT

PASSED = {"policyAnalyzeSummaryEvent": {"policyPackName": "guard", "passed": ["a", "b"]}}
BATCH: Final[dict[str, Any]] = {"name": "west-07", "kind": USER_BATCH}
_SUSPENDED: Final = {"changes": [], "suspended": "2026-11-28"}
HIDDEN = {"users": {**SECRET, "ciphertext": "x"}}
EVERY = "every condition"
CONDITIONS = sorted([*COUNTERS, "admins<2", "can:become-admin"])


def _plan(*steps: dict[str, Any], **more: Any) -> str:
    """Events of a preview whose policies passed."""
    return events(PASSED, *map(planned, steps), **more)


def _roster(old: dict[str, Any], new: dict[str, Any]) -> str:
    return _plan(step("update", {**HIDDEN, **old}, {**HIDDEN, **new}, **BATCH))


def _into_roster() -> dict[str, Any]:
    text = json.dumps(user(adoption={"userArn": "x", "changes": []}))
    held = {"instanceArn": user()["instanceArn"], "users": {"mary.major": text}}
    return step("create", None, held, **BATCH)


def _kept(found: dict[str, Any], **option: bool) -> dict[str, Any]:
    return {**found, "oldState": {**found["oldState"], **option}}


_LEADS = user(securityProfileIds=["s-2"], capabilities=["become-admin"])
_LABELS = {"labels": {"li~k7q2mzab": "aaaa"}}
_DELETED = step("delete", user())
_UNNAMED = {"securityProfileIds": ["0a4e5f1c-9d65-4a4e-8d4e-0c3c5b0d6f11"]}
_ERROR = {"diagnosticEvent": {"severity": "error", "message": "error: no"}}
_REFRESH = {"op": "refresh", "urn": STACK_URN}

INPUTS: Final = {
    "no change": _plan(step("same", user(), user())),
    "a created user": _plan(step("create", None, user())),
    "an adopted user": _plan(step("create", None, user(adopt=True, adoption={"changes": []}))),
    "an imported user": _plan(step("import", None, user())),
    "an updated user": _plan(step("update", user(), user(tags={}))),
    "a user who gets `Admin`": _plan(step("update", user(), admin())),
    "a user who gets profiles without names": _plan(step("create", None, _UNNAMED, kind=AWS_USER)),
    "a created user whose capabilities the input shows": _plan(
        step("create", None, user(capabilities=["export-users"]))
    ),
    "a user who gets a profile that leads to Admin": _plan(
        step("update", user(capabilities=[]), _LEADS)
    ),
    "a deleted user with `Admin`": _plan(step("delete", admin())),
    "a replaced user": _plan(step("replace", user(), user(instanceArn="arn:other"))),
    "a renamed user": _plan(
        step("delete", user()), step("create", None, user(username="mary.roe"), name="roe")
    ),
    "a user who moves to another resource": _plan(_DELETED, _into_roster()),
    "a deleted user": _plan(_DELETED),
    "a deleted user with `protect`": _plan(_kept(_DELETED, protect=True)),
    "a deleted user with `retain_on_delete`": _plan(_kept(_DELETED, retainOnDelete=True)),
    'a removed user with `on_delete="suspend"`': _plan(step("delete", user(onDelete="suspend"))),
    "a user who is reinstated": _plan(step("create", None, user(adoption=_SUSPENDED))),
    "a user changed outside Pulumi": events(
        PASSED, *refreshed(step("update", user(), user(tags={})))
    ),
    "a user deleted outside Pulumi": events(PASSED, *refreshed(step("delete", user()))),
    "another resource": _plan(step("update", {"a": 1}, {"a": 2}, kind="aws:s3/bucket:Bucket")),
    "a roster with `personalData: secret`: one user changes": _roster(
        _LABELS, {"labels": {"li~k7q2mzab": "bbbb"}}
    ),
    "the same: one user leaves": _roster(_LABELS, {"labels": {}}),
    "a roster whose users are secret or unknown": _roster({}, {}),
    "a violated mandatory policy": events(PASSED, violation()),
    "a violated advisory policy": events(PASSED, violation(enforcementLevel="advisory")),
    "a preview without policies": events(planned(step("same", user(), user()))),
    "the digest of a preview": digest(),
    "the digest of `preview --refresh` that updates a user": digest(
        step("refresh", user(), user()), step("update", user(), user(tags={}), name="other")
    ),
    "the digest of a refresh that found changes": json.dumps(
        {"steps": [_REFRESH], "changeSummary": {"update": 1}}
    ),
    "an operation of a newer Pulumi on a user": _plan(step("discord", user(), user())),
    "the same on a status": _plan(
        step("discord", {"username": "a"}, {"username": "a"}, kind=USER_STATUS)
    ),
    "the same on a roster": _plan(step("discord", HIDDEN, HIDDEN, **BATCH)),
    "a failed preview": events(PASSED, _ERROR, result="failed"),
    "a truncated preview": events(PASSED, ends=False),
    "no output at all": "",
}


def _rows() -> Iterator[tuple[str, str]]:
    text = (ROOT / "docs" / "report.md").read_text(encoding="utf-8")
    table = text.partition("| Input | Closes |\n|---|---|\n")[2].partition("\n\n")[0]
    for line in table.splitlines():
        title, closes = line.strip("| ").split(" | ")
        yield title, closes


def _closes(text: str) -> str:
    found = report(text)
    names = [name for name in CONDITIONS if closed(found, conditions(name))]
    if len(names) == len(CONDITIONS):
        return EVERY
    return " ".join(f"`{name}`" for name in names) or "nothing"


@pytest.mark.parametrize("title", INPUTS)
def test_input_closes_what_the_guide_says(title: str) -> None:
    assert dict(_rows()).get(title) == _closes(INPUTS[title])


def test_table_has_a_row_for_each_input_and_shows_each_condition() -> None:
    rows = dict(_rows())

    assert list(rows) == list(INPUTS)
    assert set(re.findall(r"`([^`]+)`", " ".join(rows.values()))) == {*CONDITIONS} - {"error"}
