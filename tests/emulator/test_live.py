"""Agents at work: statuses, contacts, slots, and a contact centre's day."""

from typing import Any

import pytest

from pulumi_connect_users.emulator import EmulatorError, Store, seeded_id
from pulumi_connect_users.emulator.records.activity import STATES
from pulumi_connect_users.emulator.seeding.fresh import MANAGED_INSTANCE
from tests.support.connect_client import ConnectClient

MARY, JOHN = "mary.major", "john.doe"
QUEUE = seeded_id(MANAGED_INSTANCE, "queue", "BasicQueue")
AVAILABLE, OFFLINE, LUNCH = (
    seeded_id(MANAGED_INSTANCE, "agent-state", name) for name in ("Available", "Offline", "Lunch")
)


def _id(username: str) -> str:
    return seeded_id(MANAGED_INSTANCE, "agent", username)


@pytest.fixture
def centre(store: Store, connect: ConnectClient) -> ConnectClient:
    """A client of a centre with Mary and John, both logged out."""
    users = [
        {
            "username": MARY,
            "firstName": "Mary",
            "lastName": "Major",
            "hierarchyGroup": "AMER/West/Team 1",
        },
        {"username": JOHN, "firstName": "John", "lastName": "Doe", "routingProfile": "Chat"},
    ]
    profile = {"name": "Chat", "queues": ["Sales"], "concurrency": {"CHAT": 3, "TASK": 2}}
    store.seed(
        {
            "instances": [
                {
                    "id": MANAGED_INSTANCE,
                    "queues": [{"name": "Sales"}],
                    "routingProfiles": [profile],
                    "agentStatuses": [{"name": "Lunch"}],
                    "users": users,
                }
            ]
        }
    )
    return connect


def _put(client: ConnectClient, username: str, status: str) -> None:
    client.put_user_status(InstanceId=MANAGED_INSTANCE, UserId=_id(username), AgentStatusId=status)


def _data(client: ConnectClient, **filters: Any) -> list[Any]:
    asked: Any = filters or {"Agents": [_id(MARY), _id(JOHN)]}
    answer = client.get_current_user_data(InstanceId=MANAGED_INSTANCE, Filters=asked)
    assert answer["ApproximateTotalCount"] == len(answer["UserDataList"])
    return list(answer["UserDataList"])


def _contact(at: float, state: str, name: str = "c1", **more: Any) -> dict[str, Any]:
    return {"at": at, "agent": MARY, "do": "contact", "contact": name, "state": state, **more}


_LOGIN = {"at": 0, "agent": MARY, "do": "login", "status": "Available"}


def test_logged_in_agent_is_shown_as_the_documentation_describes(
    store: Store, centre: ConnectClient
) -> None:
    """User, routing profile, hierarchy path, status, slots by channel and contacts are there."""
    store.play_day(
        MANAGED_INSTANCE, [_LOGIN, _contact(10, "CONNECTING"), _contact(12, "CONNECTED")]
    )

    (mary,) = _data(centre)

    base = f"arn:aws:connect:us-west-2:000000000000:instance/{MANAGED_INSTANCE}"
    assert mary["User"] == {"Id": _id(MARY), "Arn": f"{base}/agent/{_id(MARY)}"}
    assert mary["RoutingProfile"]["Arn"].startswith(f"{base}/routing-profile/")
    assert list(mary["HierarchyPath"]) == ["LevelOne", "LevelTwo", "LevelThree"]
    assert mary["HierarchyPath"]["LevelThree"]["Id"] == seeded_id(
        MANAGED_INSTANCE, "agent-group", "AMER/West/Team 1"
    )
    assert mary["Status"]["StatusName"] == "Available"
    assert mary["Status"]["StatusArn"] == f"{base}/agent-state/{AVAILABLE}"
    assert mary["MaxSlotsByChannel"] == {"VOICE": 1, "CHAT": 2, "TASK": 1}
    assert mary["ActiveSlotsByChannel"] == {"VOICE": 1, "CHAT": 0, "TASK": 0}
    assert mary["AvailableSlotsByChannel"] == {"VOICE": 0, "CHAT": 0, "TASK": 0}
    (contact,) = mary["Contacts"]
    assert contact["Channel"] == "VOICE"
    assert contact["AgentContactState"] == "CONNECTED"
    assert contact["InitiationMethod"] == "INBOUND"
    assert contact["StateStartTimestamp"] == contact["ConnectedToAgentTimestamp"]
    assert contact["Queue"] == {"Id": QUEUE, "Arn": f"{base}/queue/{QUEUE}"}
    assert "NextStatus" not in mary


def test_agents_who_do_not_work_are_not_shown(centre: ConnectClient) -> None:
    """Real-time data is of agents at work: neither logged out nor offline ones are in it."""
    assert _data(centre) == []

    _put(centre, MARY, OFFLINE)

    assert _data(centre) == []


def test_status_of_idle_agent_is_set_at_once(centre: ConnectClient) -> None:
    """PutUserStatus of an agent without contact takes effect now."""
    _put(centre, MARY, AVAILABLE)
    _put(centre, MARY, LUNCH)

    (mary,) = _data(centre)
    assert mary["Status"]["StatusName"] == "Lunch"
    assert mary["AvailableSlotsByChannel"] == {"VOICE": 0, "CHAT": 0, "TASK": 0}


def test_status_of_busy_agent_comes_after_the_contact(store: Store, centre: ConnectClient) -> None:
    """PutUserStatus of an agent on a contact sets the next status, which the end brings."""
    store.play_day(MANAGED_INSTANCE, [_LOGIN, _contact(1, "CONNECTED")])
    _put(centre, MARY, LUNCH)

    (busy,) = _data(centre)
    store.play_day(
        MANAGED_INSTANCE, [_contact(0, "ENDED"), {"at": 1, "do": "close", "contact": "c1"}]
    )
    (after,) = _data(centre)

    assert (busy["Status"]["StatusName"], busy["NextStatus"]) == ("Available", "Lunch")
    assert after["Status"]["StatusName"] == "Lunch"
    assert "NextStatus" not in after


@pytest.mark.parametrize("state", STATES)
def test_contact_state_is_shown_and_filtered_by(
    store: Store, centre: ConnectClient, state: str
) -> None:
    store.play_day(MANAGED_INSTANCE, [_LOGIN, _contact(1, state)])

    (mary,) = _data(centre, ContactFilter={"ContactStates": [state]})
    others = [one for one in STATES if one != state]

    assert [one["AgentContactState"] for one in mary["Contacts"]] == [state]
    assert _data(centre, ContactFilter={"ContactStates": others}) == []


def test_contact_on_hold_keeps_the_time_of_its_connection(
    store: Store, centre: ConnectClient
) -> None:
    script = [_LOGIN, _contact(10, "CONNECTED"), _contact(50, "CONNECTED_ONHOLD")]
    store.play_day(MANAGED_INSTANCE, script)

    ((contact,),) = (one["Contacts"] for one in _data(centre))

    assert contact["StateStartTimestamp"] == contact["ConnectedToAgentTimestamp"]


def test_slots_follow_the_routing_profile(store: Store, centre: ConnectClient) -> None:
    """A chat takes one of three; other channels wait, for this profile takes one at a time."""
    store.play_day(
        MANAGED_INSTANCE,
        [
            {"at": 0, "agent": JOHN, "do": "login"},
            {
                "at": 1,
                "agent": JOHN,
                "do": "contact",
                "contact": "chat",
                "state": "CONNECTED",
                "channel": "CHAT",
                "queue": "Sales",
            },
        ],
    )

    (john,) = _data(centre)

    assert john["MaxSlotsByChannel"] == {"CHAT": 3, "TASK": 2}
    assert john["ActiveSlotsByChannel"] == {"CHAT": 1, "TASK": 0}
    assert john["AvailableSlotsByChannel"] == {"CHAT": 2, "TASK": 0}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"Queues": [QUEUE]}, [MARY]),
        ({"Queues": [seeded_id(MANAGED_INSTANCE, "queue", "Sales")]}, [JOHN]),
        ({"RoutingProfiles": [seeded_id(MANAGED_INSTANCE, "routing-profile", "Chat")]}, [JOHN]),
        ({"Agents": [_id(JOHN)]}, [JOHN]),
        ({"UserHierarchyGroups": [seeded_id(MANAGED_INSTANCE, "agent-group", "AMER")]}, [MARY]),
        ({"UserHierarchyGroups": [seeded_id(MANAGED_INSTANCE, "agent-group", "EMEA")]}, []),
    ],
)
def test_filter_chooses_agents(
    centre: ConnectClient, filters: dict[str, Any], expected: list[str]
) -> None:
    """Queues by routing profile, groups with those below them, agents by id."""
    _put(centre, MARY, AVAILABLE)
    _put(centre, JOHN, AVAILABLE)

    assert [one["User"]["Id"] for one in _data(centre, **filters)] == [_id(one) for one in expected]


def test_random_day_repeats_and_ends_with_everybody_gone(
    store: Store, centre: ConnectClient
) -> None:
    """The same seed makes the same day; in its middle agents work, at its end none does."""
    count = store.play_day(MANAGED_INSTANCE, seed=5, hours=2, until=3600)
    working = _data(centre)
    everything = store.play_day(MANAGED_INSTANCE, seed=5, hours=2)

    assert {one["User"]["Id"] for one in working} == {_id(MARY), _id(JOHN)}
    assert 0 < count < everything
    assert everything == store.play_day(MANAGED_INSTANCE, seed=5, hours=2)
    assert _data(centre) == []


def test_day_is_played_in_real_time_so_many_times_faster(
    store: Store, centre: ConnectClient
) -> None:
    """With a speed, events happen one after the other, and the last state is the script's."""
    script = [_LOGIN, _contact(60, "CONNECTING"), _contact(120, "MISSED")]

    store.play_day(MANAGED_INSTANCE, script, speed=6000)

    (mary,) = _data(centre)
    assert [one["AgentContactState"] for one in mary["Contacts"]] == ["MISSED"]


@pytest.mark.parametrize("hours", [-1, 25, float("inf"), float("nan")])
def test_day_has_at_most_24_hours(store: Store, centre: ConnectClient, hours: float) -> None:
    """A day without end would never be made."""
    with pytest.raises(EmulatorError, match="hours must be from 0 to 24"):
        store.play_day(MANAGED_INSTANCE, hours=hours)

    assert _data(centre) == []


def test_day_is_played_on_an_instance_however_it_is_named(
    store: Store, centre: ConnectClient
) -> None:
    """Id, ARN and alias are one instance; anything else is an error that says so."""
    arn = f"arn:aws:connect:us-west-2:000000000000:instance/{MANAGED_INSTANCE}"

    assert [store.play_day(one, [_LOGIN]) for one in (arn, "local-managed")] == [1, 1]
    assert len(_data(centre)) == 1
    with pytest.raises(EmulatorError, match="elsewhere: no such instance"):
        store.play_day("elsewhere", [_LOGIN])


def test_wrong_script_is_refused_with_every_event_that_cannot_be(
    store: Store, centre: ConnectClient
) -> None:
    """Unknown agents, states and actions are reported by event number, and nothing takes place."""
    script: list[Any] = [
        _LOGIN,
        {"at": 1, "agent": "nobody", "do": "login"},
        _contact(2, "ASLEEP"),
        {"at": 3, "do": "dance"},
        {"agent": MARY, "do": "status"},
        {"at": "soon", "agent": [MARY], "do": "login"},
        {"at": float("nan"), "agent": MARY, "do": ["login"]},
        _contact(4, "CONNECTED", channel="FAX"),
        {"at": float("inf"), "agent": MARY, "do": "login"},
        "logout",
    ]

    with pytest.raises(EmulatorError) as refused:
        store.play_day(MANAGED_INSTANCE, script, until=60)

    for cause in (
        "event 2: unknown agent",
        "event 3: unknown state",
        "event 4: do must be one of",
        "event 5: at must be a number",
        "event 5: status needs status",
        "event 6: at must be a number",
        "event 6: unknown agent",
        "event 7: do must be one of",
        "event 8: unknown channel",
        "event 9: at must be a number",
        "event 10: not an object",
    ):
        assert cause in str(refused.value)
    assert _data(centre) == []


def test_contact_begins_with_an_agent_and_a_queue(store: Store, centre: ConnectClient) -> None:
    """The first event of a contact, in the order of time, says who gets it from where."""
    later = {"at": 9, "do": "contact", "contact": 1, "state": "CONNECTED"}
    script = [later, _LOGIN, _contact(5, "CONNECTING", name="2"), {**later, "contact": "2"}]

    with pytest.raises(EmulatorError) as refused:
        store.play_day(MANAGED_INSTANCE, script)

    assert str(refused.value) == "playing a day: event 1: a contact that begins needs agent."
    assert store.play_day(MANAGED_INSTANCE, script[1:]) == 3
    assert [one["AgentContactState"] for one in _data(centre)[0]["Contacts"]] == ["CONNECTED"]


def test_contact_of_an_agent_who_logged_out_is_over(store: Store, centre: ConnectClient) -> None:
    """What a script says of it afterwards does not bring it back."""
    logout = {"at": 6, "agent": MARY, "do": "logout"}
    after = {"at": 9, "do": "contact", "contact": "c1", "state": "CONNECTED"}

    assert store.play_day(MANAGED_INSTANCE, [_LOGIN, _contact(5, "CONNECTING"), logout, after]) == 4
    assert _data(centre) == []


def test_deleted_agents_are_no_longer_at_work(centre: ConnectClient) -> None:
    """A deleted user leaves the real-time data; its quick connect stays, as AWS warns."""
    _put(centre, MARY, AVAILABLE)
    centre.create_quick_connect(
        InstanceId=MANAGED_INSTANCE,
        Name="Mary",
        QuickConnectConfig={
            "QuickConnectType": "USER",
            "UserConfig": {"UserId": _id(MARY), "ContactFlowId": "flow"},
        },
    )

    centre.delete_user(InstanceId=MANAGED_INSTANCE, UserId=_id(MARY))

    assert _data(centre, ContactFilter={"ContactStates": ["CONNECTED"]}) == []
    listed = centre.list_quick_connects(InstanceId=MANAGED_INSTANCE, QuickConnectTypes=["USER"])
    assert [one.get("Name") for one in listed["QuickConnectSummaryList"]] == ["Mary"]
