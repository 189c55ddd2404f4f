"""Every way in which a creation can end: made, completed, resumed, taken over, refused."""

from dataclasses import replace

import pytest

from pulumi_connect_users.core.errors import (
    AccessDenied,
    DeletionRefused,
    InvalidUser,
    NotOurs,
    ServiceFailure,
)
from pulumi_connect_users.users.create import create, resume
from pulumi_connect_users.users.delete import delete
from pulumi_connect_users.users.plan import plan
from tests.support.local_connect import Local
from tests.support.provider_process import (
    INSTANCE_ID,
    OURS,
    SPANISH,
    THEIRS,
    Process,
    closing_server,
    instance_of_a_directory,
    made_by_hand,
)

_ASSOCIATE = "AssociateUserProficiencies"


def test_user_without_a_mark_is_nobodys_even_where_no_marks_are_kept(process: Process) -> None:
    """With ownership off no user is ours: two absent marks are not equal ones."""
    made_by_hand(process.local)
    inputs = replace(process.inputs(), mark=None)
    process.local.mark()

    with pytest.raises(NotOurs, match="taken by a user that no stack manages"):
        create(inputs, process.connect)

    assert process.local.changes() == ["CreateUser"]
    assert process.live()["IdentityInfo"]["LastName"] == "Roe"


def test_second_resource_of_a_stack_is_told_from_its_first(process: Process) -> None:
    """One stack, two resources: the mark's second half decides."""
    create(process.inputs(ownership="organization/p/s#first"), process.connect)

    with pytest.raises(NotOurs, match="taken by another resource of this stack"):
        create(process.inputs(), process.connect)


@pytest.mark.parametrize("denied", [None, "SearchUsers"])
def test_user_whose_name_another_resource_could_not_have_outlives_the_run(
    process: Process, denied: str | None
) -> None:
    """A rename without an alias, and a run that goes on after errors: the deletion comes next."""
    first = create(process.inputs(ownership="organization/p/s#first"), process.connect)
    inputs = process.inputs()
    process.faults(*([{"operation": denied, "kind": "access-denied"}] if denied else []))

    with pytest.raises(AccessDenied if denied else NotOurs):
        create(inputs, process.connect)
    with pytest.raises(DeletionRefused, match="declares the username"):
        delete(first, process.connect)

    assert process.live()["Arn"] == first.user_arn


@pytest.mark.parametrize("code", ["AccessDeniedException", "InvalidRequestException"])
def test_user_whose_proficiencies_are_refused_is_in_state_without_them(
    process: Process, code: str
) -> None:
    """The user exists: what is missing is an output, and is an update of the next run."""
    process.faults({"operation": _ASSOCIATE, "kind": "error", "code": code})
    inputs = process.inputs(proficiencies=[SPANISH])
    process.local.mark()

    outputs = create(inputs, process.connect)

    assert outputs.user_arn == process.live()["Arn"]
    assert outputs.get("proficiencies") is None
    (told,) = outputs.unfinished
    assert told.startswith("completing user mary.major, ")
    assert told.endswith(" without proficiencies; the next `pulumi up` adds them.")
    assert plan(outputs, inputs).changes
    # What may be lateness is not believed at once, but soon; a denial is.
    assert process.local.calls().count(_ASSOCIATE) == (4 if "Invalid" in code else 1)


def test_unreachable_endpoint_is_told_after_the_attempts_of_one_call(local: Local) -> None:
    """Nothing can have been made, so nothing is waited for: 5 attempts, not 5 for each pause."""
    with closing_server(local) as url:
        process = Process(local, {"endpoint": url, "requestsPerSecond": "1000"})
        inputs, connect = process.inputs(), process.connect
    asked: list[str] = []
    process.before_change = lambda: asked.append("CreateUser")

    with pytest.raises(ServiceFailure, match="the endpoint cannot be reached"):
        create(inputs, connect)

    assert len(asked) == 5


def test_creation_interrupted_before_its_proficiencies_is_completed(process: Process) -> None:
    """The next run finds its own user, asks what is there, and adds what is missing."""
    create(process.inputs(), process.connect)

    create(process.inputs(proficiencies=[SPANISH]), process.connect)

    assert process.levels() == {"Spanish": 4}


def test_creation_that_was_interrupted_ends_as_the_program_is_now(process: Process) -> None:
    """Between the two runs somebody has edited the program."""
    create(process.inputs(), process.connect)

    outputs = create(process.inputs(**{"identityInfo.lastName": "Stiles"}), process.connect)

    assert process.live()["IdentityInfo"]["LastName"] == "Stiles"
    assert outputs.get("identityInfo.lastName") == "Stiles"


def test_resumed_user_is_completed_without_another_creation(process: Process) -> None:
    """A roster knows from one search whom an interrupted run has made."""
    first = create(process.inputs(), process.connect)
    process.local.mark()

    again = resume(first.user_id, process.inputs(proficiencies=[SPANISH]), process.connect)

    assert again.user_arn == first.user_arn
    assert process.local.changes() == [_ASSOCIATE]


def test_resumed_user_that_somebody_took_over_meanwhile_is_theirs(process: Process) -> None:
    """The search may be older than the mark: what DescribeUser says counts."""
    first = create(process.inputs(ownership=THEIRS), process.connect)

    with pytest.raises(NotOurs, match="a user of the stack organization/other/s"):
        resume(first.user_id, process.inputs(), process.connect)


def test_resumed_user_that_is_gone_is_made(process: Process) -> None:
    """The search may show whom somebody has deleted since."""
    user_id = made_by_hand(process.local)
    process.local.client.delete_user(InstanceId=INSTANCE_ID, UserId=user_id)

    outputs = resume(user_id, process.inputs(), process.connect)

    assert outputs.user_arn == process.live()["Arn"]


@pytest.mark.parametrize(
    ("mark", "former"),
    [
        (THEIRS, "the stack organization/other/s"),
        ("organization/p/s#other", "another resource of this stack"),
    ],
)
def test_user_taken_over_from_somebody_is_told(process: Process, mark: str, former: str) -> None:
    """Nobody loses a user silently; afterwards the mark is ours."""
    create(process.inputs(ownership=mark), process.connect)

    create(process.inputs().with_attributes({"adopt": True}), process.connect)

    assert process.warned == [f"mary.major: adopted from {former}"]
    assert "#".join(sorted(v for k, v in process.live()["Tags"].items())) == OURS


def test_adoption_cannot_change_whom_a_directory_means(local: Local) -> None:
    """The user came between preview and up: what no call changes is refused at the last moment."""
    arn = instance_of_a_directory(local)
    process = Process(local)
    first = process.inputs("EXISTING_DIRECTORY", arn, directoryUserId="d-1")
    second = process.inputs("EXISTING_DIRECTORY", arn, directoryUserId="d-2")
    connect = process.session.connect(arn)
    create(first, connect)
    local.mark()

    with pytest.raises(
        InvalidUser, match=r"its directoryUserId differs, and Connect cannot change it"
    ):
        create(second.with_attributes({"adopt": True}), connect)

    assert local.changes() == []
