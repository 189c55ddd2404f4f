"""What a reviewer of Connect users should stop at."""

from typing import Any

import pytest

from pulumi_connect_users.report import Options
from tests.report.builders import (
    SECRET,
    UNKNOWN,
    admin,
    digest,
    events,
    planned,
    refreshed,
    report,
    risk_kinds,
    shown,
    step,
    user,
)


def _update(old: dict[str, Any], new: dict[str, Any]) -> set[str]:
    return risk_kinds(report(digest(step("update", old, new))))


def test_ordinary_change_is_no_risk() -> None:
    assert _update(user(), user(tags={}, routingProfileId="r-2")) == set()
    assert risk_kinds(report(digest(step("create", None, user())))) == set()


@pytest.mark.parametrize(
    ("old", "new"), [(user(), admin()), (None, admin()), (admin(username="a"), admin())]
)
def test_gaining_a_privileged_profile_is_a_risk(
    old: dict[str, Any] | None, new: dict[str, Any]
) -> None:
    op = "create" if old is None else "replace" if old["username"] == "a" else "update"

    assert risk_kinds(report(digest(step(op, old, new)))) == {"privilege"}


def test_keeping_or_losing_a_privileged_profile_is_none() -> None:
    """What was there before is not this change's doing."""
    assert _update(admin(), admin(tags={})) == set()
    assert "privilege" not in _update(admin(), user())


def test_names_stand_in_for_ids_of_an_instance_that_is_not_made_yet() -> None:
    made = admin(securityProfileIds=[UNKNOWN], securityProfileNames=["Admin"])
    found = report(digest(step("create", None, made | {"hierarchyGroupId": UNKNOWN})))

    assert risk_kinds(found) == {"privilege"}
    assert shown(found)["mary"]["security_profiles"] == ("<absent>", "Admin")
    assert shown(found)["mary"]["hierarchy_group"] == ("<absent>", "AMER/West/Team 1")


def test_risk_of_a_plain_password_says_where_it_stands() -> None:
    """What takes passwords out of texts takes no words out of ours."""
    (risk,) = report(digest(step("create", None, user(password="Hunter2")))).changes[0].risks

    assert "not a secret: state and preview show it" in risk.text


@pytest.mark.parametrize(
    ("mode", "kinds"), [("OFF", set()), ("ON", {"endless-after-contact-work"})]
)
def test_after_contact_work_that_is_off_never_begins(mode: str, kinds: set[str]) -> None:
    """aws-native has a mode beside the duration."""
    work = {"afterContactWorkMode": mode, "afterContactWorkTimeLimit": 0}
    configs = [{"channel": "VOICE", "afterContactWorkConfig": work}]

    assert _update(user(), user(afterContactWorkConfigs=configs)) == kinds


def test_privileged_profiles_are_a_matter_of_configuration() -> None:
    old = user(securityProfileIds=["s-0"], securityProfileNames=["Other"])
    text = digest(step("update", old, user(securityProfileNames=["Night Lead [EU]"])))

    assert risk_kinds(report(text)) == set()
    for pattern in ("*lead*", "Night Lead [EU]"):
        assert risk_kinds(report(text, Options(privileged=(pattern,)))) == {"privilege"}


def test_privilege_gained_outside_pulumi_is_a_risk() -> None:
    """The nightly drift report is where such a thing shows."""
    text = events(*refreshed(step("update", user(), admin())))

    assert risk_kinds(report(text)) == {"privilege"}


def test_losing_the_hierarchy_group_is_a_risk() -> None:
    assert _update(user(), user(hierarchyGroupId=None, hierarchyPath=None)) == {"hierarchy-lost"}
    assert _update(user(), user(hierarchyGroupId="h-2", hierarchyPath="AMER/East")) == set()


@pytest.mark.parametrize(
    "changed",
    [
        {"phoneConfig": {"afterContactWorkTimeLimit": 0}},
        {"phoneConfig": {"afterContactWorkTimeLimit": 0.0}},
        {
            "afterContactWorkConfigs": [
                {"channel": "CHAT", "afterContactWorkConfig": {"afterContactWorkTimeLimit": 0}}
            ]
        },
        {
            "afterContactWorkConfigs": [
                {
                    "channel": "VOICE",
                    "agentFirstCallbackAfterContactWorkConfig": {"afterContactWorkTimeLimit": 0},
                }
            ]
        },
    ],
)
def test_endless_after_contact_work_is_a_risk(changed: dict[str, Any]) -> None:
    """0 reads like none and means for ever, for all channels or for one."""
    assert _update(user(), user(**changed)) == {"endless-after-contact-work"}
    assert _update(user(**changed), user(**changed, tags={})) == set()


@pytest.mark.parametrize("member", ["email", "secondaryEmail"])
def test_another_address_of_a_privileged_user_is_a_risk(member: str) -> None:
    changed = {**user()["identityInfo"], member: "x@elsewhere.example.com"}

    assert _update(admin(), admin(identityInfo=changed)) == {"privileged-email"}
    assert _update(user(), user(identityInfo=changed)) == set()


def test_username_in_another_case_is_a_risk_with_saml() -> None:
    """The identity provider's RoleSessionName must match letter by letter."""
    saml = {"identityManagementType": "SAML"}
    old, new = user(username="Mary", **saml), user(username="mary", **saml)

    assert "saml-case" in risk_kinds(report(digest(step("replace", old, new))))
    two = digest(step("delete", old, name="a"), step("create", None, new, name="b"))
    assert "saml-case" in risk_kinds(report(two))
    managed = digest(step("replace", user(username="Mary"), user(username="mary")))
    assert "saml-case" not in risk_kinds(report(managed))


def _team(count: int, *, stay: int = 0) -> list[dict[str, Any]]:
    there = user(hierarchyGroupId="h-2", hierarchyPath="AMER/East")
    moving = [step("update", user(), there, name=f"m{i}") for i in range(count)]
    return moving + [step("same", user(), user(), name=f"s{i}") for i in range(stay)]


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        (_team(3), 'all 3 users of hierarchy group "AMER/West/Team 1" move to "AMER/East"'),
        (_team(3, stay=1), '3 users move from hierarchy group "AMER/West/Team 1" to "AMER/East"'),
    ],
)
def test_common_move_is_told_once(steps: list[dict[str, Any]], text: str) -> None:
    found = report(events(*map(planned, steps)))

    assert [risk.text for risk in found.risks] == [text]


@pytest.mark.parametrize("path", ["AMER/West/Team 1", UNKNOWN])
def test_team_whose_group_is_not_known_yet_does_not_move(path: str) -> None:
    """Its instance is made anew: the group has no id yet, and may well have its name."""
    later = {"hierarchyGroupId": UNKNOWN, "hierarchyPath": path, "instanceArn": UNKNOWN}
    steps = [step("replace", user(), user(**later), name=f"u{n}") for n in range(3)]

    assert risk_kinds(report(events(*map(planned, steps)))) == set()


def test_two_that_move_are_no_team() -> None:
    """A pair that changes desks is not worth a flag."""
    assert risk_kinds(report(events(*map(planned, _team(2))))) == set()


def test_whole_team_is_not_claimed_where_the_unchanged_are_not_told() -> None:
    """A digest leaves the unchanged out: who stays is not known."""
    text = digest(*_team(3), changeSummary={"same": 5, "update": 3})

    (risk,) = report(text).risks

    assert risk.text.startswith("3 users move from")


def test_last_privileged_user_that_goes_is_a_risk() -> None:
    """Whoever is left cannot let anybody in."""
    alone = events(planned(step("delete", admin())), planned(step("same", user(), user())))
    other = events(
        planned(step("delete", admin())), planned(step("same", admin(), admin(), name="b"))
    )

    assert risk_kinds(report(alone)) == {"last-privileged"}
    assert risk_kinds(report(other)) == set()


def test_adoption_that_changes_the_user_is_a_risk() -> None:
    changes = ["ownership", "routing_profile_id"]
    adoption = {"userArn": "x", "changes": changes}
    text = digest(step("create", None, user(adopt=True, adoption=adoption)))

    (risk,) = report(text).changes[0].risks

    assert (risk.kind, risk.text) == ("adoption", "is adopted, which changes routing_profile")


def test_deleting_a_protected_user_is_told() -> None:
    """`pulumi up` will stop there."""
    made = step("delete", user())
    made["oldState"]["protect"] = True

    assert risk_kinds(report(digest(made))) == {"protected"}


def test_unknown_profiles_are_no_reason_to_fail() -> None:
    """What is not known at preview cannot be judged, and nothing breaks."""
    new = user(securityProfileIds={**SECRET}, phoneConfig=[1], identityInfo="x", adoption=3)

    assert risk_kinds(report(digest(step("update", user(), new)))) == set()
