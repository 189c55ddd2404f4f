"""What a replacement does to a user: a new one under a new name, or nobody new at all."""

import json
from typing import Any

import pytest

from pulumi_connect_users.report import Report
from tests.report.builders import (
    AWS_USER,
    USER,
    USER_BATCH,
    actions,
    events,
    planned,
    report,
    step,
    user,
)


def _replaced(order: tuple[str, ...], new: dict[str, Any], kind: str) -> Report:
    told = []
    for op in order:
        sides: list[dict[str, Any]] = [user()] if op == "delete-replaced" else [user(), new]
        if kind == USER_BATCH:
            sides = [{"users": {"mary": json.dumps(side)}} for side in sides]
        told.append(planned(step(op, *sides, kind=kind, replaceReasons=["id"])))
    return report(events(*told))


CREATES_FIRST = ("create-replacement", "replace", "delete-replaced")
DELETES_FIRST = ("delete-replaced", "replace", "create-replacement")


@pytest.mark.parametrize(
    ("order", "changed", "kind", "action"),
    [
        (CREATES_FIRST, {"tags": {}}, USER, "update"),
        (CREATES_FIRST, {}, USER, "update"),
        (DELETES_FIRST, {}, USER, "replace"),
        (CREATES_FIRST, {"username": "m"}, USER, "replace"),
        (CREATES_FIRST, {}, AWS_USER, "replace"),
        (CREATES_FIRST, {"tags": {}}, USER_BATCH, "update"),
        (CREATES_FIRST, {}, USER_BATCH, None),
        (DELETES_FIRST, {}, USER_BATCH, "replace"),
    ],
)
def test_user_who_is_replaced_under_the_same_username_is_kept(
    order: tuple[str, ...], changed: dict[str, Any], kind: str, action: str | None
) -> None:
    """`--replace`, a taint: the creation finds the username taken by the very user."""
    found = _replaced(order, user(**changed), kind)
    kept = action != "replace"

    assert list(actions(found).values()) == ([action] if action else [])
    assert any("stays the same user" in note for note in found.notes) is kept
    assert any(change.lost for change in found.changes) is not kept
