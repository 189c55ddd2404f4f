"""update: what its calls carry beside the change, and in which order they are made."""

import pytest

from pulumi_connect_users.users.plan import plan
from tests.support.twin_process import TwinProcess

_PHONE = {"phoneType": "SOFT_PHONE", "autoAccept": False, "afterContactWorkTimeLimit": 10}


@pytest.mark.parametrize("refreshed", [False, True])
def test_change_beside_a_name_that_is_left_to_others_keeps_theirs(
    process: TwinProcess, refreshed: bool
) -> None:
    """UpdateUserIdentityInfo takes the whole identity: who married yesterday stays married."""
    left = {"ignoreDrift": ["identity_info.last_name"]}
    state = process.users.create(process.inputs(**left))
    user_id = state.user_id
    names = {"FirstName": "Mary", "LastName": "Stiles", "Email": "marym@example.com"}
    process.connect.change("UpdateUserIdentityInfo", UserId=user_id, IdentityInfo=names)
    if refreshed:
        state = process.users.read(state) or state

    new = process.inputs(state, **left, **{"identityInfo.firstName": "Marie"})
    process.users.update(state, new)

    assert process.live()["IdentityInfo"] == names | {"FirstName": "Marie"}


def test_change_of_a_name_that_is_left_to_others_is_made(process: TwinProcess) -> None:
    """Left alone is drift; what the program itself changes it changes."""
    left = {"ignoreDrift": ["identity_info.last_name"]}
    state = process.users.create(process.inputs(**left))

    new = process.inputs(state, **left, **{"identityInfo.lastName": "Stiles"})
    process.users.update(state, new)

    assert process.live()["IdentityInfo"]["LastName"] == "Stiles"


def test_change_beside_a_phone_setting_that_is_left_to_others_keeps_theirs(
    process: TwinProcess,
) -> None:
    """UpdateUserPhoneConfig takes the whole configuration."""
    left = {"ignoreDrift": ["phone_config.auto_accept"]}
    state = process.users.create(process.inputs(**left, phoneConfig=_PHONE))
    user_id = state.user_id
    theirs = {"PhoneType": "SOFT_PHONE", "AutoAccept": True, "AfterContactWorkTimeLimit": 10}
    process.connect.change("UpdateUserPhoneConfig", UserId=user_id, PhoneConfig=theirs)

    new = process.inputs(state, **left, phoneConfig=_PHONE | {"afterContactWorkTimeLimit": 20})
    process.users.update(state, new)

    phone = process.live()["PhoneConfig"]
    assert (phone["AutoAccept"], phone["AfterContactWorkTimeLimit"]) == (True, 20)


def test_number_follows_the_phone_type_that_is_left_to_others(process: TwinProcess) -> None:
    """An agent who went to a soft phone has no number that could be put back."""
    desk = {"phoneType": "DESK_PHONE", "deskPhoneNumber": "+15555551212"}
    declared = {"ignoreDrift": ["phone_config.phone_type"], "phoneConfig": desk}
    state = process.users.create(process.inputs(**declared))
    process.connect.change(
        "UpdateUserPhoneConfig",
        UserId=state.user_id,
        PhoneConfig={"PhoneType": "SOFT_PHONE"},
    )

    state = process.users.read(state) or state

    assert not plan(state, process.inputs(state, **declared)).changes


@pytest.mark.parametrize(("first", "calls"), [(48, ["Untag", "Tag"]), (47, ["Tag", "Untag"])])
def test_tag_takes_the_place_of_another_on_a_user_that_is_full_of_them(
    process: TwinProcess, first: int, calls: list[str]
) -> None:
    """50 is the most: only where there is no room for both does the old one go before."""
    keys = [f"key{number}" for number in range(first + 1)]
    state = process.users.create(process.inputs(tags=dict.fromkeys(keys[:-1], "v")))
    process.connect.mark()

    process.users.update(state, process.inputs(state, tags=dict.fromkeys(keys[1:], "v")))

    assert process.connect.changes() == [f"{call}Resource" for call in calls]
    live = process.live()["Tags"]
    assert sorted(k for k in live if k.startswith("key")) == sorted(keys[1:])
