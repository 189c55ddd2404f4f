"""A contact centre in the middle of a day: what tests and pictures of live data are made of."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pulumi_connect_users.emulator import Store, open_store, seeded_id
from pulumi_connect_users.emulator.day import random_day

INSTANCE = "11111111-1111-4111-8111-111111111111"
ARN = f"arn:aws:connect:us-west-2:000000000000:instance/{INSTANCE}"

SEED: Mapping[str, Any] = {
    "instances": [
        {
            "id": INSTANCE,
            "queues": [{"name": "Billing"}, {"name": "Claims"}],
            "agentStatuses": [{"name": "Lunch"}, {"name": "Training"}],
            "routingProfiles": [
                {
                    "name": "Claims desk",
                    "queues": ["Claims", "Billing"],
                    "concurrency": {"VOICE": 1, "CHAT": 3},
                }
            ],
            "users": [
                {"username": "mary.major", "hierarchyGroup": "AMER/West"},
                {"username": "arnav.desai", "hierarchyGroup": "AMER/West/Team 1"},
                {"username": "nikki.wolf", "hierarchyGroup": "EMEA/Dublin/Team 4"},
                {"username": "li.juan@example.com", "routingProfile": "Claims desk"},
                {"username": "jane.doe"},
            ],
        }
    ]
}
"""Five people, three queues, two routing profiles."""


def user_id(username: str) -> str:
    """The id that a seeded user has in every store."""
    return seeded_id(INSTANCE, "agent", username)


def login(agent: str, status: str = "Available", at: float = 0) -> dict[str, Any]:
    """An event: an agent begins to work."""
    return {"at": at, "agent": agent, "do": "login", "status": status}


def contact(agent: str, name: str, state: str, at: float = 0, **more: str) -> dict[str, Any]:
    """An event: a contact of an agent begins, or reaches a state."""
    return {"at": at, "agent": agent, "do": "contact", "contact": name, "state": state} | more


def close(name: str, at: float = 0) -> dict[str, Any]:
    """An event: a contact and its after-contact work are over."""
    return {"at": at, "do": "close", "contact": name}


def seeded(path: Path, seed: Mapping[str, Any] = SEED) -> Store:
    """A store with the five people, none of them at work."""
    store = open_store(path)
    store.seed(seed)
    return store


def at_work(path: Path) -> Store:
    """The five people: on a call, on hold, in a chat, at lunch, and one at home."""
    store = seeded(path)
    store.play_day(
        INSTANCE,
        [
            login("mary.major"),
            login("arnav.desai"),
            login("nikki.wolf"),
            login("li.juan@example.com"),
            contact("mary.major", "call", "CONNECTING", 10),
            contact("mary.major", "call", "CONNECTED", 15),
            contact("arnav.desai", "held", "CONNECTED", 30),
            contact("arnav.desai", "held", "CONNECTED_ONHOLD", 90),
            contact("li.juan@example.com", "chat", "CONNECTED", 40, channel="CHAT", queue="Claims"),
            contact("li.juan@example.com", "late", "MISSED", 60, channel="CHAT", queue="Billing"),
            {"at": 100, "agent": "nikki.wolf", "do": "status", "status": "Lunch"},
        ],
    )
    return store


def busy_day(path: Path, *, minutes: float, seed: int) -> Store:
    """A random day of 27 agents, stopped after some minutes: everybody is in the middle of it."""
    crowd = [
        {"count": 13, "prefix": "agent.", "hierarchyGroup": "AMER/West/Team 1"},
        {
            "count": 9,
            "prefix": "claims.",
            "routingProfile": "Claims desk",
            "hierarchyGroup": "EMEA/Dublin/Team 4",
        },
    ]
    instance = {**SEED["instances"][0], "generatedUsers": crowd}
    store = seeded(path, {"instances": [instance]})
    with store.database.read() as tx:
        events = random_day(tx, INSTANCE, seed=seed, hours=8)
    # What is rare at any one moment (resting, being offered, having missed) is scripted.
    now = 60 * minutes
    script = [
        login("agent.00003", "Lunch", now - 200),
        login("claims.00002", "Training", now - 800),
        login("jane.doe", at=now - 4000),
        contact("jane.doe", "new", "CONNECTING", now - 4, queue="BasicQueue"),
        login("claims.00004", at=now - 3000),
        contact("claims.00004", "lost", "MISSED", now - 25, channel="CHAT", queue="Billing"),
    ]
    scripted = {str(event["agent"]) for event in script}
    theirs = {e["contact"] for e in events if e.get("agent") in scripted and "contact" in e}
    played = [
        event
        for event in events
        if event.number("at") <= now
        and event.get("agent") not in scripted
        and event.get("contact") not in theirs
    ]
    store.play_day(INSTANCE, [*played, *script])
    return store
