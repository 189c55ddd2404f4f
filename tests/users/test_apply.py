"""create, update and delete, where Connect is late, full or somebody else's."""

from dataclasses import replace

import pytest

from pulumi_connect_users.core.errors import (
    ApiError,
    Duplicate,
    InvalidRequest,
    NotFound,
    NotOurs,
    OutcomeUnknown,
    QuotaExceeded,
)
from pulumi_connect_users.core.ownership import OwnershipMark
from tests.support.twin_process import TwinProcess
from tests.support.valid_users import SPANISH, THEIRS


def test_quota_that_the_lost_creation_filled_ends_in_the_user(process: TwinProcess) -> None:
    """The first attempt made the user, the second is told that the quota is full."""
    process.connect.fail("CreateUser", OutcomeUnknown("lost"), times=1, after=True)
    process.connect.fail("CreateUser", QuotaExceeded("full"), times=1)

    outputs = process.users.create(process.inputs())

    assert process.live()["Arn"] == outputs.user_arn


def test_quota_that_others_filled_fails_at_once(process: TwinProcess) -> None:
    """One attempt: waiting makes no room."""
    inputs = process.inputs()
    process.connect.fail("CreateUser", QuotaExceeded("full"))
    process.connect.mark()

    with pytest.raises(QuotaExceeded):
        process.users.create(inputs)

    assert process.connect.calls() == ["CreateUser"]


def test_profile_that_is_not_visible_yet_is_waited_for(process: TwinProcess) -> None:
    """What a program has just made may be unknown to CreateUser for a moment."""
    process.connect.fail("CreateUser", NotFound("late"), times=2)

    process.users.create(process.inputs())

    assert process.live()["Username"] == "mary.major"
    assert process.now == 1 + 2, "seconds waited"


@pytest.mark.parametrize(
    "late", [NotFound("late"), InvalidRequest("late", code="InvalidRequestException")]
)
def test_proficiencies_wait_until_the_new_user_is_visible(
    process: TwinProcess, late: ApiError
) -> None:
    """AWS answers with either code while a creation spreads (eventual consistency)."""
    process.connect.fail("AssociateUserProficiencies", late, times=2)

    process.users.create(process.inputs(proficiencies=[SPANISH]))

    assert process.levels() == {"Spanish": 4}


@pytest.mark.parametrize("adopt", [False, True])
def test_user_that_this_process_deleted_is_never_adopted(process: TwinProcess, adopt: bool) -> None:
    """A replacement must not find the user that it has just deleted and call that the new one."""
    inputs = process.inputs()
    first = process.users.create(inputs)
    process.run.outcomes.note_deleted(first.user_id)

    with pytest.raises(Duplicate, match="no such user is visible"):
        process.users.create(inputs.with_attributes({"adopt": adopt}))


def test_adoption_finds_the_user_that_the_search_missed(process: TwinProcess) -> None:
    """Duplicate says that there is one: with adopt=True it is taken over, not refused."""
    ours = process.inputs(adopt=True)
    first = process.users.create(process.inputs(ownership=THEIRS))
    process.connect.fail("DescribeUser", NotFound("late"), times=1)

    second = process.users.create(ours)

    assert process.connect.calls().count("CreateUser") == 2
    assert second.user_arn == first.user_arn


def test_user_of_another_stack_is_refused_by_its_name(process: TwinProcess) -> None:
    """Nobody's user is taken by accident."""
    process.users.create(process.inputs(ownership=THEIRS))

    with pytest.raises(NotOurs, match="a user of the stack organization/other/s"):
        process.users.create(process.inputs())


def test_update_of_a_user_that_is_gone_says_how_to_go_on(process: TwinProcess) -> None:
    """Not found for a while is gone: refresh forgets it, up makes it again."""
    inputs = process.inputs()
    old = process.users.create(inputs)
    process.users.delete(old)
    new = inputs.with_attributes({"identityInfo": {"firstName": "Mary", "lastName": "Stiles"}})

    with pytest.raises(NotFound, match="Run `pulumi refresh`; the next `pulumi up` then creates"):
        process.users.update(old, new)


@pytest.mark.parametrize("mark", [OwnershipMark("organization/p/s", "r"), None])
def test_user_of_another_stack_is_neither_changed_nor_deleted(
    process: TwinProcess, mark: OwnershipMark | None
) -> None:
    """Also where this stack keeps no marks itself: the mark says that somebody else does."""
    state = process.users.create(process.inputs(ownership=THEIRS))
    state = replace(state, mark=mark)
    process.connect.mark()

    with pytest.raises(NotOurs, match="it now belongs to organization/other/s"):
        process.users.update(state, state.with_attributes({"routingProfileId": "another"}))
    process.users.delete(state)

    assert process.connect.changes() == []
    assert [w for w in process.warned if "removed from state, not deleted" in w]


def test_adoption_without_ownership_leaves_nobodys_mark(process: TwinProcess) -> None:
    """The former stack's mark would make the next delete forget the user instead."""
    inputs = process.inputs(ownership=THEIRS)
    process.users.create(inputs)

    state = process.users.create(replace(inputs, mark=None).with_attributes({"adopt": True}))
    process.users.delete(state)

    assert not process.connect.described
