"""Coverage in the report: what is flagged, what is not, and when a gate cannot judge."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.core.privacy import label
from pulumi_connect_users.coverage.limits import Limits, share
from pulumi_connect_users.report import Disclosure, Options, assemble, read_preview
from pulumi_connect_users.report.gate import closed, conditions
from pulumi_connect_users.report.instance import Instance
from pulumi_connect_users.report.renderers import FORMATS, Format, render
from tests.report.builders import SECRET, UNKNOWN, USER_BATCH, digest, events, refreshed, step
from tests.support.help_desk import (
    WAYS,
    Steps,
    covered,
    declared,
    deleted,
    desk,
    group,
    seeded,
    sent_to_break,
    speaks,
)
from tests.support.local_connect import Local

COVERAGE = conditions("coverage")


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """The help desk, which no test changes."""
    return seeded(tmp_path_factory.mktemp("centre") / "local.db")


CATASTROPHES = {
    "queue Night (voice): no agent left of 2": ("eve", "finn"),
    "queue Night (voice): 1 of 2 agents left": ("finn",),
    "queue Claims (voice): 3 of 5 agents left": ("hugo", "kim"),
    "queue Mail (email): no agent left of 1": ("mia",),
    "queue Claims (voice) loses its last agent with language Spanish at level 3 or higher": (
        "gina",
    ),
}
"""What the report says, and who is lost."""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("text", CATASTROPHES)
def test_catastrophe_is_flagged_with_who_causes_it(
    centre: Instance, text: str, way: Callable[..., Steps]
) -> None:
    names = CATASTROPHES[text]

    found = covered(centre, way(*names))

    alarms = {alarm.text: alarm.leaving for alarm in found.coverage.alarms}
    assert alarms.get(text) == names
    assert "too far" in found.verdict_text
    assert closed(found, COVERAGE) == (f"coverage: {len(alarms)}",)


def _changed(name: str, **changed: Any) -> Steps:
    return [step("update", declared(name), declared(name, **changed), name=name)]


def _drifted(name: str) -> Steps:
    return [step("refresh", declared(name), declared(name), name=name)]


def _kept(name: str) -> Steps:
    (found,) = deleted(name)
    return [{**found, "oldState": {**found["oldState"], "retainOnDelete": True}}]


def _adopted(name: str) -> Steps:
    bag = declared(name, adoption={"changes": ["tags", "ownership"]})
    return [step("create", None, bag, name=name)]


def _relieved(name: str) -> Steps:
    """Someone else takes the place."""
    bag = declared("new.agent", routingProfileId=declared(name)["routingProfileId"])
    (gone,) = deleted(name)
    return [gone, step("create", None, bag, name="new")]


def _renamed(name: str) -> Steps:
    """Another username, the same queues."""
    new = {**declared(name), "username": f"{name}.new"}
    return [step("replace", declared(name), new, name=name, replaceReasons=["username"])]


HARMLESS: dict[str, Callable[[str], Steps]] = {
    "tags": lambda name: _changed(name, tags={"Team": "1"}),
    "hierarchy group": lambda name: _changed(name, hierarchyGroupId=group("EMEA/Dublin")),
    "security profile": lambda name: _changed(name, securityProfileIds=["s-2"]),
    "learns a language": lambda name: _changed(name, proficiencies=speaks(5, "French")),
    "takes more queues": lambda name: _changed(
        "oscar", routingProfileId=declared(name)["routingProfileId"]
    ),
    "new agent": lambda name: [step("create", None, declared("new.agent"), name="new")],
    "changed outside": _drifted,
    "kept in Connect": _kept,
    "adopted as it is": _adopted,
    "relieved": _relieved,
    "renamed": _renamed,
    "one of many": lambda name: deleted(f"sales.{sum(map(ord, name)) % 12 + 1:05}"),
}
AGENTS = ("anna", "ben", "dan", "eve", "finn", "hugo", "ida", "jon", "mia")


@pytest.mark.parametrize("name", AGENTS)
@pytest.mark.parametrize("kind", HARMLESS)
def test_harmless_change_raises_no_alarm(centre: Instance, kind: str, name: str) -> None:
    found = covered(centre, HARMLESS[kind](name))

    assert found.coverage.alarms == ()
    assert closed(found, COVERAGE) == ()


def test_users_of_others_count(centre: Instance) -> None:
    """The preview knows of one agent; twelve serve the queue."""
    coverage = covered(centre, deleted("sales.00003")).coverage

    rows = {(q.queue, q.channel): (q.before, q.after, q.leaving) for q in coverage.queues}
    assert rows["Sales", "CHAT"] == rows["Sales", "TASK"] == (12, 11, ("sales.00003",))
    assert rows["Billing", "VOICE"] == (9, 9, ())
    assert {g.group: (g.before, g.after) for g in coverage.groups}["AMER"] == (12, 12)


def test_skills_count_by_level(centre: Instance) -> None:
    """Cleo has 4 and Rosa 5: both satisfy a routing step that asks for 4."""
    coverage = covered(centre, deleted("cleo")).coverage

    (spanish,) = coverage.proficiencies
    assert (spanish.value, spanish.level, spanish.before, spanish.after) == ("Spanish", 4, 2, 1)
    assert {alarm.text for alarm in coverage.alarms} == {
        "language Spanish at level 4 or higher: 1 of 2 agents left",
        "queue Billing (chat, voice) loses its last agent with language Spanish at level 4 or "
        "higher",
    }


@pytest.mark.parametrize(
    ("limits", "alarms"),
    [
        (Limits(minimum=1), {"Claims": "3 of 5"}),
        (Limits(minimum=0, most_lost=share("40%")), {}),
        (Limits(minimum=4, most_lost=share("1")), {"Claims": "3 of 5"}),
        (Limits(minimum=0, most_lost=share("0")), {"Claims": "3 of 5", "Billing": "7 of 9"}),
    ],
)
def test_limits_decide(centre: Instance, limits: Limits, alarms: dict[str, str]) -> None:
    found = covered(centre, sent_to_break("hugo", "kim"), limits)

    texts = [alarm.text for alarm in found.coverage.alarms]
    assert texts == [f"queue {q} (voice): {left} agents left" for q, left in alarms.items()]


@pytest.mark.parametrize("text", ["", "120%", "1.5", "-1", "a", "20 percent", "1e3"])
def test_share_must_be_one(text: str) -> None:
    with pytest.raises(ValueError, match=r"Give 20% or 0\.2"):
        share(text)


def _hidden(digest_of: str) -> dict[str, Any]:
    return {
        "users": {**SECRET, "ciphertext": "x"},
        "labels": {label("pia@example.com"): digest_of},
        "instanceArn": declared("eve")["instanceArn"],
    }


_ELSEWHERE = declared("eve")["instanceArn"].replace("1111-1111", "2222-2222")
UNCLEAR: dict[str, tuple[Steps, str]] = {
    "a routing profile that is not known yet": (
        _changed("eve", routingProfileId=UNKNOWN),
        "what 1 existing user will take: eve",
    ),
    "proficiencies that are not known yet": (
        [
            step(
                "update",
                declared("cleo", proficiencies=speaks(4)),
                declared("cleo", proficiencies=UNKNOWN),
            )
        ],
        "what 1 existing user will take: cleo",
    ),
    "a hidden user of a roster": (
        [step("update", _hidden("aaaa"), _hidden("bbbb"), name="w-07", kind=USER_BATCH)],
        f"what 1 existing user will take: {label('pia@example.com')}",
    ),
    "a roster whose users are secret": (
        [
            step(
                "update",
                {"users": SECRET, "onRemove": "delete"},
                {"users": {**SECRET, "x": 1}},
                name="w-07",
                kind=USER_BATCH,
            )
        ],
        "users of rosters are secret",
    ),
    "a user of another instance": (
        [step("delete", declared("eve", instanceArn=_ELSEWHERE))],
        "1 changed user is in another instance",
    ),
}


@pytest.mark.parametrize("kind", UNCLEAR)
def test_what_cannot_be_judged_closes_the_gate(centre: Instance, kind: str) -> None:
    steps, reason = UNCLEAR[kind]

    (said,) = closed(covered(centre, steps), conditions("coverage>9"))

    assert reason in said


def test_hidden_user_who_leaves_is_found_by_the_label(centre: Instance) -> None:
    """The label stands for the username; it is all that is shown."""
    old, new = _hidden("aaaa"), {**_hidden("aaaa"), "labels": {}}
    found = covered(centre, [step("update", old, new, name="w-07", kind=USER_BATCH)])

    (row,) = [g for g in found.coverage.groups if g.group == "AMER/West"]
    assert (row.before, row.after, row.leaving) == (12, 11, (label("pia@example.com"),))
    assert "pia@example.com" not in render(found, "json")


def test_without_an_instance_it_is_not_computed() -> None:
    """Said wherever a change concerns it; a new user takes nobody away."""
    gone, made = covered(None, deleted("eve")), covered(None, HARMLESS["new agent"]("eve"))
    quiet = covered(None, HARMLESS["tags"]("eve"))

    assert gone.coverage.status == made.coverage.status == "not-computed"
    assert closed(gone, COVERAGE) == ("coverage: not computed; `--instance ARN` adds it",)
    assert closed(made, COVERAGE) == closed(quiet, COVERAGE) == ()
    assert quiet.coverage.status == "unaffected"
    for form in FORMATS:
        assert "not computed" in render(gone, form)
        assert "not computed" not in render(quiet, form)


@pytest.mark.parametrize(
    "operation",
    [
        "SearchUsers",
        "SearchRoutingProfiles",
        "SearchUserHierarchyGroups",
        "ListRoutingProfileQueues",
        "ListUserProficiencies",
    ],
)
def test_refused_look_up_closes_the_gate(tmp_path: Path, operation: str) -> None:
    """The report is written all the same, and says which permission is missing."""
    instance = seeded(tmp_path / "local.db")
    Local(tmp_path / "local.db").store.control(
        faults=[{"operation": operation, "kind": "access-denied"}]
    )

    found = covered(instance, deleted("eve"))

    (reason,) = closed(found, COVERAGE)
    assert found.coverage.status == "refused"
    assert f"connect:{operation}" in reason
    assert any(f"connect:{operation}" in note for note in found.notes)


def test_nothing_is_looked_up_where_no_change_concerns_it(tmp_path: Path) -> None:
    instance, local = seeded(tmp_path / "local.db"), Local(tmp_path / "local.db")
    local.mark()

    for kind in ("changed outside", "kept in Connect"):
        covered(instance, HARMLESS[kind]("eve"))

    assert local.calls() == []


def test_look_ups_are_in_bulk(tmp_path: Path) -> None:
    """Seven agents leave; those whose state lists their proficiencies are not asked about."""
    instance, local = seeded(tmp_path / "local.db"), Local(tmp_path / "local.db")
    known = [
        step("delete", declared(name, proficiencies=speaks(level)), name=name)
        for name, level in (("cleo", 4), ("gina", 3))
    ]
    local.mark()

    covered(instance, [*known, *deleted("eve", "finn")])

    calls = [call for call in local.calls() if "SecurityProfile" not in call]
    assert {name: calls.count(name) for name in sorted({*calls})} == {
        "ListRoutingProfileQueues": 6,
        "ListUserProficiencies": 2,
        "SearchRoutingProfiles": 1,
        "SearchUserHierarchyGroups": 1,
        # All users once, for capabilities too, and each of two proficiencies.
        "SearchUsers": 3,
    }


def test_users_that_are_gone_from_connect_do_not_count_twice(centre: Instance) -> None:
    """State may lag behind: whoever is deleted there already takes nothing away now."""
    found = covered(centre, [step("delete", declared("gone.already"))])

    assert found.coverage.alarms == ()
    assert closed(found, COVERAGE) == ()


def test_what_connect_has_counts_not_what_state_has(centre: Instance) -> None:
    """Someone sent Eve to the night desk by hand; the preview changes only her group."""
    old = declared("eve", routingProfileId=desk("Break"), hierarchyGroupId=group("AMER/West"))
    new = {key: value for key, value in old.items() if key != "hierarchyGroupId"}

    coverage = covered(centre, [step("update", old, new)]).coverage

    assert {q.queue: (q.before, q.after) for q in coverage.queues}["Night"] == (2, 2)
    assert {g.group: g.leaving for g in coverage.groups}["AMER"] == ("eve",)


def test_alarms_stand_first_in_each_format(centre: Instance) -> None:
    """In a terminal the end is what one sees first."""
    found = covered(centre, [*deleted("eve", "finn"), *_changed("ida", tags={})])
    alarm = "queue Night (voice): no agent left of 2"

    texts: dict[Format, str] = {form: render(found, form) for form in FORMATS}

    assert all("eve" in text and "Night (voice)" in text for text in texts.values())
    assert texts["markdown"].index("[!CAUTION]") < texts["markdown"].index("To delete")
    assert texts["html"].index(alarm) < texts["html"].index("To delete")
    assert texts["terminal"].index(alarm) > texts["terminal"].index("eve")
    assert alarm in found.coverage.alarms[0].text


def test_usernames_can_be_hidden(centre: Instance) -> None:
    """`--hide usernames` holds here too."""
    options = Options(disclosure=Disclosure(usernames=False))
    found = assemble(read_preview(digest(*deleted("eve", "finn"))), options, centre)

    assert found.coverage.alarms[0].leaving == (label("eve"), label("finn"))
    assert all("finn" not in render(found, form) for form in FORMATS)


def test_refresh_changes_nothing(centre: Instance) -> None:
    """What has happened outside is in Connect already."""
    text = events(*refreshed(step("delete", declared("eve"), name="eve")))

    assert assemble(read_preview(text), None, centre).coverage.status == "unaffected"
