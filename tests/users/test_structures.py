"""Calls that take a whole structure: nothing beside the change is lost, equalled or put back."""

from typing import Any

import pytest

from pulumi_connect_users.core.errors import InvalidRequest
from tests.support.programs import SAML_ARN
from tests.support.twin_process import TwinProcess
from tests.support.valid_users import SPANISH

_SOFT = {"phoneType": "SOFT_PHONE", "autoAccept": True, "afterContactWorkTimeLimit": 60}
_DESK = {"phoneType": "DESK_PHONE", "deskPhoneNumber": "+15555551212"}
_FRENCH = {**SPANISH, "attributeValue": "French"}


class Mary:
    """One user as a program has her, and as somebody else changes her."""

    def __init__(self, process: TwinProcess, **declared: Any) -> None:
        self._process = process
        self.state = process.users.create(process.inputs(**declared))

    def becomes(self, **declared: Any) -> list[str]:
        """The calls of an update to these arguments."""
        new = self._process.inputs(**declared)
        self._process.connect.mark()
        self.state = self._process.users.update(self.state, new)
        return self._process.connect.changes()

    def refresh(self) -> None:
        """Reads her."""
        self.state = self._process.users.read(self.state) or self.state

    def change(self, operation: str, **parameters: Any) -> None:
        """What someone else does to her."""
        self._process.connect.change(operation, UserId=self.state.user_id, **parameters)

    @property
    def live(self) -> dict[str, Any]:
        """DescribeUser's answer."""
        return self._process.live()


def _by_channel(entries: list[dict[str, Any]], member: str) -> dict[str, Any]:
    return {e["Channel"]: e[member] for e in entries}


def test_identity_that_changes_in_one_member_keeps_those_of_others(process: TwinProcess) -> None:
    """What somebody added in the console is sent back with the change."""
    mary = Mary(process)
    theirs = {**mary.live["IdentityInfo"], "Mobile": "+15555550100"}
    mary.change("UpdateUserIdentityInfo", IdentityInfo=theirs)

    assert mary.becomes(**{"identityInfo.lastName": "Stiles"}) == ["UpdateUserIdentityInfo"]

    assert mary.live["IdentityInfo"] == {**theirs, "LastName": "Stiles"}


def test_email_of_a_user_who_signs_in_elsewhere_is_never_sent() -> None:
    """SAML users may have one that nobody can set: sent back, it would fail every change."""
    process = TwinProcess(SAML_ARN)
    mary = Mary(process)
    mary.live["IdentityInfo"] |= {"Email": "li@example.com"}

    mary.becomes(**{"identityInfo.lastName": "Juan"})

    assert mary.live["IdentityInfo"] == {"FirstName": "Mary", "LastName": "Juan"}


def test_desk_phone_that_becomes_a_softphone_loses_its_number(process: TwinProcess) -> None:
    """A number beside SOFT_PHONE is refused; state and Connect agree afterwards."""
    mary = Mary(process, phoneConfig=_DESK)

    assert mary.becomes(phoneConfig={"phoneType": "SOFT_PHONE"}) == ["UpdateUserPhoneConfig"]

    phone = mary.live["PhoneConfig"]
    assert (phone["PhoneType"], phone.get("DeskPhoneNumber")) == ("SOFT_PHONE", "")


def test_softphone_that_somebody_made_a_desk_phone_is_put_back(process: TwinProcess) -> None:
    """The number was never ours, and must not come along all the same."""
    mary = Mary(process, phoneConfig=_SOFT)
    theirs: Any = {"PhoneType": "DESK_PHONE", "DeskPhoneNumber": "+15555551212"}
    mary.change("UpdateUserPhoneConfig", PhoneConfig=theirs)
    mary.refresh()

    mary.becomes(phoneConfig=_SOFT)

    phone = mary.live["PhoneConfig"]
    assert (phone["PhoneType"], phone.get("DeskPhoneNumber")) == ("SOFT_PHONE", "")


def test_desk_phone_that_somebody_made_a_softphone_has_no_number(process: TwinProcess) -> None:
    """Connect describes a missing number as an empty text (AWS CLI, example of describe-user)."""
    mary = Mary(process, phoneConfig=_DESK)
    theirs: Any = {"PhoneType": "SOFT_PHONE"}
    mary.change("UpdateUserPhoneConfig", PhoneConfig=theirs)

    mary.refresh()

    assert mary.state.get("phoneConfig") == {"phoneType": "SOFT_PHONE"}
    assert mary.becomes(phoneConfig=_DESK) == ["UpdateUserPhoneConfig"]
    assert mary.live["PhoneConfig"]["DeskPhoneNumber"] == _DESK["deskPhoneNumber"]


def test_missing_address_is_not_sent_back(process: TwinProcess) -> None:
    """An empty text is no e-mail address, which Connect would refuse."""
    mary = Mary(process)
    mary.live["IdentityInfo"] |= {"SecondaryEmail": ""}

    mary.becomes(**{"identityInfo.lastName": "Stiles"})

    assert sorted(mary.live["IdentityInfo"]) == ["Email", "FirstName", "LastName"]


def test_setting_of_all_channels_leaves_apart_what_somebody_set_apart(process: TwinProcess) -> None:
    """UpdateUserPhoneConfig would make the channels equal in what the program does not declare."""
    mary = Mary(process, phoneConfig={"phoneType": "SOFT_PHONE", "autoAccept": True})
    apart: Any = [
        {"Channel": c, "AfterContactWorkConfig": {"AfterContactWorkTimeLimit": n}}
        for c, n in (("VOICE", 30), ("CHAT", 70))
    ]
    mary.change("UpdateUserConfig", AfterContactWorkConfigs=apart)

    calls = mary.becomes(phoneConfig={"phoneType": "SOFT_PHONE", "autoAccept": False})

    assert calls == ["UpdateUserConfig"]
    live = mary.live
    limits = _by_channel(live["AfterContactWorkConfigs"], "AfterContactWorkConfig")
    assert limits["VOICE"] == {"AfterContactWorkTimeLimit": 30}
    assert limits["CHAT"] == {"AfterContactWorkTimeLimit": 70}
    accepts = _by_channel(live["AutoAcceptConfigs"], "AutoAccept")
    assert set(accepts.values()) == {False}, "the setting is for all channels"
    assert len(accepts) > 1


def test_setting_of_all_channels_beside_one_of_a_channel_reaches_all(process: TwinProcess) -> None:
    """A program may declare both: the number goes with its phone type."""
    voice = [{"channel": "VOICE", "voiceEnhancementMode": "NONE"}]
    mary = Mary(process, phoneConfig=_DESK, voiceEnhancementConfigs=voice)
    changed = {**_DESK, "deskPhoneNumber": "+15555551213", "afterContactWorkTimeLimit": 40}

    calls = mary.becomes(phoneConfig=changed, voiceEnhancementConfigs=voice)

    assert calls == ["UpdateUserConfig"]
    live = mary.live
    assert live["PhoneConfig"]["DeskPhoneNumber"] == "+15555551213"
    limits = _by_channel(live["AfterContactWorkConfigs"], "AfterContactWorkConfig")
    assert {limit["AfterContactWorkTimeLimit"] for limit in limits.values()} == {40}


def test_setting_of_all_channels_keeps_what_others_set_beside_it(process: TwinProcess) -> None:
    """Written out channel by channel, entries are whole: callbacks have a setting in them."""
    voice = [{"channel": "VOICE", "voiceEnhancementMode": "NONE"}]
    mary = Mary(process, phoneConfig=_SOFT, voiceEnhancementConfigs=voice)
    entry: Any = {"Channel": "VOICE", "AutoAccept": True, "AgentFirstCallbackAutoAccept": True}
    mary.change("UpdateUserConfig", AutoAcceptConfigs=[entry])

    mary.becomes(phoneConfig={**_SOFT, "autoAccept": False}, voiceEnhancementConfigs=voice)

    accepts = mary.live["AutoAcceptConfigs"]
    assert next(e for e in accepts if e["Channel"] == "VOICE") == {**entry, "AutoAccept": False}


def test_entry_of_a_channel_keeps_members_that_others_manage(process: TwinProcess) -> None:
    """UpdateUserConfig takes whole entries."""
    mary = Mary(process, autoAcceptConfigs=[{"channel": "VOICE", "autoAccept": True}])
    mary.change(
        "UpdateUserConfig",
        AutoAcceptConfigs=[
            {"Channel": "VOICE", "AutoAccept": True, "AgentFirstCallbackAutoAccept": True}
        ],
    )

    mary.becomes(autoAcceptConfigs=[{"channel": "VOICE", "autoAccept": False}])

    entry = next(e for e in mary.live["AutoAcceptConfigs"] if e["Channel"] == "VOICE")
    assert entry == {"Channel": "VOICE", "AutoAccept": False, "AgentFirstCallbackAutoAccept": True}


def test_phone_of_a_channel_that_becomes_a_softphone_loses_its_number(process: TwinProcess) -> None:
    """Live entries are sent back without what the new type refuses."""
    desk = {"channel": "VOICE", "phoneType": "DESK_PHONE", "phoneNumber": "+15555551212"}
    mary = Mary(process, phoneNumberConfigs=[desk])

    mary.becomes(phoneNumberConfigs=[{"channel": "VOICE", "phoneType": "SOFT_PHONE"}])

    (entry,) = mary.live["PhoneNumberConfigs"]
    assert entry["PhoneType"] == "SOFT_PHONE"
    assert not entry.get("PhoneNumber")


@pytest.mark.parametrize("there", [[], [("Spanish", 2)], [("French", 4)], [("Spanish", 4)]])
def test_proficiencies_are_brought_from_whatever_connect_has(
    process: TwinProcess, there: list[tuple[str, int]]
) -> None:
    """State says Spanish 4, the program wants French 4 and Spanish 5; somebody was in between."""
    mary = Mary(process, proficiencies=[SPANISH])
    of = [
        {"AttributeName": "language", "AttributeValue": value, "Level": level}
        for value, level in (("Spanish", 4), *there)
    ]
    mary.change("DisassociateUserProficiencies", UserProficiencies=of[:1])
    mary.change("AssociateUserProficiencies", UserProficiencies=of[1:])

    mary.becomes(proficiencies=[{**SPANISH, "level": 5}, _FRENCH])

    assert process.levels() == {"Spanish": 5, "French": 4}
    assert process.connect.refused == [], "nothing is tried blindly"


@pytest.mark.parametrize("lost", ["AssociateUserProficiencies", "DisassociateUserProficiencies"])
def test_proficiencies_whose_answer_was_lost_are_not_refused_the_second_time(
    process: TwinProcess, lost: str
) -> None:
    """None of these calls may be made twice: what is left to do is looked up anew."""
    mary = Mary(process, proficiencies=[SPANISH])
    process.connect.fail(lost, InvalidRequest("made already"), times=1, after=True)

    mary.becomes(proficiencies=[_FRENCH])

    assert process.levels() == {"French": 4}


def test_refusal_of_proficiencies_that_nothing_explains_is_an_error(process: TwinProcess) -> None:
    """Looked up anew nothing has changed: the same call would be refused for ever."""
    mary = Mary(process)
    operation = "AssociateUserProficiencies"
    process.connect.fail(operation, InvalidRequest("refused"))

    with pytest.raises(InvalidRequest, match="refused"):
        mary.becomes(proficiencies=[SPANISH])

    assert process.connect.changes() == [operation]


def test_tags_of_others_stay_and_an_undeclared_one_of_ours_goes(process: TwinProcess) -> None:
    """Tags are managed one by one."""
    mary = Mary(process, tags={"team": "one", "site": "west"})
    mary.live["Tags"]["theirs"] = "1"

    mary.becomes(tags={"team": "two"})

    tags = mary.live["Tags"]
    assert {k: v for k, v in tags.items() if ":" not in k} == {"team": "two", "theirs": "1"}
    assert len(tags) == 4, "the mark stays"
