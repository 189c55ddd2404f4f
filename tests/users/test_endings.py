"""Every way in which a creation can end: made, completed, resumed, taken over, refused."""

from dataclasses import replace

import pytest

from pulumi_connect_users.core.errors import (
    UNREACHABLE,
    AccessDenied,
    ApiError,
    DeletionRefused,
    InvalidRequest,
    InvalidUser,
    NotOurs,
    ServiceFailure,
)
from pulumi_connect_users.users.plan import plan
from tests.support.twin_process import DIRECTORY_ARN, TwinProcess
from tests.support.valid_users import OURS, SPANISH, THEIRS

_ASSOCIATE = "AssociateUserProficiencies"


def test_user_without_a_mark_is_nobodys_even_where_no_marks_are_kept(process: TwinProcess) -> None:
    """With ownership off no user is ours: two absent marks are not equal ones."""
    process.connect.add()
    inputs = replace(process.inputs(), mark=None)
    process.connect.mark()

    with pytest.raises(NotOurs, match="taken by a user that no stack manages"):
        process.users.create(inputs)

    assert process.connect.changes() == ["CreateUser"]
    assert process.live()["IdentityInfo"]["LastName"] == "Roe"


def test_second_resource_of_a_stack_is_told_from_its_first(process: TwinProcess) -> None:
    """One stack, two resources: the mark's second half decides."""
    process.users.create(process.inputs(ownership="organization/p/s#first"))

    with pytest.raises(NotOurs, match="taken by another resource of this stack"):
        process.users.create(process.inputs())


@pytest.mark.parametrize("denied", [None, "SearchUsers"])
def test_user_whose_name_another_resource_could_not_have_outlives_the_run(
    process: TwinProcess, denied: str | None
) -> None:
    """A rename without an alias, and a run that goes on after errors: the deletion comes next."""
    first = process.users.create(process.inputs(ownership="organization/p/s#first"))
    inputs = process.inputs()
    if denied:
        process.connect.fail(denied, AccessDenied("denied"))

    with pytest.raises(AccessDenied if denied else NotOurs):
        process.users.create(inputs)
    with pytest.raises(DeletionRefused, match="because another resource of this program"):
        process.users.delete(first)

    assert process.live()["Arn"] == first.user_arn


@pytest.mark.parametrize(
    ("error", "attempts"),
    [(AccessDenied("denied"), 1), (InvalidRequest("late?", code="InvalidRequestException"), 4)],
)
def test_user_whose_proficiencies_are_refused_is_in_state_without_them(
    process: TwinProcess, error: ApiError, attempts: int
) -> None:
    """The user exists: what is missing is an output, and is an update of the next run."""
    process.connect.fail(_ASSOCIATE, error)
    inputs = process.inputs(proficiencies=[SPANISH])
    process.connect.mark()

    outputs = process.users.create(inputs)

    assert outputs.user_arn == process.live()["Arn"]
    assert outputs.get("proficiencies") is None
    (told,) = outputs.unfinished
    assert told.startswith("completing user mary.major, ")
    assert told.endswith(" without proficiencies; the next `pulumi up` adds them.")
    assert plan(outputs, inputs).changes
    # What may be lateness is not believed at once, but soon; a denial is.
    assert process.connect.calls().count(_ASSOCIATE) == attempts


def test_unreachable_endpoint_is_told_after_the_attempts_of_one_call(process: TwinProcess) -> None:
    """Nothing can have been made, so nothing is waited for."""
    inputs = process.inputs()
    process.connect.fail("CreateUser", ServiceFailure("unreachable", code=UNREACHABLE))
    process.connect.mark()

    with pytest.raises(ServiceFailure):
        process.users.create(inputs)

    assert (process.connect.calls(), process.now) == (["CreateUser"], 0)


def test_creation_interrupted_before_its_proficiencies_is_completed(process: TwinProcess) -> None:
    """The next run finds its own user, asks what is there, and adds what is missing."""
    process.users.create(process.inputs())

    process.users.create(process.inputs(proficiencies=[SPANISH]))

    assert process.levels() == {"Spanish": 4}


def test_creation_that_was_interrupted_ends_as_the_program_is_now(process: TwinProcess) -> None:
    """Between the two runs somebody has edited the program."""
    process.users.create(process.inputs())

    outputs = process.users.create(process.inputs(**{"identityInfo.lastName": "Stiles"}))

    assert process.live()["IdentityInfo"]["LastName"] == "Stiles"
    assert outputs.get("identityInfo.lastName") == "Stiles"


def test_resumed_user_is_completed_without_another_creation(process: TwinProcess) -> None:
    """A roster knows from one search whom an interrupted run has made."""
    first = process.users.create(process.inputs())
    process.connect.mark()

    again = process.users.resume(first.user_id, process.inputs(proficiencies=[SPANISH]))

    assert again.user_arn == first.user_arn
    assert process.connect.changes() == [_ASSOCIATE]


def test_resumed_user_that_somebody_took_over_meanwhile_is_theirs(process: TwinProcess) -> None:
    """The search may be older than the mark: what DescribeUser says counts."""
    first = process.users.create(process.inputs(ownership=THEIRS))

    with pytest.raises(NotOurs, match="a user of the stack organization/other/s"):
        process.users.resume(first.user_id, process.inputs())


def test_resumed_user_that_is_gone_is_made(process: TwinProcess) -> None:
    """The search may show whom somebody has deleted since."""
    user_id = process.connect.add()
    process.connect.change("DeleteUser", UserId=user_id)

    outputs = process.users.resume(user_id, process.inputs())

    assert outputs.user_arn == process.live()["Arn"]


@pytest.mark.parametrize(
    ("mark", "former"),
    [
        (THEIRS, "the stack organization/other/s"),
        ("organization/p/s#other", "another resource of this stack"),
    ],
)
def test_user_taken_over_from_somebody_is_told(
    process: TwinProcess, mark: str, former: str
) -> None:
    """Nobody loses a user silently; afterwards the mark is ours."""
    process.users.create(process.inputs(ownership=mark))

    process.users.create(process.inputs().with_attributes({"adopt": True}))

    assert process.warned == [f"mary.major: adopted from {former}"]
    assert "#".join(sorted(v for k, v in process.live()["Tags"].items())) == OURS


def test_adoption_cannot_change_whom_a_directory_means() -> None:
    """The user came between preview and up: what no call changes is refused at the last moment."""
    process = TwinProcess(DIRECTORY_ARN)
    first, second = (process.inputs(directoryUserId=one) for one in ("d-1", "d-2"))
    process.users.create(first)
    process.connect.mark()

    with pytest.raises(InvalidUser, match="directoryUserId differs, and Connect cannot change"):
        process.users.create(second.with_attributes({"adopt": True}))

    assert process.connect.changes() == []
