"""create, update and delete, where Connect is late, full or somebody else's."""

from dataclasses import replace
from typing import Any

import pytest

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.core.errors import Duplicate, NotFound, NotOurs, QuotaExceeded
from pulumi_connect_users.core.ownership import OwnershipMark
from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.create import create
from pulumi_connect_users.users.delete import delete
from pulumi_connect_users.users.inputs import KnownInputs
from pulumi_connect_users.users.service import update
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN
from tests.support.valid_users import bag_of

INSTANCE_ID = MANAGED_ARN.rsplit("/", 1)[1]
_OURS = "organization/p/s#r"
_THEIRS = "organization/other/s#r"


def _inputs(session: ConnectSession, **changes: Any) -> KnownInputs:
    bag = bag_of("CONNECT_MANAGED", MANAGED_ARN, {"ownership": _OURS, **changes})
    checked = check(None, bag, session)
    # Somebody may take the username after a preview.
    assert [f for f in map(str, checked.failures) if "is taken by" not in f] == []
    return checked.inputs.known()


def _faults(local: Local, *rules: dict[str, Any]) -> None:
    local.store.control(clear=True, faults=[{"operation": "CreateUser", **r} for r in rules])


def test_quota_that_the_lost_creation_filled_ends_in_the_user(
    session: ConnectSession, local: Local
) -> None:
    """The first attempt made the user, the second is told that the quota is full."""
    inputs = _inputs(session)
    lost = {"kind": "reset", "when": "after", "nth": 1}
    _faults(local, lost, {"kind": "limit-exceeded", "nth": 2})

    outputs = create(inputs, session.connect(MANAGED_ARN))

    assert [u["Arn"] for u in local.users(INSTANCE_ID)] == [outputs.user_arn]


def test_quota_that_others_filled_fails_at_once(session: ConnectSession, local: Local) -> None:
    """One attempt: waiting makes no room."""
    inputs = _inputs(session)
    _faults(local, {"kind": "limit-exceeded"})
    local.mark()

    with pytest.raises(QuotaExceeded, match="users per instance"):
        create(inputs, session.connect(MANAGED_ARN))

    assert local.calls() == ["CreateUser"]


def test_profile_that_is_not_visible_yet_is_waited_for(
    session: ConnectSession, local: Local
) -> None:
    """What a program has just made may be unknown to CreateUser for a moment."""
    inputs = _inputs(session)
    _faults(local, {"kind": "error", "code": "ResourceNotFoundException", "nth": 1, "times": 2})

    create(inputs, session.connect(MANAGED_ARN))

    assert len(local.users(INSTANCE_ID)) == 1


@pytest.mark.parametrize("code", ["ResourceNotFoundException", "InvalidRequestException"])
def test_proficiencies_wait_until_the_new_user_is_visible(
    session: ConnectSession, local: Local, code: str
) -> None:
    """AWS answers with either code while a creation spreads (eventual consistency)."""
    one = {"attributeName": "language", "attributeValue": "Spanish", "level": 4}
    inputs = _inputs(session, proficiencies=[one])
    late = {"kind": "error", "code": code, "nth": 1, "times": 2}
    _faults(local, {**late, "operation": "AssociateUserProficiencies"})

    outputs = create(inputs, session.connect(MANAGED_ARN))

    rows = session.connect(MANAGED_ARN).proficiencies(outputs.user_id)
    assert [row["AttributeValue"] for row in rows] == ["Spanish"]


@pytest.mark.parametrize("adopt", [False, True])
def test_user_that_this_process_deleted_is_never_adopted(
    session: ConnectSession, local: Local, adopt: bool
) -> None:
    """A replacement must not find the user that it has just deleted and call that the new one."""
    connect = session.connect(MANAGED_ARN)
    inputs = _inputs(session)
    first = create(inputs, connect)
    connect.outcomes.note_deleted(first.user_id)

    with pytest.raises(Duplicate, match="no such user is visible"):
        create(inputs.with_attributes({"adopt": adopt}), connect)


def test_adoption_finds_the_user_that_the_search_missed(
    session: ConnectSession, local: Local
) -> None:
    """Duplicate says that there is one: with adopt=True it is taken over, not refused."""
    connect = session.connect(MANAGED_ARN)
    inputs = _inputs(session, ownership=_THEIRS)
    _faults(local, {"kind": "late-visibility", "calls": 1})
    first = create(inputs, connect)
    local.store.control(clear=True)

    second = create(_inputs(session, adopt=True), connect)

    assert second.user_arn == first.user_arn


def test_user_of_another_stack_is_refused_by_its_name(session: ConnectSession) -> None:
    """Nobody's user is taken by accident."""
    connect = session.connect(MANAGED_ARN)
    create(_inputs(session, ownership=_THEIRS), connect)

    with pytest.raises(NotOurs, match="a user of the stack organization/other/s"):
        create(_inputs(session), connect)


def test_update_of_a_user_that_is_gone_says_how_to_go_on(session: ConnectSession) -> None:
    """Not found for a while is gone: refresh forgets it, up makes it again."""
    inputs = _inputs(session)
    connect = session.connect(MANAGED_ARN)
    old = create(inputs, connect)
    delete(old, connect)
    new = inputs.with_attributes({"identityInfo": {"firstName": "Mary", "lastName": "Stiles"}})

    with pytest.raises(NotFound, match="Run `pulumi refresh`; the next `pulumi up` then creates"):
        update(old, new, connect)


@pytest.mark.parametrize("mark", [OwnershipMark("organization/p/s", "r"), None])
def test_user_of_another_stack_is_neither_changed_nor_deleted(
    session: ConnectSession, local: Local, warnings: list[str], mark: OwnershipMark | None
) -> None:
    """Also where this stack keeps no marks itself: the mark says that somebody else does."""
    connect = session.connect(MANAGED_ARN)
    state = create(_inputs(session, ownership=_THEIRS), connect)
    state = replace(state, mark=mark)
    local.mark()

    with pytest.raises(NotOurs, match="belongs to organization/other/s now"):
        update(state, state.with_attributes({"routingProfileId": "another"}), connect)
    delete(state, connect)

    assert local.changes() == []
    assert [w for w in warnings if "removed from state, not deleted" in w]


def test_adoption_without_ownership_leaves_nobodys_mark(
    session: ConnectSession, local: Local
) -> None:
    """The former stack's mark would make the next delete forget the user instead."""
    connect = session.connect(MANAGED_ARN)
    inputs = _inputs(session, ownership=_THEIRS)
    create(inputs, connect)

    state = create(replace(inputs, mark=None).with_attributes({"adopt": True}), connect)
    delete(state, connect)

    assert local.users(INSTANCE_ID) == []
