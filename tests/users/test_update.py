"""update: what its calls carry beside the change, and in which order they are made."""

from typing import Any

import pytest

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.create import create
from pulumi_connect_users.users.inputs import KnownInputs
from pulumi_connect_users.users.plan import plan
from pulumi_connect_users.users.read import read
from pulumi_connect_users.users.service import update
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN
from tests.support.valid_users import bag_of

INSTANCE_ID = MANAGED_ARN.rsplit("/", 1)[1]
_PHONE = {"phoneType": "SOFT_PHONE", "autoAccept": False, "afterContactWorkTimeLimit": 10}


def _inputs(session: ConnectSession, old: Any = None, **changes: Any) -> KnownInputs:
    """What check makes of a valid user with these changes by wire path."""
    bag = bag_of("CONNECT_MANAGED", MANAGED_ARN, {"ownership": "organization/p/s#r", **changes})
    checked = check(old, bag, session)
    assert [str(failure) for failure in checked.failures] == []
    return checked.inputs.known()


@pytest.mark.parametrize("refreshed", [False, True])
def test_change_beside_a_name_that_is_left_to_others_keeps_theirs(
    session: ConnectSession, local: Local, refreshed: bool
) -> None:
    """UpdateUserIdentityInfo takes the whole identity: who married yesterday stays married."""
    connect = session.connect(MANAGED_ARN)
    left = {"ignoreDrift": ["identity_info.last_name"]}
    state = create(_inputs(session, **left), connect)
    user_id = state.user_id
    names = {"FirstName": "Mary", "LastName": "Stiles", "Email": "marym@example.com"}
    local.client.update_user_identity_info(
        InstanceId=INSTANCE_ID,
        UserId=user_id,
        IdentityInfo=names,  # type: ignore[arg-type]
    )
    if refreshed:
        state = read(state, connect) or state

    new = _inputs(session, state, **left, **{"identityInfo.firstName": "Marie"})
    update(state, new, connect)

    assert connect.describe(user_id).get("IdentityInfo") == names | {"FirstName": "Marie"}


def test_change_of_a_name_that_is_left_to_others_is_made(session: ConnectSession) -> None:
    """Left alone is drift; what the program itself changes it changes."""
    connect = session.connect(MANAGED_ARN)
    left = {"ignoreDrift": ["identity_info.last_name"]}
    state = create(_inputs(session, **left), connect)

    new = _inputs(session, state, **left, **{"identityInfo.lastName": "Stiles"})
    update(state, new, connect)

    live = connect.describe(state.user_id)
    assert live.get("IdentityInfo.LastName") == "Stiles"


def test_change_beside_a_phone_setting_that_is_left_to_others_keeps_theirs(
    session: ConnectSession, local: Local
) -> None:
    """UpdateUserPhoneConfig takes the whole configuration."""
    connect = session.connect(MANAGED_ARN)
    left = {"ignoreDrift": ["phone_config.auto_accept"]}
    state = create(_inputs(session, **left, phoneConfig=_PHONE), connect)
    user_id = state.user_id
    theirs = {"PhoneType": "SOFT_PHONE", "AutoAccept": True, "AfterContactWorkTimeLimit": 10}
    local.client.update_user_phone_config(
        InstanceId=INSTANCE_ID,
        UserId=user_id,
        PhoneConfig=theirs,  # type: ignore[arg-type]
    )

    new = _inputs(session, state, **left, phoneConfig=_PHONE | {"afterContactWorkTimeLimit": 20})
    update(state, new, connect)

    live = connect.describe(user_id)
    limit = live.get("PhoneConfig.AfterContactWorkTimeLimit")
    assert (live.get("PhoneConfig.AutoAccept"), limit) == (True, 20)


def test_number_follows_the_phone_type_that_is_left_to_others(
    session: ConnectSession, local: Local
) -> None:
    """An agent who went to a soft phone has no number that could be put back."""
    connect = session.connect(MANAGED_ARN)
    desk = {"phoneType": "DESK_PHONE", "deskPhoneNumber": "+15555551212"}
    declared = {"ignoreDrift": ["phone_config.phone_type"], "phoneConfig": desk}
    state = create(_inputs(session, **declared), connect)
    local.client.update_user_phone_config(
        InstanceId=INSTANCE_ID,
        UserId=state.user_id,
        PhoneConfig={"PhoneType": "SOFT_PHONE"},
    )

    state = read(state, connect) or state

    assert not plan(state, _inputs(session, state, **declared)).changes


@pytest.mark.parametrize(("first", "calls"), [(48, ["Untag", "Tag"]), (47, ["Tag", "Untag"])])
def test_tag_takes_the_place_of_another_on_a_user_that_is_full_of_them(
    session: ConnectSession, local: Local, first: int, calls: list[str]
) -> None:
    """50 is the most: only where there is no room for both does the old one go before."""
    connect = session.connect(MANAGED_ARN)
    keys = [f"key{number}" for number in range(first + 1)]
    state = create(_inputs(session, tags=dict.fromkeys(keys[:-1], "v")), connect)
    local.mark()

    update(state, _inputs(session, state, tags=dict.fromkeys(keys[1:], "v")), connect)

    assert local.changes() == [f"{call}Resource" for call in calls]
    live = connect.describe(state.user_id).tags
    assert sorted(k for k in live if k.startswith("key")) == sorted(keys[1:])
