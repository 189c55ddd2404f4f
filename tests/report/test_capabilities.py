"""Who can newly do what, as read from the instance, and the gate on it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.core.privacy import label
from pulumi_connect_users.emulator import seeded_id
from pulumi_connect_users.report import Disclosure, Options, Report, assemble, read_preview
from pulumi_connect_users.report.gate import closed, conditions
from pulumi_connect_users.report.instance import Instance
from pulumi_connect_users.report.renderers import render
from tests.report.builders import (
    INSTANCE,
    SECRET,
    UNKNOWN,
    USER_BATCH,
    admin,
    digest,
    report,
    step,
    user,
)
from tests.support.help_desk import ID, Steps, covered, declared, deleted, seeded
from tests.support.local_connect import Local

ADMIN = seeded_id(ID, "security-profile", "Admin")
AGENT = seeded_id(ID, "security-profile", "Agent")
BECOME = conditions("can:become-admin")


def _profile(local: Local, name: str, *permissions: str) -> str:
    made = local.client.create_security_profile(
        InstanceId=ID, SecurityProfileName=name, Permissions=list(permissions)
    )
    return made["SecurityProfileId"]


class Desk:
    """The help desk, with an administrator and hand-made security profiles."""

    def __init__(self, folder: Path) -> None:
        self.instance: Instance = seeded(folder / "local.db")
        self.local = Local(folder / "local.db")
        self.lead = _profile(self.local, "Team Lead", "Users.EditPermission")
        self.clerk = _profile(self.local, "Clerk", "Users.Edit")
        self.listener = _profile(self.local, "Listener", "ManagerListenIn")
        for name in ("eve", "finn", "anna"):
            self.give(name, AGENT)
        self.give("ben", ADMIN)

    def give(self, username: str, *profiles: str) -> None:
        """Gives a user these security profiles, by hand."""
        self.local.client.update_user_security_profiles(
            InstanceId=ID, UserId=self.local.ids(ID)[username], SecurityProfileIds=list(profiles)
        )

    def report(self, *steps: dict[str, Any]) -> Report:
        """The report on these steps."""
        return covered(self.instance, [*steps])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def _gets(name: str, *profiles: str, **changed: Any) -> dict[str, Any]:
    old = declared(name, securityProfileIds=[AGENT])
    new = declared(name, securityProfileIds=list(profiles), **changed)
    return step("update", old, new, name=name)


def lines_of(found: Report) -> list[tuple[tuple[str, ...], list[str], tuple[str, ...]]]:
    return [(c.users, [g.text for g in c.gained], c.lost) for c in found.capabilities.changes]


def test_hand_made_team_lead_can_become_admin_and_the_way_is_named(desk: Desk) -> None:
    found = desk.report(_gets("eve", AGENT, desk.lead))

    assert "1 user can newly become Admin" in found.verdict_text
    assert lines_of(found) == [
        (("eve",), ["become Admin in 1 step", "change users' security profiles"], ())
    ]
    assert found.capabilities.changes[0].gained[0].way == (
        "give themself the security profile Admin",
    )
    assert closed(found, BECOME) == ("can:become-admin: 1",)
    way = "become Admin in 1 step: give themself the security profile Admin"
    for form in ("markdown", "html", "terminal"):
        assert f"can now {way}" in render(found, form)


def test_users_of_others_gain_by_what_someone_else_becomes(desk: Desk) -> None:
    """Anna, whom the program does not manage, can reset passwords; now there is one to reset."""
    desk.give("ben", AGENT)
    desk.give("anna", desk.clerk)

    found = desk.report(_gets("eve", ADMIN))

    lines = {c.users: c.gained[0] for c in found.capabilities.changes}
    assert lines[("anna",)].text == "become Admin in 1 step"
    assert lines[("anna",)].way == ("reset the password of eve and log in",)
    assert lines[("eve",)].text == "be Admin"
    assert "eve will be Admin" in render(found, "terminal")
    assert closed(found, conditions("can:become-admin>1")) == ("can:become-admin: 2, more than 1",)


def test_users_with_the_same_gains_are_one_line_and_the_gravest_is_first(desk: Desk) -> None:
    found = desk.report(
        *(_gets(name, AGENT, desk.listener) for name in ("eve", "anna", "finn")),
        _gets("dan", desk.lead),
    )

    assert [users for users, _, _ in lines_of(found)] == [("dan",), ("anna", "eve", "finn")]
    assert closed(found, conditions("can:monitor-live-contacts>3")) == ()
    assert closed(found, conditions("can:monitor-live-contacts>2")) != ()


HARMLESS: dict[str, Callable[[Desk], Steps]] = {
    "an agent more": lambda _: [
        step("create", None, declared("new", securityProfileIds=[AGENT]), name="new")
    ],
    "another routing profile": lambda _: [_gets("eve", AGENT, routingProfileId="r-9")],
    "a tag": lambda _: [_gets("eve", AGENT, tags={"Team": "1"})],
    "an agent less": lambda _: deleted("eve"),
    "an administrator less": lambda _: [step("delete", declared("ben"), name="ben")],
    "profiles taken": lambda desk: [
        step(
            "update",
            declared("eve", securityProfileIds=[AGENT, desk.lead]),
            declared("eve", securityProfileIds=[AGENT]),
            name="eve",
        )
    ],
    "an adoption as it is": lambda _: [
        step(
            "create",
            None,
            declared("eve", securityProfileIds=[AGENT], adoption={"changes": ["tags"]}),
        )
    ],
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_harmless_change_opens_no_way(desk: Desk, kind: str) -> None:
    found = desk.report(*HARMLESS[kind](desk))

    assert [line for line in found.capabilities.changes if line.gained] == []
    assert closed(found, conditions("can:become-admin,can:edit-users")) == ()


def test_leavers_and_suspended_users_lose_what_they_had(desk: Desk) -> None:
    desk.give("eve", desk.lead)
    desk.give("anna", desk.lead)
    empty = _profile(desk.local, "Suspended")
    options = {"onDelete": "suspend", "suspendedSecurityProfile": empty}

    found = desk.report(*deleted("eve"), step("delete", declared("anna", **options), name="anna"))

    assert lines_of(found) == [(("anna", "eve"), [], ("become-admin", "change-rights"))]
    assert "can no longer: become Admin; change users' security profiles" in render(
        found, "terminal"
    )


def test_replacement_under_another_username_is_the_same_person(desk: Desk) -> None:
    desk.give("eve", desk.lead)
    new = declared("eve.new", securityProfileIds=[desk.lead])

    found = desk.report(
        step("replace", declared("eve"), new, name="eve", replaceReasons=["username"])
    )

    assert found.capabilities.changes == ()
    assert closed(found, BECOME) == ()


def test_permissions_that_cannot_be_read_keep_the_gate_closed(desk: Desk) -> None:
    desk.local.store.control(
        faults=[{"operation": "ListSecurityProfilePermissions", "kind": "access-denied"}]
    )

    found = desk.report(_gets("eve", AGENT, desk.listener))

    assert "Listener" in found.capabilities.unreadable
    assert any("connect:ListSecurityProfilePermissions" in note for note in found.notes)
    (reason,) = closed(found, conditions("can:export-contact-data"))
    assert reason.startswith("can:export-contact-data: 1 user may gain it")
    assert closed(found, BECOME) != ()


def test_security_profile_that_the_instance_does_not_list_may_permit_anything(desk: Desk) -> None:
    found = desk.report(_gets("eve", AGENT, "s-new"))

    assert found.capabilities.unreadable == ("s-new",)
    assert closed(found, conditions("can:create-users")) != ()


def test_refused_look_up_is_said_and_keeps_the_gate_closed(desk: Desk) -> None:
    desk.local.store.control(
        faults=[{"operation": "ListSecurityProfiles", "kind": "access-denied"}]
    )

    found = desk.report(_gets("eve", desk.lead))

    assert found.capabilities.status == "refused"
    assert any("connect:ListSecurityProfiles" in note for note in found.notes)
    assert all(closed(found, conditions(text)) for text in ("can:create-users", "admins<1"))


def test_all_users_are_read_once_for_both_parts(desk: Desk) -> None:
    desk.local.mark()

    desk.report(_gets("eve", AGENT, routingProfileId="r-9"), *deleted("finn"))

    calls = desk.local.calls()
    assert calls.count("SearchUsers") == 1
    assert calls.count("ListSecurityProfilePermissions") == calls.count("DescribeSecurityProfile")


@pytest.mark.parametrize("way", ["hidden usernames", "shown"])
def test_usernames_are_shown_or_hidden_everywhere(desk: Desk, way: str) -> None:
    """A username that is an address too, and of a user that the program does not manage."""
    desk.give("ben", AGENT)
    desk.give("anna", desk.clerk)
    desk.give("pia@example.com", ADMIN)
    hides = way == "hidden usernames"
    options = Options(disclosure=Disclosure(usernames=not hides))
    text = digest(_gets("eve", desk.clerk))

    found = assemble(read_preview(text), options, desk.instance)

    shown = label("pia@example.com") if hides else "pia@example.com"
    (line,) = found.capabilities.changes
    assert line.users == (label("eve") if hides else "eve",)
    assert line.gained[0].way == (f"reset the password of {shown} and log in",)
    assert ("pia@example.com" in render(found, "json")) is not hides


def _hidden(of: str) -> dict[str, Any]:
    users = {**SECRET, "ciphertext": of}
    return {"users": users, "labels": {label("pia@example.com"): of}, "instanceArn": INSTANCE}


UNCLEAR: dict[str, tuple[Steps, str]] = {
    "profiles that are not known yet": (
        [_gets("eve", UNKNOWN)],
        "what 1 user will be permitted: eve",
    ),
    "tags that are not known yet": (
        [_gets("eve", AGENT, tags={"Team": UNKNOWN})],
        "what 1 user will be permitted: eve",
    ),
    "a hidden user": (
        [step("update", _hidden("a"), _hidden("b"), name="w-07", kind=USER_BATCH)],
        f"what 1 user will be permitted: {label('pia@example.com')}",
    ),
    "a roster whose users are secret": (
        [step("update", {"users": SECRET}, {"users": {**SECRET, "x": 1}}, kind=USER_BATCH)],
        "users of rosters are secret",
    ),
    "a user of another instance": (
        [step("create", None, declared("new", instanceArn=INSTANCE.replace("1111-1", "2222-2")))],
        "1 changed user is in another instance",
    ),
    "a security profile that changes": (
        [step("update", {"a": 1}, {"a": 2}, kind="aws:connect/securityProfile:SecurityProfile")],
        "changes security profiles themselves",
    ),
}


@pytest.mark.parametrize("kind", UNCLEAR)
def test_what_cannot_be_judged_closes_the_gate(desk: Desk, kind: str) -> None:
    steps, reason = UNCLEAR[kind]

    (said,) = closed(desk.report(*steps), conditions("can:barge-in>9"))

    assert reason in said


@pytest.mark.parametrize(
    ("steps", "gate", "reasons"),
    [
        (
            lambda _: [step("delete", declared("ben"), name="ben")],
            "admins<1",
            ["admins: 0 left of 1, fewer than 1"],
        ),
        (lambda _: [_gets("eve", ADMIN)], "admins<3", []),
        (lambda _: deleted("eve"), "admins<2", []),
    ],
)
def test_gate_on_administrators_that_are_left(
    desk: Desk, steps: Callable[[Desk], Steps], gate: str, reasons: list[str]
) -> None:
    """Few administrators close it only where the change takes one."""
    assert list(closed(desk.report(*steps(desk)), conditions(gate))) == reasons


@pytest.mark.parametrize(
    ("steps", "stake"),
    [
        ([step("delete", admin())], 1),
        ([step("delete", user())], 0),
        ([step("delete", user(securityProfileNames=None))], 1),
        ([step("update", admin(), user())], 1),
        ([step("update", admin(), admin(tags={}))], 0),
        ([step("update", user(), admin())], 0),
        ([step("create", None, user())], 0),
        ([step("create", None, user(adoption={"changes": ["security_profile_ids"]}))], 1),
        ([step("replace", admin(), admin(username="mary.roe"))], 0),
        ([step("delete", admin(onDelete="suspend"))], 1),
    ],
)
def test_without_the_instance_nobody_is_counted(steps: Steps, stake: int) -> None:
    """The gate is closed only where the last administrator may be among those who change."""
    found = report(digest(*steps))

    reason = f"admins: {stake} user may lose Admin; `--instance ARN` counts who is left"
    assert closed(found, conditions("admins<2")) == ((reason,) if stake else ())
