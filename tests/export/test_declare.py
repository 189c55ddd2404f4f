"""What a program says of a user: each setting once, names only where they find the same thing."""

from collections.abc import Mapping
from typing import Any

import pytest

from pulumi_connect_users.core.described_user import DescribedUser
from pulumi_connect_users.core.lookups import Catalog, InstanceFacts
from pulumi_connect_users.export.declare import KINDS, declare
from pulumi_connect_users.users.whole_user import ReadUser
from tests.support.programs import MANAGED_ARN


def _said(names: Mapping[str, str] | None = None, **described: Any) -> dict[str, Any]:
    """What a program declares of a user; `names` are those of all profiles and groups, by id."""
    user = ReadUser(DescribedUser.decode({"Username": "mary.major", **described}))
    instance = InstanceFacts(MANAGED_ARN, "CONNECT_MANAGED")
    return declare(user, instance, {kind: Catalog(names or {}) for kind in KINDS})


@pytest.mark.parametrize(
    ("chat", "kept"), [(False, {"phoneConfig": True}), (True, {"autoAcceptConfigs": [True, True]})]
)
def test_auto_accept_is_said_once_and_whole(chat: bool, kept: dict[str, Any]) -> None:
    """The soft phone's setting is not that of chats: where they accept too, each is listed."""
    said = _said(
        PhoneConfig={"AutoAccept": True},
        AutoAcceptConfigs=[
            {"Channel": "VOICE", "AutoAccept": True},
            {"Channel": "CHAT", "AutoAccept": chat},
        ],
    )

    phone = said.get("phoneConfig", {}).get("autoAccept")
    lists = [entry["autoAccept"] for entry in said.get("autoAcceptConfigs", [])]
    assert {"phoneConfig": phone, "autoAcceptConfigs": lists} == {
        "phoneConfig": None,
        "autoAcceptConfigs": [],
        **kept,
    }


def test_setting_of_first_callbacks_keeps_its_list() -> None:
    """The setting for all channels cannot say it: what it would leave out is not lost."""
    said = _said(
        PhoneConfig={"AfterContactWorkTimeLimit": 60},
        AfterContactWorkConfigs=[
            {
                "Channel": "VOICE",
                "AfterContactWorkConfig": {"AfterContactWorkTimeLimit": 60},
                "AgentFirstCallbackAfterContactWorkConfig": {"AfterContactWorkTimeLimit": 30},
            }
        ],
    )

    (entry,) = said["afterContactWorkConfigs"]
    assert entry["agentFirstCallbackAfterContactWorkConfig"] == {"afterContactWorkTimeLimit": 30}
    assert "phoneConfig" not in said


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ({"r-1": "Night"}, ("routingProfile", "Night")),
        ({"r-1": "Night", "r-2": "Night"}, ("routingProfileId", "r-1")),
        ({"r-1": " Night"}, ("routingProfileId", "r-1")),
        ({"r-2": "Night"}, ("routingProfileId", "r-1")),
    ],
)
def test_name_is_said_only_where_it_finds_the_same_thing(
    names: dict[str, str], said: tuple[str, str]
) -> None:
    """Two of a name, a name that is trimmed, one that is not listed: the id is certain."""
    found = _said(names, RoutingProfileId="r-1")

    assert {k: v for k, v in found.items() if k.startswith("routing")} == dict([said])
