"""get_current_user_data: every filter, every page, every member of the answer."""

from collections.abc import Callable
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.aws.current_user_data import current_user_data
from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.core.errors import InvalidFilter, WrongInstance
from pulumi_connect_users.emulator import Store
from pulumi_connect_users.live_data.query import LiveQuery
from tests.support.contact_centre import ARN, INSTANCE, SEED, contact, login, seeded, user_id

SessionOf = Callable[[Store], ConnectSession]
_OPERATION = "GetCurrentUserData"


def _names(session: ConnectSession, **query: Any) -> set[str]:
    """Who is found, by username."""
    people = [one["username"] for one in SEED["instances"][0]["users"]]
    by_id = {user_id(name): name for name in people}
    return {by_id[one.user.id] for one in current_user_data(session, ARN, LiveQuery(**query))}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"mary.major", "arnav.desai", "nikki.wolf", "li.juan@example.com"}),
        ({"queues": ["BasicQueue"]}, {"mary.major", "arnav.desai", "nikki.wolf"}),
        ({"queues": ["Claims", "Billing"]}, {"li.juan@example.com"}),
        ({"routing_profiles": ["Claims desk"]}, {"li.juan@example.com"}),
        ({"agents": ["mary.major", "jane.doe"]}, {"mary.major"}),
        ({"agents": [f"{ARN}/agent/{user_id('nikki.wolf')}"]}, {"nikki.wolf"}),
        ({"agents": [user_id("nikki.wolf")]}, {"nikki.wolf"}),
        ({"hierarchy_group": "AMER"}, {"mary.major", "arnav.desai"}),
        ({"hierarchy_group": "AMER/West/Team 1"}, {"arnav.desai"}),
        ({"hierarchy_group": "Team 4"}, {"nikki.wolf"}),
        ({"contact_states": ["CONNECTED"]}, {"mary.major", "li.juan@example.com"}),
        (
            {"contact_states": ["CONNECTED_ONHOLD", "MISSED"]},
            {"arnav.desai", "li.juan@example.com"},
        ),
        ({"queues": ["BasicQueue"], "contact_states": ["CONNECTED"]}, {"mary.major"}),
        ({"agents": ["nikki.wolf"], "contact_states": ["ENDED"]}, set()),
    ],
)
def test_filter_finds_just_those_agents(
    centre: Store, session_of: SessionOf, query: dict[str, Any], expected: set[str]
) -> None:
    """By name, id or ARN, alone and together with the states of contacts."""
    assert expected == _names(session_of(centre), **query)


def test_every_member_of_the_answer_is_there(tmp_path: Path, session_of: SessionOf) -> None:
    """User, routing profile, five levels of hierarchy, status, slots, contacts, next status."""
    instance = {
        **SEED["instances"][0],
        "id": "33333333-3333-4333-8333-333333333333",
        "hierarchyLevels": ["One", "Two", "Three", "Four", "Five"],
        "hierarchyGroups": ["a/b/c/d/e"],
        "users": [{"username": "mary.major", "hierarchyGroup": "a/b/c/d/e"}],
    }
    arn = ARN.replace(INSTANCE, instance["id"])
    store = seeded(tmp_path / "local.db", {"instances": [instance]})
    store.play_day(
        instance["id"],
        [
            login("mary.major"),
            contact("mary.major", "call", "CONNECTING", 10, queue="BasicQueue"),
            contact("mary.major", "call", "CONNECTED", 40),
            contact("mary.major", "call", "CONNECTED_ONHOLD", 100),
        ],
    )
    session = session_of(store)
    connect = session.connect(arn)
    [before] = current_user_data(session, arn, LiveQuery())
    offline = connect.live_data.offline_status()
    connect.call("PutUserStatus", UserId=before.user.id, AgentStatusId=offline)

    [data] = current_user_data(session, arn, LiveQuery(agents=["mary.major"]))

    assert f"{arn}/agent/{data.user.id}" == data.user.arn
    assert data.routing_profile is not None
    assert data.routing_profile.arn.endswith(f"/routing-profile/{data.routing_profile.id}")
    assert len({group.id for group in data.hierarchy_path.groups}) == 5
    assert data.hierarchy_path.level_five == data.hierarchy_path.groups[-1]
    assert data.status is not None
    assert data.status.status_name == "Available"
    assert "/agent-state/" in data.status.status_arn
    assert data.next_status == "Offline"
    assert data.max_slots_by_channel == {"VOICE": 1, "CHAT": 2, "TASK": 1}
    assert data.active_slots_by_channel == {"VOICE": 1, "CHAT": 0, "TASK": 0}
    assert data.available_slots_by_channel == {"VOICE": 0, "CHAT": 0, "TASK": 0}
    [call] = data.contacts
    assert (call.channel, call.initiation_method, call.agent_contact_state) == (
        "VOICE",
        "INBOUND",
        "CONNECTED_ONHOLD",
    )
    assert call.queue is not None
    assert call.queue.arn.endswith(f"/queue/{call.queue.id}")
    began = data.status.status_start_timestamp
    assert began is not None
    assert began.tzinfo is UTC
    # On hold, the state's time stays that of the connection.
    assert began + timedelta(seconds=40) == call.connected_to_agent_timestamp
    assert call.state_start_timestamp == call.connected_to_agent_timestamp
    assert data.busy_contacts == data.contacts


def _crowd(path: Path, count: int) -> Store:
    agents = {"count": count, "prefix": "agent.", "status": "Available"}
    return seeded(path, {"instances": [{"id": INSTANCE, "generatedUsers": [agents]}]})


def test_result_is_complete_over_all_pages(tmp_path: Path, session_of: SessionOf) -> None:
    """250 agents are three pages of at most a hundred."""
    store = _crowd(tmp_path / "local.db", 250)

    found = list(current_user_data(session_of(store), ARN, LiveQuery(queues=["BasicQueue"])))

    assert 250 == len({one.user.id for one in found}) == len(found)
    assert len(store.requests(operation=_OPERATION)) == 3


def test_pages_are_asked_for_only_as_they_are_read(tmp_path: Path, session_of: SessionOf) -> None:
    """Who reads 101 agents has asked for two pages, and who reads none for none."""
    store = _crowd(tmp_path / "local.db", 250)
    agents = current_user_data(session_of(store), ARN, LiveQuery(queues=["BasicQueue"]))
    assert store.requests(operation=_OPERATION) == []

    for _ in range(101):
        next(agents)

    assert len(store.requests(operation=_OPERATION)) == 2


def test_more_than_a_hundred_routing_profiles_are_asked_in_several_requests(
    tmp_path: Path, session_of: SessionOf
) -> None:
    profiles = [{"name": f"profile {n}"} for n in range(130)]
    users = [
        {"username": f"agent.{n}", "routingProfile": f"profile {n}", "status": "Available"}
        for n in range(130)
    ]
    instance = {"id": INSTANCE, "routingProfiles": profiles, "users": users}
    store = seeded(tmp_path / "local.db", {"instances": [instance]})

    found = list(current_user_data(session_of(store), ARN, LiveQuery()))

    assert len(found) == 130
    # The log leaves out parameters of that size; more than 100 at once Connect would refuse.
    assert len(store.requests(operation=_OPERATION)) == 2


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            {"queues": ["Basicqueue", "Claims", "Bilings"]},
            ["queues[0]:", "Did you mean BasicQueue?", "queues[2]:", "Did you mean Billing?"],
        ),
        ({"agents": ["mary.mayor"]}, ['agents[0]: "mary.mayor" does not exist in this instance.']),
        ({"agents": ["mary@example.com"]}, ['agents[0]: "mary@example.com" does not exist']),
        ({"hierarchy_group": "AMER/Nord"}, ['hierarchy_group: "AMER/Nord" does not exist']),
        (
            {"queues": [f"{ARN}/agent/{user_id('mary.major')}"]},
            ["queues[0]: is not the ARN of a queue. Check the ARN."],
        ),
        (
            {"agents": [f"{ARN.replace('1111-1111', '2222-2222', 1)}/agent/{user_id('jane.doe')}"]},
            ["agents[0]: is a user of another instance."],
        ),
        (
            {"queues": [f"{INSTANCE.replace('1111-1111', '2222-2222', 1)}:{INSTANCE}"]},
            [f"queues[0]: is a queue of another instance. Give one of {ARN}."],
        ),
    ],
)
def test_names_that_name_nothing_are_told_before_the_data_are_asked_for(
    centre: Store, session_of: SessionOf, query: dict[str, Any], expected: list[str]
) -> None:
    """All of them at once, with near matches, and without anybody's address."""
    with pytest.raises(InvalidFilter) as raised:
        current_user_data(session_of(centre), ARN, LiveQuery(**query))

    assert [text for text in expected if text not in str(raised.value)] == []
    assert centre.requests(operation=_OPERATION) == []


def test_instance_that_is_not_there_is_an_error(centre: Store, session_of: SessionOf) -> None:
    with pytest.raises(WrongInstance, match="there is no such instance"):
        current_user_data(
            session_of(centre), ARN.replace(INSTANCE, "9" * 8 + INSTANCE[8:]), LiveQuery()
        )
