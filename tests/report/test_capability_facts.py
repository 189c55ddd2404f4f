"""Who can newly do what, from what check has added, and the conditions of the gate on it."""

import json
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from pulumi_connect_users.report.gate import InvalidGate, closed, conditions
from pulumi_connect_users.report.renderers import FORMATS, Format, render
from tests.report.builders import (
    AWS_USER,
    INSTANCE,
    UNKNOWN,
    USER_BATCH,
    admin,
    digest,
    events,
    planned,
    refreshed,
    report,
    step,
    user,
)
from tests.report.test_capabilities import lines_of
from tests.report.test_golden import GOLDEN
from tests.report.test_suspensions import LEAVING
from tests.support.help_desk import Steps

_SUSPENDED = {"changes": ["tags"], "suspended": "2026-11-28"}


def _with(*names: str, **more: Any) -> dict[str, Any]:
    profiles = ["s-1", *(f"s-{name}" for name in names)]
    return user(**{"securityProfileIds": profiles, "capabilities": sorted(names), **more})


def _roster(**users: dict[str, Any]) -> dict[str, Any]:
    return {"instanceArn": INSTANCE, "users": {n: json.dumps(of) for n, of in users.items()}}


FACTS: dict[str, tuple[Steps, list[tuple[list[str], tuple[str, ...]]]]] = {
    "gained and lost": (
        [step("update", _with("edit-users", "barge-in"), _with("edit-users", "become-admin"))],
        [(["become Admin"], ("barge-in",))],
    ),
    "Admin itself": (
        [step("update", _with(), admin(capabilities=["become-admin"]))],
        [(["be Admin"], ())],
    ),
    "created": (
        [step("create", None, _with("create-users"))],
        [(["create users"], ())],
    ),
    "deleted": ([step("delete", _with("create-users"))], [([], ("create-users",))]),
    "suspended": (
        [step("delete", _with("create-users", onDelete="suspend"))],
        [([], ("create-users",))],
    ),
    "in a roster": (
        [
            step(
                "update",
                _roster(ann=_with("barge-in"), bob=_with()),
                _roster(ann=_with(), bob=_with("barge-in")),
                kind=USER_BATCH,
            )
        ],
        [(["join live conversations"], ()), ([], ("barge-in",))],
    ),
    "permissions that others changed": (
        [step("update", _with(), user(securityProfileIds=["s-1"], capabilities=["barge-in"]))],
        [],
    ),
    "nothing that concerns it": ([step("update", _with(), _with(routingProfileId="r"))], []),
    "changed outside": ([step("same", _with(), _with("barge-in"))], []),
    "a capability of a newer version": ([step("create", None, _with("fly"))], []),
}


@pytest.mark.parametrize("kind", FACTS)
def test_facts_of_the_preview_show_gains_and_losses(kind: str) -> None:
    steps, lines = FACTS[kind]

    found = report(digest(*steps))

    assert [(gained, lost) for _, gained, lost in lines_of(found)] == lines
    assert found.capabilities.uncertain == ()
    said = sum("judged by each user's own security profiles only" in note for note in found.notes)
    assert said == bool(lines)


def test_fact_is_no_difference() -> None:
    old, new = user(capabilities=[]), user(capabilities=["barge-in"], tags={})

    found = report(digest(step("update", old, new)))

    assert [p.attribute for p in found.changes[0].properties] == ["tags[Cost_Center]"]


def test_users_whose_facts_are_missing_are_counted_once() -> None:
    """Where the capability may be gained the gate stays closed; elsewhere it need not."""
    steps = [
        step("update", _with("barge-in"), user(securityProfileIds=["s-7"]), name="a"),
        step("update", user(), _with("edit-users"), name="b"),
        step("create", None, _with(capabilities=UNKNOWN), name="c"),
        step("create", None, {"name": "d", "securityProfileIds": ["s"]}, kind=AWS_USER, name="d"),
    ]

    found = report(digest(*steps))

    assert (found.capabilities.unknown_after, found.capabilities.unknown_before) == (3, 1)
    (note,) = [note for note in found.notes if "what users can do" in note]
    assert note.startswith("Capabilities (what users can do) are unknown for 4 users: ")
    assert "connect:ListSecurityProfilePermissions" in note
    assert closed(found, conditions("can:edit-users>3"))[0].startswith(
        "can:edit-users: 4 users may gain it"
    )
    assert closed(found, conditions("can:edit-users>4,can:barge-in>3")) == ()


def test_what_has_already_happened_gives_nothing() -> None:
    found = report(events(*refreshed(step("update", _with(), _with("become-admin")))))

    assert found.capabilities.status == "unaffected"


def test_alarms_stand_first_in_each_format() -> None:
    """In a terminal the end is what one sees first."""
    steps = [step("update", _with(), _with("become-admin")), step("delete", user(), name="x")]
    found = report(digest(*steps))
    texts: dict[Format, str] = {form: render(found, form) for form in FORMATS}
    alarm = "can now become Admin"

    assert texts["markdown"].index("[!CAUTION]") < texts["markdown"].index("To delete")
    assert texts["html"].index(alarm) < texts["html"].index("To delete")
    assert texts["terminal"].index(alarm) > texts["terminal"].index("can now: become Admin")


@pytest.mark.parametrize("target", FORMATS)
def test_powers_give_the_golden_report(target: Format, snapshot: SnapshotAssertion) -> None:
    """A team that listens from now on, a way to Admin, leavers, and someone without facts."""
    steps = [
        *(
            step("update", _with(username=name), _with("barge-in", username=name), name=name)
            for name in (f"agent.{number:02}" for number in range(12))
        ),
        step("update", _with("edit-users"), _with("become-admin", "edit-users", "reset-passwords")),
        step("delete", _with("export-users", username="li", **LEAVING), name="li"),
        step("create", None, user(username="kim", adoption=_SUSPENDED), name="kim"),
        step("create", None, user(username="jo"), name="jo"),
    ]

    assert render(report(digest(*steps)), target) == snapshot(extension_class=GOLDEN[target])


# Conditions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "can:fly",
        "can:",
        "can",
        "admins",
        "admins>2",
        "admins<5%",
        "delete<5",
        "delete>101%",
        "policy>5%",
        "risk>5%",
        "delete>5.5",
        "can:become-admin:x",
    ],
)
def test_unknown_condition_is_refused_with_the_known_ones(text: str) -> None:
    """Capabilities are many: they are listed where one was asked for."""
    with pytest.raises(InvalidGate, match=r"admins<N, can:CAPABILITY") as refused:
        conditions(f"replace,{text}")

    listed = "become-admin, listen-to-recordings" in str(refused.value)
    assert listed == text.startswith("can:")


def _of_100(gone: int, changed: int = 0) -> str:
    """A preview of a stack of a hundred users."""
    sides = [
        ("delete", user(username=f"u{n}"), None)
        if n < gone
        else ("update", user(username=f"u{n}"), user(username=f"u{n}", tags={}))
        if n < gone + changed
        else ("same", user(username=f"u{n}"), user(username=f"u{n}"))
        for n in range(100)
    ]
    return events(
        *(planned(step(op, old, new, name=f"u{n}")) for n, (op, old, new) in enumerate(sides))
    )


@pytest.mark.parametrize(
    ("gone", "changed", "gate", "reasons"),
    [
        (5, 0, "delete>5%", []),
        (6, 0, "delete>5%", ["delete: 6, more than 5 (5% of 100 users, at least 3)"]),
        (3, 0, "delete>1%", []),
        (4, 0, "delete>0.5%", ["delete: 4, more than 3 (0.5% of 100 users, at least 3)"]),
        (0, 20, "update>10%", ["update: 20, more than 10 (10% of 100 users, at least 3)"]),
        (5, 20, "change>25%", []),
    ],
)
def test_share_is_of_the_users_that_the_stack_manages(
    gone: int, changed: int, gate: str, reasons: list[str]
) -> None:
    found = report(_of_100(gone, changed))

    assert found.managed == 100
    assert list(closed(found, conditions(gate))) == reasons


def test_share_of_an_unknown_number_closes_the_gate() -> None:
    """A digest leaves unchanged users out."""
    found = report(digest(step("delete", user()), changeSummary={"delete": 1, "same": 9}))

    assert found.managed is None
    assert closed(found, conditions("delete>50%")) == (
        "delete: the input does not show how many users the stack manages (the engine's events do)",
    )
