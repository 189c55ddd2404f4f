"""What bulk sees and what it rests on: a change in every attribute, beside an exact read."""

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.emulator import seeded_id
from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.plan import plan
from pulumi_connect_users.users.service import InstanceUsers
from pulumi_connect_users.users.state import UserState
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN
from tests.support.provider_process import session_over, users_of

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


def users_over(store: Path, *, bulk: bool) -> InstanceUsers:
    """What a process of its own would know."""
    session = session_over(store)
    snapshots = partial(session.snapshot, MANAGED_ARN) if bulk else None
    return users_of(session, MANAGED_ARN, snapshots)


@pytest.fixture
def make(store: Path) -> Callable[[dict[str, Any]], UserState]:
    """Creates Mary and nine colleagues; returns Mary's outputs."""

    def created(phone_settings: dict[str, Any]) -> UserState:
        users = users_over(store, bulk=False)
        for number in range(9):
            colleague = {**COMMON, "username": f"agent.{number}"}
            users.create(check(None, colleague, users.lookups).inputs.known())
        checked = check(None, COMMON | phone_settings, users.lookups)
        assert checked.failures == []
        return users.create(checked.inputs.known())

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
    make: Callable[[dict[str, Any]], UserState],
    settings: dict[str, Any],
    change: Change,
) -> None:
    """Both reads report the same outputs, and they differ from the state."""
    state = make(settings)
    assert users_over(store, bulk=True).read(state) == state
    next_second()
    operation, parameters = change
    client = Local(store).client
    getattr(client, operation)(InstanceId=INSTANCE, UserId=state.user_id, **parameters)

    exact = users_over(store, bulk=False).read(state)
    bulk = users_over(store, bulk=True).read(state)

    assert exact == bulk
    assert exact is not None
    assert replace(exact, last_modified=None) != replace(state, last_modified=None)


def test_part_of_a_user_is_read_in_bulk_with_the_facts_of_the_rest(store: Path) -> None:
    """SCIM assigns Admin: policies learn of it, and no preview shows a change."""
    client, user_id = Local(store).client, Local(store).add_user()
    users = users_over(store, bulk=False)
    part = {k: COMMON[k] for k in ("instanceArn", "username", "ownership", "hierarchyGroup")}
    inputs = check(None, part | {"adopt": True}, users.lookups)
    state = users.create(inputs.inputs.known())
    admin = [seeded_id(INSTANCE, "security-profile", "Admin")]
    client.update_user_security_profiles(
        InstanceId=INSTANCE, UserId=user_id, SecurityProfileIds=admin
    )

    bulk, exact = (users_over(store, bulk=bulk).read(state) for bulk in (True, False))

    assert bulk == exact
    assert bulk is not None
    assert bulk.get("securityProfileNames") == ["Admin"]
    assert not plan(bulk, inputs.inputs).changes


def test_change_without_a_new_time_is_seen_by_an_exact_read(
    store: Path, make: Callable[[dict[str, Any]], UserState]
) -> None:
    state = make(ALL_CHANNELS)
    with Local(store).store.database.write() as tx:
        (doc,) = tx.execute("SELECT doc FROM users WHERE id = ?", (state.user_id,)).fetchone()
        other = json.loads(doc)
        other["IdentityInfo"]["Email"] = "other@example.com"
        tx.execute("UPDATE users SET doc = ? WHERE id = ?", (json.dumps(other), state.user_id))
    bulk = users_over(store, bulk=True).read(state)
    exact = users_over(store, bulk=False).read(state)
    emails = [found and found.get("identityInfo.email") for found in (bulk, exact)]
    assert emails == ["marym@example.com", "other@example.com"]


@pytest.mark.parametrize("remembered", [True, False], ids=["written", "taken over"])
def test_refresh_of_users_without_times_costs_no_call_a_user(store: Path, remembered: bool) -> None:
    """40 users with an e-mail address, ListUsers without LastModifiedTime (boto3#3927).

    Who was written or read before is known; who was not is read once, and known from then on.
    """
    users = users_over(store, bulk=False)
    states = []
    for number in range(40):
        who = {**COMMON, "username": f"user.{number}", "proficiencies": []}
        state = users.create(check(None, who, users.lookups).inputs.known())
        states.append(state if remembered else replace(state, last_modified=None))
    connect = Local(store)
    connect.store.control(times=False)
    counts = []
    for _ in range(2):
        connect.mark()
        bulk = users_over(store, bulk=True)
        found = [one for state in states if (one := bulk.read(state))]
        assert [replace(one, last_modified=None) for one in found] == [
            replace(state, last_modified=None) for state in states
        ]
        states = found
        counts.append(Counter(connect.calls()))
    few = Counter(DescribeInstance=1, SearchUsers=1, ListUsers=1)
    assert counts == [few if remembered else few + Counter(DescribeUser=40), few]


def test_change_by_others_before_ours_is_not_covered_by_our_time(
    store: Path, make: Callable[[dict[str, Any]], UserState]
) -> None:
    """Somebody changes the e-mail address, then we change the tags: a refresh still finds it."""
    state = make(ALL_CHANNELS)
    next_second()
    Local(store).client.update_user_identity_info(
        InstanceId=INSTANCE,
        UserId=state.user_id,
        IdentityInfo=IDENTITY | {"Email": "other@example.com"},  # type: ignore[arg-type]
    )
    next_second()
    new = state.with_attributes({"tags": {"Site": "2"}})
    updated = users_over(store, bulk=False).update(state, new)
    found = users_over(store, bulk=True).read(updated)
    assert found is not None
    assert found.get("identityInfo.email") == "other@example.com"
