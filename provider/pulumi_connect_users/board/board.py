"""The board: agents with their activities, queues with their contacts. Pure, in one fixed order."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Literal, get_args

from ..core.arns import last_part
from ..core.privacy import display_name
from ..live_data.model import CurrentContact, CurrentUserData, Reference

Activity = Literal["on contact", "offered", "after contact", "missed", "ready", "away"]
ACTIVITIES: Final[tuple[Activity, ...]] = get_args(Activity)
"""Activities of an agent, the most urgent first, which several contacts share."""
MEANINGS: Final[Mapping[Activity, str]] = {
    "on contact": "a customer is at the other end",
    "offered": "a contact is being offered",
    "after contact": "after-contact work",
    "missed": "a contact was missed, rejected or failed",
    "ready": "a slot is free",
    "away": "at work, but takes no contacts",
}
_BY_STATE: Final[Mapping[str, Activity]] = {
    "CONNECTED": "on contact",
    "CONNECTED_ONHOLD": "on contact",
    "INCOMING": "offered",
    "PENDING": "offered",
    "CONNECTING": "offered",
    "ENDED": "after contact",
    "MISSED": "missed",
    "REJECTED": "missed",
    "ERROR": "missed",
}


@dataclass(frozen=True)
class Names:
    """Names by id, as far as they could be looked up; other ids are shown."""

    users: Mapping[str, str] = field(default_factory=dict)
    queues: Mapping[str, str] = field(default_factory=dict)
    routing_profiles: Mapping[str, str] = field(default_factory=dict)
    hierarchy_groups: Mapping[str, str] = field(default_factory=dict)
    """Whole paths: `AMER/West/Team 1`."""
    shown: Callable[[str], str] = display_name
    """What stands for a username."""

    def user(self, reference: Reference) -> str:
        """A username, or the id of a user whose name is not known."""
        name = self.users.get(reference.id)
        return reference.id if name is None else self.shown(name)


@dataclass(frozen=True)
class Contact:
    """One contact of an agent."""

    id: str
    channel: str
    state: str
    queue: str | None
    method: str | None
    since: datetime | None
    connected: datetime | None

    @property
    def activity(self) -> Activity:
        """The activity that it gives its agent."""
        return _BY_STATE.get(self.state, "missed")


@dataclass(frozen=True)
class Agent:
    """One agent at work. `slots` is (taken, free, most) by channel."""

    id: str
    name: str
    activity: Activity
    status: str
    since: datetime | None
    next_status: str | None
    routing_profile: str
    hierarchy: str
    slots: Mapping[str, tuple[int, int, int]]
    contacts: tuple[Contact, ...]


@dataclass(frozen=True)
class QueueLine:
    """One queue, counted in contacts."""

    name: str
    contacts: int
    connected: int
    offered: int
    oldest: datetime | None
    """When the contact that is connected longest was connected."""


@dataclass(frozen=True)
class Board:
    """Everything at one moment."""

    instance: str
    taken: datetime
    filters: str
    agents: tuple[Agent, ...]
    alias: str | None = None

    @property
    def name(self) -> str:
        """What people call the instance: its alias, else its id."""
        return self.alias or last_part(self.instance)

    @property
    def activities(self) -> dict[Activity, int]:
        """Agents by activity; every activity is included."""
        counts = Counter(agent.activity for agent in self.agents)
        return {activity: counts[activity] for activity in ACTIVITIES}

    @property
    def statuses(self) -> dict[str, int]:
        """Agents by status, the most frequent first."""
        counts = Counter(agent.status for agent in self.agents)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    @property
    def channels(self) -> dict[str, tuple[int, int, int]]:
        """Slots (taken, free, most) of all agents by channel."""
        sums: dict[str, tuple[int, int, int]] = {}
        for agent in self.agents:
            for channel, slots in agent.slots.items():
                taken, free, most = sums.get(channel, (0, 0, 0))
                sums[channel] = (taken + slots[0], free + slots[1], most + slots[2])
        return dict(sorted(sums.items()))

    @property
    def queues(self) -> tuple[QueueLine, ...]:
        """Queues with contacts, the fullest first."""
        by_queue: dict[str, list[Contact]] = {}
        for agent in self.agents:
            for contact in agent.contacts:
                by_queue.setdefault(contact.queue or "no queue", []).append(contact)
        lines = [_line(name, contacts) for name, contacts in by_queue.items()]
        return tuple(sorted(lines, key=lambda line: (-line.contacts, line.name)))


def make_board(
    data: Iterable[CurrentUserData],
    names: Names,
    *,
    instance: str,
    alias: str | None = None,
    taken: datetime,
    filters: str = "",
) -> Board:
    """The board of live data, the busiest agents first, then by name. `taken` is in UTC."""
    agents = [_agent(one, names) for one in data]
    agents.sort(key=lambda agent: (ACTIVITIES.index(agent.activity), agent.name, agent.id))
    return Board(instance, taken.astimezone(UTC), filters, tuple(agents), alias)


def _agent(data: CurrentUserData, names: Names) -> Agent:
    contacts = tuple(_contact(contact, names) for contact in data.contacts)
    channels = {**data.max_slots_by_channel, **data.active_slots_by_channel}
    slots: dict[str, tuple[int, int, int]] = {
        channel: (
            data.active_slots_by_channel.get(channel, 0),
            data.available_slots_by_channel.get(channel, 0),
            data.max_slots_by_channel.get(channel, 0),
        )
        for channel in sorted(channels)
    }
    return Agent(
        id=data.user.id,
        name=names.user(data.user),
        activity=_activity(contacts, slots),
        status=_status(data),
        since=data.status.status_start_timestamp if data.status else None,
        next_status=data.next_status,
        routing_profile=_named(data.routing_profile, names.routing_profiles),
        hierarchy=_named(next(reversed(data.hierarchy_path.groups), None), names.hierarchy_groups),
        slots=slots,
        contacts=tuple(sorted(contacts, key=lambda c: ACTIVITIES.index(c.activity))),
    )


def _activity(contacts: tuple[Contact, ...], slots: Mapping[str, tuple[int, int, int]]) -> Activity:
    if contacts:
        return min((c.activity for c in contacts), key=ACTIVITIES.index)
    return "ready" if any(free for _, free, _ in slots.values()) else "away"


def _status(data: CurrentUserData) -> str:
    if data.status is None:
        return "unknown"
    return data.status.status_name or data.status.status_arn.rsplit("/", 1)[-1]


def _named(reference: Reference | None, names: Mapping[str, str]) -> str:
    return names.get(reference.id, reference.id) if reference else ""


def _contact(contact: CurrentContact, names: Names) -> Contact:
    return Contact(
        id=contact.contact_id,
        channel=contact.channel,
        state=contact.agent_contact_state,
        queue=_named(contact.queue, names.queues) or None,
        method=contact.initiation_method,
        since=contact.state_start_timestamp,
        connected=contact.connected_to_agent_timestamp,
    )


def _line(name: str, contacts: list[Contact]) -> QueueLine:
    connected = [c for c in contacts if c.activity == "on contact"]
    return QueueLine(
        name=name,
        contacts=len(contacts),
        connected=len(connected),
        offered=sum(c.activity == "offered" for c in contacts),
        oldest=min((c.connected for c in connected if c.connected), default=None),
    )
