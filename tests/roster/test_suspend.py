"""Users of rosters that are suspended, over the embedded Connect: told, done, and taken back."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.core.ownership import SUSPENDED_TAG
from pulumi_connect_users.users.allowance import Allowance
from pulumi_connect_users.users.deletion_limit import DeletionLimit
from tests.roster.test_apply import TEAM, Process
from tests.support.batches import check_batch, plan_batch
from tests.support.programs import SAML_ID

_SUSPEND = {
    "onDelete": "suspend",
    "suspendedSecurityProfile": "Suspended",
    "suspendedRoutingProfile": "Suspended",
}
_DEFAULTS = {k: v for k, v in _SUSPEND.items() if k != "onDelete"}


@pytest.fixture
def process(store: Path) -> Iterator[Process]:
    """A process on an instance that has the profiles of suspended users."""
    with ThreadPoolExecutor(1) as pool:
        process = Process(store, pool)
        process.local.add_suspension_profiles(SAML_ID)
        yield process


def _tagged(process: Process) -> dict[str, str]:
    """The dates of the suspended users, by username."""
    users = process.local.users(SAML_ID)
    return {u["Username"]: u["Tags"][SUSPENDED_TAG] for u in users if SUSPENDED_TAG in u["Tags"]}


def test_leaver_is_suspended_and_comes_back(process: Process) -> None:
    """The same id: by one search where many come, and one by one."""
    old = process.created(*TEAM, each=_SUSPEND)
    ids = process.there()

    less = process.updated(old, "ana", each=_SUSPEND)

    assert set(process.changes()) == {
        "UpdateUserSecurityProfiles",
        "UpdateUserRoutingProfile",
        "TagResource",
    }
    assert set(less["users"]) == {"ana"}
    assert set(_tagged(process)) == {*TEAM} - {"ana"}
    later = Process(process.store, process.pool)
    more = later.updated(less, *TEAM, each=_SUSPEND)
    assert more["userIds"] == ids == later.there()
    assert "CreateUser" not in later.changes()
    assert _tagged(later) == {}
    assert not plan_batch(more, later.checked(more, *TEAM, each=_SUSPEND)).changes


def test_preview_says_suspended(process: Process) -> None:
    """In the warning, in the counts and in the limit's refusal."""
    old = process.created("ana", "bob", "eve", each=_SUSPEND)
    new = process.checked(old, "eve", each=_SUSPEND)

    checked = check_batch(
        old, new, process.session, deletion_limit=DeletionLimit(Allowance("maxDeletes", 1))
    )

    assert checked.warnings == ["2 users will be suspended, not deleted: ana, bob"]
    assert "2 users of rosters would be deleted or suspended" in checked.failures[0]
    assert plan_batch(old, new).summary == "users: 2 to suspend (ana, bob)"


def test_setting_overrides_the_users_own_option(process: Process) -> None:
    """`connect:onDelete` holds for every user, at the preview too."""
    old = process.created("ana", "bob", each=_SUSPEND)
    new = process.checked(old, "bob", each=_SUSPEND)

    checked = check_batch(old, new, process.session, on_delete="refuse")

    assert checked.warnings == ["1 user will be deleted: ana"]


def test_settings_name_the_profiles_of_all_and_unchanged_users_stay_so(process: Process) -> None:
    """Once in state they are no change, and the users are not judged again."""
    old = process.created("ana", "bob")
    text = {"instanceArn": old["instanceArn"], "users": old["users"]}

    first = check_batch(old, text, process.session, defaults=_DEFAULTS)
    second = check_batch(first.inputs, text, process.session, defaults=_DEFAULTS)

    assert first.failures == second.failures == []
    assert all("suspendedSecurityProfile" in one for one in first.inputs["users"].values())
    assert second.inputs["users"] == first.inputs["users"]


def test_missing_profile_is_one_line_for_all_users(process: Process) -> None:
    """At the preview, not when somebody leaves."""
    users: dict[str, Any] = process.created("ana", "bob")["users"]
    batch = {"instanceArn": process.users().api.instance_arn, "users": users}
    named = {**_DEFAULTS, "suspendedSecurityProfile": "Nowhere"}

    failures = check_batch(batch, batch, process.session, defaults=named).failures

    (line,) = failures
    assert line.startswith("ana, bob: suspended_security_profile: ")
    assert '"Nowhere" does not exist in this instance' in line
