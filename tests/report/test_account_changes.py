"""What a preview makes of an account: as `users.plan`, which decides what `up` does."""

from typing import Any

import pytest

from pulumi_connect_users.access.reading import User
from pulumi_connect_users.core.privacy import label
from pulumi_connect_users.report.account_changes import AccountChange, affecting
from pulumi_connect_users.report.input import read_preview
from pulumi_connect_users.report.moves_and_renames import join_moves_and_renames
from pulumi_connect_users.report.suspensions import with_suspensions
from pulumi_connect_users.report.user_changes import all_user_changes
from tests.report.builders import AWS_USER, INSTANCE, NATIVE_USER, UNKNOWN, digest, step
from tests.support.help_desk import ID, Steps, declared, deleted

EVE = User("id", "eve", frozenset({"agent"}), frozenset({("Team", "1"), ("Site", "x")}), "west")
"""As Connect has her; nothing of it need be declared."""
ANN = User("2", "ann", frozenset({"agent"}))


def _after(steps: Steps) -> dict[str, User]:
    changes = with_suspensions(all_user_changes(read_preview(digest(*steps)).steps), {}, None)
    change = AccountChange(affecting(join_moves_and_renames(changes)), ID)
    return {user.username: user for user in change.after([EVE, ANN])}


def _updated(old: dict[str, Any], new: dict[str, Any]) -> Steps:
    return [step("update", declared("eve", **old), declared("eve", **new), name="eve")]


def _eve(**changed: Any) -> User:
    names = ("id", "username", "profiles", "tags", "hierarchy_group")
    return User(**{**{name: getattr(EVE, name) for name in names}, **changed})


CASES: dict[str, tuple[Steps, User | None]] = {
    "profiles": (
        _updated({}, {"securityProfileIds": ["agent", "lead"]}),
        _eve(profiles=frozenset({"agent", "lead"})),
    ),
    "profiles as ARNs": (
        _updated({}, {"securityProfileIds": [f"{INSTANCE}/security-profile/lead"]}),
        _eve(profiles=frozenset({"lead"})),
    ),
    "profiles that stay as declared, and differ in Connect": (_updated({}, {"tags": {}}), EVE),
    "profiles that are not known yet": (
        _updated({}, {"securityProfileIds": ["lead", UNKNOWN]}),
        _eve(profiles=frozenset({"lead"})),
    ),
    "what is not declared": (
        _updated({"securityProfileIds": None}, {"securityProfileIds": None, "tags": {"a": "b"}}),
        _eve(tags=EVE.tags | {("a", "b")}),
    ),
    "a tag that changes, one that goes, one that others set": (
        _updated({"tags": {"Team": "1", "Old": "x"}}, {"tags": {"Team": "2"}}),
        _eve(tags=frozenset({("Team", "2"), ("Site", "x")})),
    ),
    "tags left to others": (
        _updated({"tags": {"Team": "1"}}, {"tags": {"Team": "2"}, "ignoreDrift": ["tags"]}),
        EVE,
    ),
    "hierarchy group": (
        _updated({"hierarchyGroupId": "west"}, {"hierarchyGroupId": "east"}),
        _eve(hierarchy_group="east"),
    ),
    "hierarchy group no longer declared": (
        _updated({"hierarchyGroupId": "west"}, {}),
        _eve(hierarchy_group=""),
    ),
    "deleted": (deleted("eve"), None),
    "deleted in another instance": ([step("delete", declared("eve", instanceArn="arn:x/y"))], EVE),
    "suspended": (
        [
            step(
                "delete",
                declared("eve", onDelete="suspend", suspendedSecurityProfile="none"),
                name="eve",
            )
        ],
        _eve(profiles=frozenset({"none"})),
    ),
    "suspended without a profile in state": (
        [step("delete", declared("eve", onDelete="suspend"), name="eve")],
        _eve(profiles=frozenset()),
    ),
    "replaced": (
        [step("replace", declared("eve"), declared("eve", tags={"a": "b"}), name="eve")],
        User("id", "eve", frozenset({"s-1"}), frozenset({("a", "b")})),
    ),
    "adopted as it is but for the tags": (
        [
            step(
                "create",
                None,
                declared(
                    "eve",
                    securityProfileIds=["agent"],
                    tags={"a": "b"},
                    adopt=True,
                    adoption={"changes": ["tags"]},
                ),
            )
        ],
        _eve(tags=EVE.tags | {("a", "b")}),
    ),
    "declared by pulumi-aws": (
        [
            step(
                "update",
                {"instanceId": ID, "name": "eve", "securityProfileIds": ["agent"]},
                {"instanceId": ID, "name": "eve", "securityProfileIds": ["lead"]},
                kind=AWS_USER,
            )
        ],
        _eve(profiles=frozenset({"lead"})),
    ),
    "declared by aws-native": (
        [
            step(
                "update",
                {"instanceArn": INSTANCE, "username": "eve", "securityProfileArns": ["agent"]},
                {"instanceArn": INSTANCE, "username": "eve", "securityProfileArns": ["lead"]},
                kind=NATIVE_USER,
            )
        ],
        _eve(profiles=frozenset({"lead"})),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_account_after_the_change(case: str) -> None:
    steps, eve = CASES[case]

    after = _after(steps)

    assert after.pop("eve", None) == eve
    assert after == {"ann": ANN}


def test_new_user_has_what_is_declared() -> None:
    bag = declared("new", securityProfileIds=["lead"], hierarchyGroupId="east", tags={"a": "b"})

    new = _after([step("create", None, bag, name="new")])["new"]

    assert new == User("new", "new", frozenset({"lead"}), frozenset({("a", "b")}), "east")


def test_whoever_gets_another_username_is_the_same_person() -> None:
    """Unless the old user stays, suspended."""
    new = declared("eve.new", securityProfileIds=["lead"])
    old = declared("eve", onDelete="suspend", suspendedSecurityProfile="none")

    renamed = _after([step("replace", declared("eve"), new, name="eve")])
    suspended = _after([step("replace", old, new, name="eve")])

    assert {u.username: u.id for u in renamed.values()} == {"eve.new": "id", "ann": "2"}
    assert {u.username: u.id for u in suspended.values()} == {
        "eve": "id",
        "eve.new": "eve.new",
        "ann": "2",
    }


def test_label_stands_for_its_username() -> None:
    bag = {**declared("eve"), "username": label("eve"), "instanceArn": INSTANCE}

    assert _after([step("delete", bag)]) == {"ann": ANN}
