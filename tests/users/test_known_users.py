"""update, delete and read of a user in state, where Connect is late or somebody was quicker."""

from dataclasses import replace
from typing import Any

import pytest

from pulumi_connect_users.core.errors import AccessDenied, ServiceFailure
from pulumi_connect_users.core.ownership import OwnershipMark
from pulumi_connect_users.users.create import create
from pulumi_connect_users.users.delete import delete
from pulumi_connect_users.users.inputs import UserInputs
from pulumi_connect_users.users.plan import plan
from pulumi_connect_users.users.read import read
from pulumi_connect_users.users.service import update
from pulumi_connect_users.users.state import UserState
from tests.support.local_connect import Local
from tests.support.provider_process import (
    INSTANCE_ID,
    OURS,
    SPANISH,
    THEIRS,
    Process,
    instance_of_a_directory,
)

_OURS = OwnershipMark("organization/p/s", "r")
_RENAMED = "organization/p/s#renamed"
_STILES = {"identityInfo.lastName": "Stiles"}


def _made(process: Process, **changes: Any) -> UserState:
    return create(process.inputs(**changes), process.connect)


def _read(old: UserState, process: Process) -> UserState:
    found = read(old, process.connect)
    assert found is not None
    return found


def test_update_of_a_user_that_is_not_visible_yet_waits(process: Process) -> None:
    """Made a moment ago by another run: not found is not gone."""
    process.faults({"kind": "late-visibility", "calls": 2})
    old = _made(process)

    update(old, process.inputs(**_STILES), process.connect)

    assert process.live()["IdentityInfo"]["LastName"] == "Stiles"


def test_update_returns_what_the_program_wants_now(process: Process) -> None:
    """What it returns is compared with the next program: old values would be changed again."""
    old = _made(process, hierarchyGroup="AMER/West/Team 1")
    new = process.inputs(**_STILES)

    outputs = update(old, new, process.connect)

    assert outputs == replace(UserState.of(new, old.user_arn), last_modified=outputs.last_modified)


@pytest.mark.parametrize("live", [OURS, _RENAMED])
def test_renamed_resource_may_change_its_user_before_and_after_the_mark_moved(
    process: Process, live: str
) -> None:
    """A run that ended after TagResource leaves the new mark with the old state: both are ours."""
    old = replace(_made(process, ownership=live), mark=_OURS)

    update(old, process.inputs(ownership=_RENAMED, **_STILES), process.connect)

    assert process.live()["IdentityInfo"]["LastName"] == "Stiles"
    assert sorted(process.live()["Tags"].values()) == ["organization/p/s", "renamed"]


def test_stack_that_keeps_no_marks_any_more_takes_its_own_away(process: Process) -> None:
    """With `connect:ownership: off` a tag of ours would tell others that we manage the user."""
    old = _made(process, tags={"team": "one"})
    new = replace(process.inputs(tags={"team": "one"}), mark=None)

    update(old, new, process.connect)

    assert process.live()["Tags"] == {"team": "one"}


def test_attribute_that_is_left_to_others_leaves_state_without_a_call(process: Process) -> None:
    """No longer declared and in `ignore_drift`: forgotten here, kept there."""
    old = _made(process, hierarchyGroup="AMER/West/Team 1")
    new = process.inputs(ignoreDrift=["hierarchy_group"])
    group = process.live()["HierarchyGroupId"]
    process.local.mark()

    assert "hierarchyGroupId" in plan(old, new).state_only
    outputs = update(old, new, process.connect)

    assert outputs.get("hierarchyGroupId") is None
    assert process.local.changes() == []
    assert process.live()["HierarchyGroupId"] == group


def test_option_alone_is_stored_without_a_call(process: Process) -> None:
    """Not even a look: a thousand users with another `on_delete` cost nothing."""
    old = _made(process)
    new = process.inputs(onDelete="force")
    process.local.mark()

    outputs = update(old, new, process.connect)

    assert outputs.get("onDelete") == "force"
    assert process.local.calls() == []


def test_user_that_is_gone_is_deleted(process: Process) -> None:
    """Somebody was quicker: that is what was wanted."""
    old = _made(process)
    process.local.client.delete_user(InstanceId=INSTANCE_ID, UserId=old.user_id)
    process.local.mark()

    delete(old, process.connect)

    assert process.local.changes() == []


def test_deletion_whose_answer_was_lost_is_done(process: Process) -> None:
    """The second attempt finds nobody."""
    old = _made(process)
    process.faults({"operation": "DeleteUser", "kind": "reset", "when": "after", "nth": 1})
    process.local.mark()

    delete(old, process.connect)

    assert process.local.changes() == ["DeleteUser", "DeleteUser"]
    assert process.local.users(INSTANCE_ID) == []


def test_quick_connect_that_is_gone_already_stops_no_deletion(process: Process) -> None:
    """One search serves many deletions: somebody may have deleted one meanwhile."""
    old = _made(process, deleteQuickConnects=True)
    quick = {"name": "Mary", "user": "mary.major"}
    process.local.store.seed({"instances": [{"id": INSTANCE_ID, "quickConnects": [quick]}]})
    operation = "DeleteQuickConnect"
    process.faults({"operation": operation, "kind": "error", "code": "ResourceNotFoundException"})
    process.local.mark()

    delete(old, process.connect)

    assert process.local.changes() == [operation, "DeleteUser"]


def test_refused_deletion_is_told(process: Process) -> None:
    """Only absence is success."""
    old = _made(process)
    process.faults({"operation": "DeleteUser", "kind": "access-denied"})

    with pytest.raises(AccessDenied, match="connect:DeleteUser"):
        delete(old, process.connect)


def test_deleted_user_is_remembered_for_the_run(process: Process) -> None:
    """Connect may show it for a while: nothing may take it for alive."""
    old = _made(process)
    user_id = old.user_id
    assert not process.connect.outcomes.was_deleted(user_id)

    delete(old, process.connect)

    assert process.connect.outcomes.was_deleted(user_id)


@pytest.mark.parametrize("kind", ["access-denied", "server-error"])
def test_user_that_cannot_be_read_is_not_gone(process: Process, kind: str) -> None:
    """A refresh that may not look forgets nobody."""
    old = _made(process)
    process.faults({"operation": "DescribeUser", "kind": kind})

    with pytest.raises((AccessDenied, ServiceFailure)):
        read(old, process.connect)


def test_read_of_an_unchanged_user_gives_back_every_output(process: Process) -> None:
    """Options and names that Connect does not tell stay, or the next preview would show them."""
    old = _made(
        process,
        onDelete="wait",
        deleteWaitSeconds=120,
        deleteQuickConnects=True,
        ignoreDrift=["tags"],
        hierarchyGroup="AMER/West/Team 1",
        proficiencies=[SPANISH],
        tags={"team": "one"},
    )

    assert read(old, process.connect) == old


def test_read_of_a_user_of_a_directory_keeps_whom_it_means(local: Local) -> None:
    """Nothing changes it, and not every directory tells it."""
    arn = instance_of_a_directory(local)
    process = Process(local)
    connect = process.session.connect(arn)
    old = create(process.inputs("EXISTING_DIRECTORY", arn, directoryUserId="d-1"), connect)
    with local.store.database.write() as tx:
        tx.execute("UPDATE users SET doc = json_set(doc, '$.DirectoryUserId', NULL)")
    assert not connect.describe(old.user_id).get("DirectoryUserId")

    assert read(old, connect) == old


def test_read_tells_names_of_the_profiles_that_somebody_gave(process: Process) -> None:
    """Ids and names in state belong together: reports show the names."""
    old = _made(process)
    client = process.local.client
    listed = client.list_security_profiles(InstanceId=INSTANCE_ID)["SecurityProfileSummaryList"]
    analyst = next(s["Id"] for s in listed if s["Name"] == "QualityAnalyst")
    client.update_user_security_profiles(
        InstanceId=INSTANCE_ID, UserId=old.user_id, SecurityProfileIds=[analyst]
    )

    found = _read(old, process)

    assert found.get("securityProfileIds") == [analyst]
    assert found.get("securityProfileNames") == ["QualityAnalyst"]
    assert found.get("routingProfileName") == old.get("routingProfileName")


def test_read_of_a_user_that_was_taken_over_warns_and_keeps_our_mark(process: Process) -> None:
    """Their mark in our state would be taken for a change of ours and put back."""
    old = replace(_made(process, ownership=THEIRS), mark=_OURS)

    found = _read(old, process)

    assert found.mark == _OURS
    (told,) = process.warned
    assert told.startswith("mary.major: now belongs to organization/other/s; remove the resource")


def test_read_of_a_user_that_lost_its_mark_shows_that(process: Process) -> None:
    """Somebody removed our tags: the next `up` sets them again."""
    old = _made(process)
    process.local.client.untag_resource(
        resourceArn=old.user_arn, tagKeys=list(process.live()["Tags"])
    )

    found = _read(old, process)
    assert found.mark is None
    process.local.mark()
    update(found, process.inputs(), process.connect)

    assert process.local.changes() == ["TagResource"]
    assert len(process.live()["Tags"]) == 2


def test_password_that_a_user_is_given_later_replaces_nobody() -> None:
    """An adopted user has one that state never knew: there is nothing that it differs from."""
    old = UserInputs(instance_arn="arn", username="mary.major", attributes={})
    new = old.with_attributes({"password": "Corr3ctHorse", "onPasswordChange": "replace"})

    found = plan(old, new)

    assert (found.replaces, found.steps) == ((), ())
