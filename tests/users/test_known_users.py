"""update, delete and read of a user in state, where Connect is late or somebody was quicker."""

from dataclasses import replace
from typing import Any

import pytest

from pulumi_connect_users.core.errors import AccessDenied, ApiError, NotFound, ServiceFailure
from pulumi_connect_users.core.lookups import Kind
from pulumi_connect_users.core.ownership import OwnershipMark
from pulumi_connect_users.users.inputs import UserInputs
from pulumi_connect_users.users.plan import plan
from pulumi_connect_users.users.ports import QuickConnect
from pulumi_connect_users.users.state import UserState
from tests.support.twin_process import DIRECTORY_ARN, TwinProcess
from tests.support.valid_users import OURS, SPANISH, THEIRS

_OURS = OwnershipMark("organization/p/s", "r")
_RENAMED = "organization/p/s#renamed"
_STILES = {"identityInfo.lastName": "Stiles"}


def _made(process: TwinProcess, **changes: Any) -> UserState:
    return process.users.create(process.inputs(**changes))


def _read(old: UserState, process: TwinProcess) -> UserState:
    found = process.users.read(old)
    assert found is not None
    return found


def test_update_of_a_user_that_is_not_visible_yet_waits(process: TwinProcess) -> None:
    """Made a moment ago by another run: not found is not gone."""
    old = _made(process)
    process.connect.fail("DescribeUser", NotFound("late"), times=2)

    process.users.update(old, process.inputs(**_STILES))

    assert process.live()["IdentityInfo"]["LastName"] == "Stiles"


def test_update_returns_what_the_program_wants_now(process: TwinProcess) -> None:
    """What it returns is compared with the next program: old values would be changed again."""
    old = _made(process, hierarchyGroup="AMER/West/Team 1")
    new = process.inputs(**_STILES)

    outputs = process.users.update(old, new)

    assert outputs == replace(UserState.of(new, old.user_arn), last_modified=outputs.last_modified)


@pytest.mark.parametrize("live", [OURS, _RENAMED])
def test_renamed_resource_may_change_its_user_before_and_after_the_mark_moved(
    process: TwinProcess, live: str
) -> None:
    """A run that ended after TagResource leaves the new mark with the old state: both are ours."""
    old = replace(_made(process, ownership=live), mark=_OURS)

    process.users.update(old, process.inputs(ownership=_RENAMED, **_STILES))

    assert process.live()["IdentityInfo"]["LastName"] == "Stiles"
    assert sorted(process.live()["Tags"].values()) == ["organization/p/s", "renamed"]


def test_stack_that_keeps_no_marks_any_more_takes_its_own_away(process: TwinProcess) -> None:
    """With `connect:ownership: off` a tag of ours would tell others that we manage the user."""
    old = _made(process, tags={"team": "one"})
    new = replace(process.inputs(tags={"team": "one"}), mark=None)

    process.users.update(old, new)

    assert process.live()["Tags"] == {"team": "one"}


def test_attribute_that_is_left_to_others_leaves_state_without_a_call(process: TwinProcess) -> None:
    """No longer declared and in `ignore_drift`: forgotten here, kept there."""
    old = _made(process, hierarchyGroup="AMER/West/Team 1")
    new = process.inputs(ignoreDrift=["hierarchy_group"])
    group = process.live()["HierarchyGroupId"]
    process.connect.mark()

    assert "hierarchyGroupId" in plan(old, new).state_only
    outputs = process.users.update(old, new)

    assert outputs.get("hierarchyGroupId") is None
    assert process.connect.changes() == []
    assert process.live()["HierarchyGroupId"] == group


def test_option_alone_is_stored_without_a_call(process: TwinProcess) -> None:
    """Not even a look: a thousand users with another `on_delete` cost nothing."""
    old = _made(process)
    new = process.inputs(onDelete="force")
    process.connect.mark()

    outputs = process.users.update(old, new)

    assert outputs.get("onDelete") == "force"
    assert process.connect.calls() == []


def test_user_that_is_gone_is_deleted(process: TwinProcess) -> None:
    """Somebody was quicker: that is what was wanted."""
    old = _made(process)
    process.connect.change("DeleteUser", UserId=old.user_id)
    process.connect.mark()

    process.users.delete(old)

    assert process.connect.changes() == []


def test_deletion_whose_answer_was_lost_is_done(process: TwinProcess) -> None:
    """The second attempt finds nobody."""
    old = _made(process)
    process.connect.fail("DeleteUser", NotFound("gone already"), after=True)

    process.users.delete(old)

    assert not process.connect.described


def test_quick_connect_that_is_gone_already_stops_no_deletion(process: TwinProcess) -> None:
    """One search serves many deletions: somebody may have deleted one meanwhile."""
    old = _made(process, deleteQuickConnects=True)
    process.connect.leading = [(old.user_id, QuickConnect("q", "Mary"))]
    process.connect.fail("DeleteQuickConnect", NotFound("gone already"))
    process.connect.mark()

    process.users.delete(old)

    assert process.connect.changes() == ["DeleteQuickConnect", "DeleteUser"]


def test_refused_deletion_is_told(process: TwinProcess) -> None:
    """Only absence is success."""
    old = _made(process)
    process.connect.fail("DeleteUser", AccessDenied("denied"))

    with pytest.raises(AccessDenied):
        process.users.delete(old)

    assert not process.run.outcomes.was_deleted(old.user_id)


def test_deleted_user_is_remembered_for_the_run(process: TwinProcess) -> None:
    """Connect may show it for a while: nothing may take it for alive."""
    old = _made(process)
    user_id = old.user_id
    assert not process.run.outcomes.was_deleted(user_id)

    process.users.delete(old)

    assert process.run.outcomes.was_deleted(user_id)


@pytest.mark.parametrize("error", [AccessDenied("denied"), ServiceFailure("failed")])
def test_user_that_cannot_be_read_is_not_gone(process: TwinProcess, error: ApiError) -> None:
    """A refresh that may not look forgets nobody."""
    old = _made(process)
    process.connect.fail("DescribeUser", error)

    with pytest.raises((AccessDenied, ServiceFailure)):
        process.users.read(old)


def test_read_of_an_unchanged_user_gives_back_every_output(process: TwinProcess) -> None:
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

    assert process.users.read(old) == old


def test_read_of_a_user_of_a_directory_keeps_whom_it_means() -> None:
    """Nothing changes it, and not every directory tells it."""
    process = TwinProcess(DIRECTORY_ARN)
    old = _made(process, directoryUserId="d-1")
    assert process.live().pop("DirectoryUserId") == "d-1"

    assert process.users.read(old) == old


def test_read_tells_names_of_the_profiles_that_somebody_gave(process: TwinProcess) -> None:
    """Ids and names in state belong together: reports show the names."""
    old = _made(process)
    analyst = process.connect.id_of(Kind.SECURITY_PROFILE, "QualityAnalyst")
    process.live()["SecurityProfileIds"] = [analyst]

    found = _read(old, process)

    assert found.get("securityProfileIds") == [analyst]
    assert found.get("securityProfileNames") == ["QualityAnalyst"]
    assert found.get("routingProfileName") == old.get("routingProfileName")


def test_read_of_a_user_that_was_taken_over_warns_and_keeps_our_mark(process: TwinProcess) -> None:
    """Their mark in our state would be taken for a change of ours and put back."""
    old = replace(_made(process, ownership=THEIRS), mark=_OURS)

    found = _read(old, process)

    assert found.mark == _OURS
    (told,) = process.warned
    assert told.startswith("mary.major: now belongs to organization/other/s; remove the resource")


def test_read_of_a_user_that_lost_its_mark_shows_that(process: TwinProcess) -> None:
    """Somebody removed our tags: the next `up` sets them again."""
    old = _made(process)
    process.connect.change(
        "UntagResource", resourceArn=old.user_arn, tagKeys=list(process.live()["Tags"])
    )

    found = _read(old, process)
    assert found.mark is None
    process.connect.mark()
    process.users.update(found, process.inputs())

    assert process.connect.changes() == ["TagResource"]
    assert len(process.live()["Tags"]) == 2


def test_password_that_a_user_is_given_later_replaces_nobody() -> None:
    """An adopted user has one that state never knew: there is nothing that it differs from."""
    old = UserInputs(instance_arn="arn", username="mary.major", attributes={})
    new = old.with_attributes({"password": "Corr3ctHorse", "onPasswordChange": "replace"})

    found = plan(old, new)

    assert (found.replaces, found.steps) == ((), ())
