"""What bulk sees and what it rests on: a change in every attribute, beside an exact read."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.aws.settings import read_settings
from pulumi_connect_users.core.arns import last_part
from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.service import InstanceUsers
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN

INSTANCE = MANAGED_ARN.split("/")[1]
NAMES = {"FirstName": "Mary", "LastName": "Major"}
IDENTITY = {
    **NAMES,
    "Email": "marym@example.com",
    "SecondaryEmail": "mary@example.com",
    "Mobile": "+15555551212",
}
PHONE = {"PhoneType": "SOFT_PHONE", "AutoAccept": True, "AfterContactWorkTimeLimit": 60}
COMMON: dict[str, Any] = {
    "instanceArn": MANAGED_ARN,
    "username": "mary.major",
    "password": "Corr3ctHorse",
    "identityInfo": {
        "firstName": "Mary",
        "lastName": "Major",
        "email": "marym@example.com",
        "secondaryEmail": "mary@example.com",
        "mobile": "+15555551212",
    },
    "routingProfile": "Basic Routing Profile",
    "securityProfiles": ["Agent"],
    "hierarchyGroup": "AMER/West/Team 1",
    "proficiencies": [
        {"attributeName": "language", "attributeValue": "Spanish", "level": 4},
        {"attributeName": "language", "attributeValue": "English", "level": 5},
    ],
    "tags": {"Site": "1"},
    "ownership": "o/p/s#" + "0" * 8,
}
ALL_CHANNELS = {
    "phoneConfig": {
        "phoneType": "SOFT_PHONE",
        "autoAccept": True,
        "afterContactWorkTimeLimit": 60,
        "persistentConnection": False,
    }
}
BY_CHANNEL = {
    "autoAcceptConfigs": [{"channel": "VOICE", "autoAccept": True}],
    "afterContactWorkConfigs": [
        {"channel": "CHAT", "afterContactWorkConfig": {"afterContactWorkTimeLimit": 60}}
    ],
    "phoneNumberConfigs": [{"channel": "VOICE", "phoneType": "SOFT_PHONE"}],
    "persistentConnectionConfigs": [{"channel": "VOICE", "persistentConnection": False}],
    "voiceEnhancementConfigs": [{"channel": "VOICE", "voiceEnhancementMode": "NONE"}],
}
Change = tuple[str, dict[str, Any]]


def identity(**changes: str) -> Change:
    """Another identity."""
    return "update_user_identity_info", {"IdentityInfo": IDENTITY | changes}


def phone(**changes: Any) -> Change:
    """Another phone configuration."""
    return "update_user_phone_config", {"PhoneConfig": PHONE | changes}


def config(**changes: Any) -> Change:
    """Another setting of one channel."""
    return "update_user_config", changes


def level(number: int) -> Change:
    """Another level of a proficiency."""
    entry = {"AttributeName": "language", "AttributeValue": "Spanish", "Level": number}
    return "update_user_proficiencies", {"UserProficiencies": [entry]}


CHANGES: list[tuple[dict[str, Any], Change]] = [
    (ALL_CHANNELS, identity(FirstName="Li")),
    (ALL_CHANNELS, identity(LastName="Juan")),
    (ALL_CHANNELS, identity(Email="other@example.com")),
    (ALL_CHANNELS, identity(SecondaryEmail="other@example.com")),
    (ALL_CHANNELS, identity(Mobile="+15555550100")),
    (ALL_CHANNELS, phone(PhoneType="DESK_PHONE", DeskPhoneNumber="+15555551212")),
    (ALL_CHANNELS, phone(AutoAccept=False)),
    (ALL_CHANNELS, phone(AfterContactWorkTimeLimit=61)),
    (ALL_CHANNELS, phone(PersistentConnection=True)),
    (ALL_CHANNELS, ("update_user_hierarchy", {})),
    (ALL_CHANNELS, level(1)),
    (
        ALL_CHANNELS,
        (
            "disassociate_user_proficiencies",
            {"UserProficiencies": [{"AttributeName": "language", "AttributeValue": "English"}]},
        ),
    ),
    (BY_CHANNEL, config(AutoAcceptConfigs=[{"Channel": "VOICE", "AutoAccept": False}])),
    (
        BY_CHANNEL,
        config(
            AfterContactWorkConfigs=[
                {"Channel": "CHAT", "AfterContactWorkConfig": {"AfterContactWorkTimeLimit": 61}}
            ]
        ),
    ),
    (
        BY_CHANNEL,
        config(
            PhoneNumberConfigs=[
                {"Channel": "VOICE", "PhoneType": "DESK_PHONE", "PhoneNumber": "+15555551212"}
            ]
        ),
    ),
    (
        BY_CHANNEL,
        config(PersistentConnectionConfigs=[{"Channel": "VOICE", "PersistentConnection": True}]),
    ),
    (
        BY_CHANNEL,
        config(
            VoiceEnhancementConfigs=[
                {"Channel": "VOICE", "VoiceEnhancementMode": "VOICE_ISOLATION"}
            ]
        ),
    ),
]


def users_of(store: Path, *, bulk: bool) -> InstanceUsers:
    """What a process of its own would know."""
    session = ConnectSession(read_settings({"endpoint": "local", "localStore": str(store)}.get, {}))
    snapshots = partial(session.snapshot, MANAGED_ARN) if bulk else None
    return InstanceUsers(session.connect(MANAGED_ARN), session, snapshots=snapshots)


@pytest.fixture
def make(store: Path) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Creates Mary and nine colleagues; returns Mary's outputs."""

    def created(phone_settings: dict[str, Any]) -> dict[str, Any]:
        users = users_of(store, bulk=False)
        for number in range(9):
            colleague = {**COMMON, "username": f"agent.{number}"}
            users.create(check(None, colleague, users.lookups).inputs)
        checked = check(None, COMMON | phone_settings, users.lookups)
        assert checked.failures == []
        return users.create(checked.inputs)

    return created


def next_second() -> None:
    """Waits for a second that nobody has written in: Connect's times have whole ones."""
    now = int(time.time())
    while int(time.time()) == now:
        time.sleep(0.01)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "change"), CHANGES, ids=[f"{n}-{c[0]}" for n, (_, c) in enumerate(CHANGES)]
)
def test_change_of_any_attribute_is_seen_in_bulk_as_an_exact_read_sees_it(
    store: Path,
    make: Callable[[dict[str, Any]], dict[str, Any]],
    settings: dict[str, Any],
    change: Change,
) -> None:
    """Both reads report the same outputs, and they differ from the state."""
    state = make(settings)
    assert users_of(store, bulk=True).read(state["userArn"], state) == state
    next_second()
    operation, parameters = change
    client = Local(store).client
    getattr(client, operation)(
        InstanceId=INSTANCE, UserId=last_part(state["userArn"]), **parameters
    )

    exact = users_of(store, bulk=False).read(state["userArn"], state)
    bulk = users_of(store, bulk=True).read(state["userArn"], state)

    assert exact == bulk
    assert {**(exact or {}), "lastModifiedTime": 0} != {**state, "lastModifiedTime": 0}


def test_change_without_a_new_time_is_seen_by_an_exact_read(
    store: Path, make: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """Bulk rests on LastModifiedTime for what is in no bulk read; exact does not."""
    state = make(ALL_CHANNELS)
    with Local(store).store.database.write() as tx:
        (doc,) = tx.execute(
            "SELECT doc FROM users WHERE id = ?", (last_part(state["userArn"]),)
        ).fetchone()
        other = json.loads(doc)
        other["IdentityInfo"]["Email"] = "other@example.com"
        tx.execute(
            "UPDATE users SET doc = ? WHERE id = ?",
            (json.dumps(other), last_part(state["userArn"])),
        )
    bulk = users_of(store, bulk=True).read(state["userArn"], state) or {}
    exact = users_of(store, bulk=False).read(state["userArn"], state) or {}
    emails = [found["identityInfo"]["email"] for found in (bulk, exact)]
    assert emails == ["marym@example.com", "other@example.com"]


@pytest.mark.parametrize("remembered", [True, False], ids=["written", "taken over"])
def test_refresh_of_users_without_times_costs_no_call_a_user(store: Path, remembered: bool) -> None:
    """40 users with an e-mail address, ListUsers without LastModifiedTime (boto3#3927).

    Who was written or read before is known; who was not is read once, and known from then on.
    """
    users = users_of(store, bulk=False)
    states = []
    for number in range(40):
        who = {**COMMON, "username": f"user.{number}", "proficiencies": []}
        state = users.create(check(None, who, users.lookups).inputs)
        states.append(state if remembered else without(state, "lastModifiedTime"))
    connect = Local(store)
    connect.store.control(times=False)
    counts = []
    for _ in range(2):
        connect.mark()
        bulk = users_of(store, bulk=True)
        found = [bulk.read(state["userArn"], state) for state in states]
        assert [without(one or {}, "lastModifiedTime") for one in found] == [
            without(state, "lastModifiedTime") for state in states
        ]
        states = [one or {} for one in found]
        counts.append(Counter(connect.calls()))
    few = Counter(DescribeInstance=1, SearchUsers=1, ListUsers=1)
    assert counts == [few if remembered else few + Counter(DescribeUser=40), few]


def without(bag: Mapping[str, Any], key: str) -> dict[str, Any]:
    """All but one key."""
    return {k: v for k, v in bag.items() if k != key}


def test_change_by_others_before_ours_is_not_covered_by_our_time(
    store: Path, make: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """Somebody changes the e-mail address, then we change the tags: a refresh still finds it."""
    state = make(ALL_CHANNELS)
    next_second()
    Local(store).client.update_user_identity_info(
        InstanceId=INSTANCE,
        UserId=last_part(state["userArn"]),
        IdentityInfo=IDENTITY | {"Email": "other@example.com"},  # type: ignore[arg-type]
    )
    next_second()
    inputs = {k: v for k, v in state.items() if k not in ("userArn", "lastModifiedTime")}
    updated = users_of(store, bulk=False).update(
        state["userArn"], state, inputs | {"tags": {"Site": "2"}}
    )
    found = users_of(store, bulk=True).read(state["userArn"], updated) or {}
    assert found["identityInfo"]["email"] == "other@example.com"
