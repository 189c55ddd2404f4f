"""A roster's batches are taken apart: each user is a change of its own."""

import json
from typing import Any

import pytest

from pulumi_connect_users.report.gate import closed, conditions
from tests.report.builders import (
    AWS_USER,
    INSTANCE,
    SECRET,
    UNKNOWN,
    USER_BATCH,
    actions,
    admin,
    digest,
    events,
    planned,
    refreshed,
    report,
    risk_kinds,
    shown,
    step,
    urn,
    user,
)


def _batch(**users: dict[str, Any] | str) -> dict[str, Any]:
    return {
        "users": {
            name: entry if isinstance(entry, str) else json.dumps(entry, sort_keys=True)
            for name, entry in users.items()
        }
    }


def test_each_user_of_a_roster_is_a_change_of_its_own() -> None:
    """A batch holds its users as JSON text: the report takes it apart."""
    old = _batch(ann=user(username="ann"), bob=user(username="bob"), cy=user(username="cy"))
    new = _batch(
        bob=user(username="bob", tags={"Cost_Center": "43"}),
        cy=user(username="cy"),
        dora=user(username="dora"),
    )

    found = report(digest(step("update", old, new, name="west-07", kind=USER_BATCH)))

    assert actions(found) == {"ann": "delete", "bob": "update", "dora": "create"}
    assert shown(found)["bob"] == {"tags[Cost_Center]": ("42", "43")}
    assert found.other_changes == ()
    assert found.counts.unchanged == 1


_ADOPTION = {"userArn": f"{INSTANCE}/agent/1", "changes": ["ownership"]}


def test_users_of_whom_only_facts_differ_do_not_change() -> None:
    """After an adoption check no longer adds it: nothing of these users is changed by that."""
    ann, bob = user(username="ann"), user(username="bob")
    old = _batch(ann={**ann, "adoption": _ADOPTION}, bob={**bob, "adoption": _ADOPTION})
    new = _batch(ann={**ann, "tags": {"Cost_Center": "43"}}, bob=bob)
    renamed = {"routingProfileName": "Basic"}

    found = report(
        digest(
            step("update", old, new, name="west-07", kind=USER_BATCH),
            step("same", old, _batch(ann=ann, bob=bob), name="east-07", kind=USER_BATCH),
        )
    )
    drifted = report(
        events(
            *refreshed(
                step(
                    "update",
                    _batch(bob=bob),
                    _batch(bob={**bob, **renamed}),
                    name="west-07",
                    kind=USER_BATCH,
                )
            )
        )
    )

    assert actions(found) == {"ann": "update"}
    assert found.counts.unchanged == 3
    assert actions(drifted) == {}


def test_hidden_users_of_an_unchanged_roster_do_not_change() -> None:
    """The digests of a roster that Pulumi finds unchanged differ only by facts."""
    old, new = _labelled(**{"li~k7q2mzab": "aaaa"}), _labelled(**{"li~k7q2mzab": "bbbb"})

    found = report(events(planned(step("same", old, new, name="west-07", kind=USER_BATCH))))

    assert actions(found) == {}
    assert closed(found, conditions("update,replace,privilege,risk")) == ()


def test_users_who_leave_a_roster_and_stay_in_connect_are_let_go() -> None:
    """Released, or removed with `retain`: nobody is deleted."""
    old = _batch(ann=user(username="ann"), bob=user(username="bob"))
    released = {**_batch(), "released": ["ann"]}
    retained = {**_batch(), "onRemove": "retain"}

    first = report(digest(step("update", old, released, name="w", kind=USER_BATCH)))
    second = report(digest(step("update", old, retained, name="w", kind=USER_BATCH)))

    assert actions(first) == {"ann": "release", "bob": "delete"}
    assert actions(second) == {"ann": "release", "bob": "release"}
    assert second.verdict_text == "2 users to release (kept in Connect)"


def test_batch_that_is_secret_as_a_whole_is_a_change_that_cannot_be_seen() -> None:
    """With `connect:personalData: secret` not even the usernames are there."""
    old, new = {"users": "[secret]"}, {"users": {**SECRET, "ciphertext": "x"}}

    found = report(digest(step("update", old, new, name="west-07", kind=USER_BATCH)))

    assert [(o.action, o.type, o.name) for o in found.other_changes] == [
        ("update", "connect.UserRoster", "west")
    ]
    assert any("cannot show their changes" in note for note in found.notes)
    assert found.verdict_text == "changes in 1 roster cannot be seen"


def test_roster_that_cannot_be_seen_is_told_once() -> None:
    """It has up to 64 batches, whose numbers say nothing."""
    hidden = {"users": {**SECRET, "ciphertext": "x"}}
    names = ("west-07", "west-63", "east-1-07")
    steps = [step("create", None, hidden, name=name, kind=USER_BATCH) for name in names]
    same = step("same", hidden, hidden, name="west-08", kind=USER_BATCH)
    found = report(events(*map(planned, [*steps, same])))

    assert [o.name for o in found.other_changes] == ["east-1", "west"]
    assert found.verdict_text == "changes in 2 rosters cannot be seen"
    assert found.other_unchanged == 0


HIDDEN = {"users": {**SECRET, "ciphertext": "x"}}


@pytest.mark.parametrize(
    ("op", "old", "new", "gate", "closed_by"),
    [
        ("update", HIDDEN, HIDDEN, "delete>9,privilege,risk,create", 4),
        ("update", HIDDEN, HIDDEN, "drift,gone,import,error", 0),
        ("create", None, HIDDEN, "create,adopt,privilege", 3),
        ("create", None, HIDDEN, "delete,replace,update", 0),
        ("delete", HIDDEN, None, "delete,release", 2),
        ("delete", HIDDEN, None, "create,update,privilege,risk", 0),
        ("same", HIDDEN, HIDDEN, "delete,update,privilege", 0),
    ],
)
def test_gate_stays_closed_where_users_of_a_roster_cannot_be_seen(
    op: str, old: Any, new: Any, gate: str, closed_by: int
) -> None:
    """To let it pass would be to say that nobody is deleted."""
    found = report(events(planned(step(op, old, new, name="west-07", kind=USER_BATCH))))
    reasons = closed(found, conditions(gate))

    assert len(reasons) == closed_by
    assert all("secret or not yet known as a whole" in reason for reason in reasons)


def _remediated(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    told = {
        "resourceUrn": urn("west-07", USER_BATCH),
        "policyName": "connect-user-required-tags",
        "policyPackName": "guard",
        "before": before,
        "after": after,
    }
    found = report(events({"policyRemediationEvent": told}))
    return [(r.name, r.attributes) for r in found.policies.remediations]


def test_remediation_of_a_roster_tells_whose_attributes_it_changed() -> None:
    before = {**_batch(ann=user(), bob=user(), cy=user()), "passwords": {"cy": "[secret]"}}
    after = _batch(ann=user(), bob=user(tags={"Team": "West"}), cy=user(password=None))

    assert _remediated(before, after) == [
        ("bob", ("tags[Cost_Center]", "tags[Team]")),
        ("cy", ("password",)),
    ]
    assert _remediated(HIDDEN, {"users": "[secret]", "x": 1}) == [("west", ("x",))]


def test_user_of_a_roster_with_a_secret_may_be_any_update() -> None:
    """One secret attribute hides the user's whole text: by their name alone they look unchanged."""
    old, new = _batch(ann="[secret]", bob=user()), _batch(ann="[secret]", bob=user(tags={}))
    found = report(events(planned(step("update", old, new, name="west-07", kind=USER_BATCH))))

    assert actions(found) == {"bob": "update"}
    assert "changes of 1 roster user cannot be seen" in found.verdict_text
    assert found.counts.unchanged == 0
    assert len(closed(found, conditions("replace,privilege"))) == 2
    assert closed(found, conditions("delete,create")) == ()


def test_password_of_a_roster_is_beside_its_users() -> None:
    """First passwords are in no text; one in the clear is found all the same."""
    new = {**_batch(ann=user(username="ann", password=None)), "passwords": {"ann": "Hunter2Hunter"}}

    found = report(digest(step("create", None, new, name="w", kind=USER_BATCH)))

    assert shown(found)["ann"]["password"] == ("<absent>", "<secret>")
    assert [risk.kind for risk in found.changes[0].risks] == ["plain-password"]
    assert "Hunter2" not in found.model_dump_json()


def test_roster_that_is_secret_as_a_whole_says_that_it_cannot_be_seen() -> None:
    """With personal data kept secret nobody can tell what changes, and the report says so."""
    old, new = _batch(ann="[secret]", bob="[secret]"), _batch(ann="[secret]", dora="[secret]")

    found = report(digest(step("update", old, new, name="west-07", kind=USER_BATCH)))

    assert actions(found) == {"bob": "delete", "dora": "create"}
    assert any("3 users of rosters are secret" in note for note in found.notes)


@pytest.mark.parametrize("hidden", [UNKNOWN, "[secret]"])
def test_user_whose_text_is_hidden_at_one_side_seems_to_lose_nothing(hidden: str) -> None:
    """A reference to what the same run creates makes the whole text unknown at the preview."""
    names = ("ann", "bob", "cy")
    shown_text = {**admin(), "username": None, "instanceArn": None}
    texts = {name: {k: v for k, v in shown_text.items() if v is not None} for name in names}
    old = {**_batch(**texts), "instanceArn": INSTANCE}
    new = {**_batch(**dict.fromkeys(names, hidden)), "instanceArn": INSTANCE}

    message = {"severity": "warning", "message": "warning: asked for Major twice"}
    there = report(
        digest(step("update", old, new, name="west-07", kind=USER_BATCH), diagnostics=[message])
    )
    back = report(events(planned(step("update", new, old, name="west-07", kind=USER_BATCH))))

    for found in (there, back):
        assert actions(found) == dict.fromkeys(names, "update")
        assert shown(found) == {name: {} for name in names}
        assert risk_kinds(found) == set()
        assert len(closed(found, conditions("update,replace,privilege,risk"))) == 4
    assert [problem.message for problem in there.problems] == ["asked for [hidden] twice"]


def _labelled(**digests: str) -> dict[str, Any]:
    """A batch with `connect:personalData: secret`."""
    return {**HIDDEN, "instanceArn": INSTANCE, "labels": digests}


def test_users_of_a_secret_roster_are_named_by_their_labels() -> None:
    """What changes of them stays hidden, and closes the gate for all that it could be."""
    old = _labelled(**{"li~k7q2mzab": "aaaa", "ma~k7q2mzac": "bbbb", "zo~k7q2mzad": "cccc"})
    new = _labelled(**{"li~k7q2mzab": "aaaa", "ma~k7q2mzac": UNKNOWN, "arnav.desai": "dddd"})

    found = report(events(planned(step("update", old, new, name="west-07", kind=USER_BATCH))))

    assert actions(found) == {
        "zo~k7q2mzad": "delete",
        "ma~k7q2mzac": "update",
        "arnav.desai": "create",
    }
    assert {change.roster for change in found.changes} == {"west"}
    assert found.counts.unchanged == 1
    assert any("3 users of rosters are secret" in note for note in found.notes)
    gates = "delete,release,update,replace,create,adopt,privilege,risk"
    assert len(closed(found, conditions(gates))) == 8
    assert closed(found, conditions("import,gone,drift")) == ()


def test_new_and_empty_batches_of_a_secret_roster_hide_nobody() -> None:
    """Most batches of a small roster are empty; one that became secret only now cannot be seen."""
    filled, empty = _labelled(**{"li~k7q2mzab": "aaaa"}), _labelled()
    first, emptied, same, turned = (
        report(events(planned(step(op, old, new, name="west-07", kind=USER_BATCH))))
        for op, old, new in (
            ("create", None, empty),
            ("update", filled, empty),
            ("update", filled, filled),
            ("update", _batch(ann=user()), filled),
        )
    )

    assert (actions(first), first.notes) == ({}, ())
    assert actions(emptied) == {"li~k7q2mzab": "delete"}
    assert len(closed(emptied, conditions("delete,release,privilege,create"))) == 2
    assert (actions(same), closed(same, conditions("update,privilege"))) == ({}, ())
    assert turned.unseen.rosters == 1


def test_last_administrator_is_not_missed_where_users_are_secret() -> None:
    left = step("update", admin(), user())
    team = step("same", _labelled(a="aaaa"), _labelled(a="aaaa"), name="w-07", kind=USER_BATCH)

    assert "last-privileged" in risk_kinds(report(events(planned(left))))
    assert "last-privileged" not in risk_kinds(report(events(planned(left), planned(team))))


def test_user_who_goes_from_one_resource_to_another_is_not_deleted() -> None:
    """What is gone from the program is deleted last, and finds another resource's mark."""
    taken = user(adopt=True, adoption={"userArn": "x", "changes": []})
    into = step("update", _batch(), _batch(**{"mary.major": taken}), name="w", kind=USER_BATCH)
    into["newState"]["inputs"]["instanceArn"] = user()["instanceArn"]
    elsewhere = user(instanceArn=user()["instanceArn"] + "x")

    found = report(digest(step("delete", user()), into))
    other = report(digest(step("delete", elsewhere), into))
    foreign = report(digest(step("delete", user(), kind=AWS_USER), into))

    (change,) = found.changes
    assert (change.action, change.roster, change.moved_from) == ("move", "w", "resource mary")
    assert closed(found, conditions("delete>0")) == ()
    assert (other.counts.delete, foreign.counts.delete) == (1, 1)


def test_parts_of_users_who_leave_are_let_go() -> None:
    """Of whom less than a whole user was declared is never deleted."""
    part = user(username="ann", part={"routingProfileId": "r-1"})

    left = report(digest(step("update", _batch(ann=part), _batch(), name="w", kind=USER_BATCH)))
    removed = report(digest(step("delete", part)))

    assert actions(left) == {"ann": "release"}
    assert set(actions(removed).values()) == {"release"}
    assert removed.verdict_text == "1 user to release (kept in Connect)"
