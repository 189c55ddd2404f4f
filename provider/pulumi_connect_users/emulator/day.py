"""A contact centre's day: agents log in, take contacts, miss some, and log out.

A day is a list of events in the order of their time, from a script or from a seeded generator:

    {"at": 0, "agent": "mary.major", "do": "login", "status": "Available"}
    {"at": 9, "agent": "mary.major", "do": "contact", "contact": "c1", "state": "CONNECTING",
     "channel": "VOICE", "queue": "BasicQueue", "method": "INBOUND"}
    {"at": 12, "do": "contact", "contact": "c1", "state": "CONNECTED"}
    {"at": 95, "do": "contact", "contact": "c1", "state": "ENDED"}
    {"at": 110, "do": "close", "contact": "c1"}
    {"at": 300, "agent": "mary.major", "do": "status", "status": "Offline"}
    {"at": 301, "agent": "mary.major", "do": "logout"}

`at` is in seconds from the beginning. ENDED is after contact work; `close` ends that too, and sets
the next status that PutUserStatus asked for meanwhile.
"""

import random
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from . import ids
from .contact_handling import CHANNELS
from .document import Document, Json
from .errors import EmulatorError
from .records import activity, instances, resources, users
from .records.activity import STATES, Contact
from .records.instances import Instance
from .seeding.defaults import QUEUE

_ACTIONS = {
    "login": {"agent"},
    "logout": {"agent"},
    "status": {"agent", "status"},
    "contact": {"contact", "state"},
    "close": {"contact"},
}
_CONTACTS = uuid.UUID("6f1b3c1e-5d5f-4a57-9a0e-0f6b5f7a2c11")
"""Namespace of the ids that contacts of a script get from their names."""
LONGEST_HOURS = 24.0
_FURTHEST = 1_000_000
"""Seconds from the beginning that an event may take place at: eleven days."""


class Day:
    """A day played on one instance (by id, ARN or alias); events are checked first."""

    def __init__(
        self,
        tx: sqlite3.Connection,
        instance_id: str,
        events: Sequence[object],
        *,
        until: float | None = None,
    ) -> None:
        """EmulatorError naming every event that cannot take place, later than `until` or not."""
        self._instance = instance = _instance(tx, instance_id)
        self._agents = {user.username: user.id for user in users.everyone(tx, instance.id)}
        self._statuses = _ids(tx, instance, ids.AGENT_STATUS)
        self._queues = _ids(tx, instance, ids.QUEUE)
        problems = [one for number, e in enumerate(events, 1) for one in self._check(number, e)]
        numbered: list[tuple[int, Document]] = []
        if not problems:
            # Which event begins a contact is known only where every event has its time.
            documents = [Document(event) for event in events if isinstance(event, dict)]
            numbered = list(enumerate(documents, 1))
            numbered.sort(key=lambda one: one[1].number("at"))
            problems = list(self._check_beginnings(tx, numbered))
        if problems:
            raise EmulatorError(f"playing a day: {'; '.join(problems[:20])}.")
        self.events = [one for _, one in numbered if until is None or one.number("at") <= until]

    def play(self, tx: sqlite3.Connection, event: Document, now: float) -> None:
        """Let one event take place at a time, in seconds since the epoch."""
        if event["do"] in ("contact", "close"):
            self._contact(tx, event, now)
            return
        user_id = self._agents[event.text("agent")]
        if event["do"] == "logout":
            activity.log_out(tx, user_id)
        else:
            status = event.text("status") or "Available"
            activity.set_status(tx, user_id, self._statuses[status], now)

    def _contact(self, tx: sqlite3.Connection, event: Document, now: float) -> None:
        contact_id = contact_id_of(self._instance.id, event["contact"])
        present = activity.contact(tx, contact_id)
        if event["do"] == "close":
            if present:
                activity.drop_contact(tx, contact_id)
                activity.settle(tx, present.user_id, now)
            return
        state = event.text("state")
        if present is None:
            if "agent" not in event:
                # The agent has logged out meanwhile, which ended the contact.
                return
            queue = self._queues[event.text("queue") or QUEUE]
            channel, method = event.text("channel") or "VOICE", event.text("method") or "INBOUND"
            agent = self._agents[event.text("agent")]
            present = Contact(contact_id, agent, queue, channel, method, state, now, None)
        connected = present.connected
        if connected is None and state in ("CONNECTED", "CONNECTED_ONHOLD"):
            connected = now
        activity.put_contact(tx, replace(present, state=state, since=now, connected=connected))

    def _check(self, number: int, event: object) -> Iterator[str]:
        if not isinstance(event, dict):
            yield f"event {number}: not an object with do and at"
            return
        action = event.get("do")
        if not isinstance(action, str) or action not in _ACTIONS:
            yield f"event {number}: do must be one of {', '.join(_ACTIONS)}"
            return
        at = event.get("at")
        if not isinstance(at, int | float) or isinstance(at, bool) or not abs(at) <= _FURTHEST:
            yield f"event {number}: at must be a number of seconds"
        for member in sorted(_ACTIONS[action] - set(event)):
            yield f"event {number}: {action} needs {member}"
        yield from self._check_names(number, event)

    def _check_names(self, number: int, event: dict[str, Json]) -> Iterator[str]:
        for member, known in (
            ("agent", self._agents),
            ("status", self._statuses),
            ("queue", self._queues),
            ("channel", CHANNELS),
            ("state", STATES),
        ):
            value = event.get(member)
            if member in event and not (isinstance(value, str) and value in known):
                yield f"event {number}: unknown {member}"

    def _check_beginnings(
        self, tx: sqlite3.Connection, numbered: Iterable[tuple[int, Document]]
    ) -> Iterator[str]:
        """The problems of events that begin a contact, given all events in their order."""
        present: set[str] = set()
        for number, event in numbered:
            if event["do"] not in ("contact", "close"):
                continue
            contact_id = contact_id_of(self._instance.id, event["contact"])
            if event["do"] == "close":
                present.discard(contact_id)
            elif contact_id not in present and activity.contact(tx, contact_id) is None:
                if "agent" not in event:
                    yield f"event {number}: a contact that begins needs agent"
                if (event.text("queue") or QUEUE) not in self._queues:
                    yield f"event {number}: a contact that begins needs queue"
                present.add(contact_id)


def contact_id_of(instance_id: str, name: object) -> str:
    """The ContactId of a contact that a script calls `name`."""
    return str(uuid.uuid5(_CONTACTS, f"{instance_id}/{name}"))


def random_day(
    tx: sqlite3.Connection, instance_id: str, *, seed: int, hours: float = 8.0
) -> list[Document]:
    """The events of a day of all users, the same for the same seed; at most LONGEST_HOURS."""
    if not 0 <= hours <= LONGEST_HOURS:
        raise EmulatorError(f"making a day: hours must be from 0 to {LONGEST_HOURS:.0f}.")
    instance = _instance(tx, instance_id)
    chance = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    queues = {one.id: one.name for one in resources.page(tx, instance.id, ids.QUEUE)}
    profiles = {one.id: one for one in resources.page(tx, instance.id, ids.ROUTING_PROFILE)}
    events: list[Document] = []
    for user in users.everyone(tx, instance.id):
        configs = profiles[user.routing_profile_id].doc.parts("QueueConfigs")
        served = [(one.text("Channel"), queues[one.text("QueueId")]) for one in configs]
        events += _shift(chance, user.username, served, hours * 3600)
    return sorted(events, key=lambda one: one.number("at"))


def _shift(
    chance: random.Random, agent: str, served: list[tuple[str, str]], length: float
) -> Iterator[Document]:
    now = chance.uniform(0, 900)
    yield Document(at=now, agent=agent, do="login", status="Available")
    number = 0
    while served and now < length:
        now += chance.expovariate(1 / 180)
        number += 1
        name = f"{agent}-{number}"
        channel, queue = chance.choice(served)
        yield Document(
            at=now,
            agent=agent,
            do="contact",
            contact=name,
            state="CONNECTING",
            channel=channel,
            queue=queue,
            method="API" if channel == "TASK" else "INBOUND",
        )
        for state, seconds in _course(chance):
            now += seconds
            yield Document(at=now, do="contact", contact=name, state=state)
        now += chance.uniform(5, 90)
        yield Document(at=now, do="close", contact=name)
    yield Document(at=now, agent=agent, do="logout")


def _course(chance: random.Random) -> Iterator[tuple[str, float]]:
    """The states of a contact after CONNECTING, each with the seconds until it is reached."""
    fate = chance.random()
    for share, state in ((0.08, "MISSED"), (0.11, "REJECTED"), (0.12, "ERROR")):
        if fate < share:
            yield state, chance.uniform(5, 20)
            return
    yield "CONNECTED", chance.uniform(2, 10)
    if fate < 0.35:
        yield "CONNECTED_ONHOLD", chance.uniform(20, 120)
        yield "CONNECTED", chance.uniform(10, 90)
    yield "ENDED", chance.expovariate(1 / 240)


def _instance(tx: sqlite3.Connection, reference: str) -> Instance:
    instance = instances.find_called(tx, reference)
    if instance is None:
        raise EmulatorError(
            f"playing a day, {reference}: no such instance. Give an id, ARN or alias."
        )
    return instance


def _ids(tx: sqlite3.Connection, instance: Instance, kind: str) -> dict[str, str]:
    return {one.name: one.id for one in resources.page(tx, instance.id, kind)}


def paced(
    events: Sequence[Document], *, speed: float, sleep: Callable[[float], None]
) -> Iterator[Document]:
    """The events, each when its time has come; `speed` 60 plays an hour in a minute."""
    passed = 0.0
    for event in events:
        wait = event.number("at") - passed
        if wait > 0:
            sleep(wait / speed)
            passed = event.number("at")
        yield event
