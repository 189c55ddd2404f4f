"""Agents at work: GetCurrentUserData's answer as types.

Programs get these types, so nothing slow is imported here. An agent who is missing from the data
is not at work, or is hidden by a filter: absence means unknown, never gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import (
        AgentContactReferenceTypeDef,
        AgentStatusReferenceTypeDef,
        UserDataTypeDef,
        UserReferenceTypeDef,
    )

ContactState = Literal[
    "INCOMING",
    "PENDING",
    "CONNECTING",
    "CONNECTED",
    "CONNECTED_ONHOLD",
    "MISSED",
    "ERROR",
    "ENDED",
    "REJECTED",
]
Channel = Literal["VOICE", "CHAT", "TASK", "EMAIL"]

BUSY: Final = frozenset({"INCOMING", "PENDING", "CONNECTING", "CONNECTED", "CONNECTED_ONHOLD"})
"""States of a contact with a customer at the other end; ENDED is after-contact work."""

Level = Literal["LevelOne", "LevelTwo", "LevelThree", "LevelFour", "LevelFive"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
"""The levels of a hierarchy, from the top."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A user, routing profile, queue or hierarchy group."""

    id: str
    arn: str


@dataclass(frozen=True, slots=True)
class HierarchyPath:
    """The groups above and of an agent, from the top; levels that are not used are None."""

    level_one: Reference | None = None
    level_two: Reference | None = None
    level_three: Reference | None = None
    level_four: Reference | None = None
    level_five: Reference | None = None

    @property
    def groups(self) -> tuple[Reference, ...]:
        """The levels in use, from the top; the last is the agent's own group."""
        levels = (
            self.level_one,
            self.level_two,
            self.level_three,
            self.level_four,
            self.level_five,
        )
        return tuple(level for level in levels if level is not None)


@dataclass(frozen=True, slots=True)
class CurrentStatus:
    """The status that an agent has set, or a supervisor has set for the agent."""

    status_arn: str
    status_name: str | None
    status_start_timestamp: datetime | None
    """In UTC."""


@dataclass(frozen=True, slots=True)
class CurrentContact:
    """A contact that an agent is offered, handles, or has just handled. Times are in UTC."""

    contact_id: str
    channel: Channel
    initiation_method: str | None
    agent_contact_state: ContactState
    state_start_timestamp: datetime | None
    """On hold it stays the time of the connection (API reference, AgentContactReference)."""
    connected_to_agent_timestamp: datetime | None
    queue: Reference | None

    @property
    def is_busy(self) -> bool:
        """Whether a customer is at the other end: not missed, rejected, failed or ended."""
        return self.agent_contact_state in BUSY


@dataclass(frozen=True, slots=True)
class CurrentUserData:
    """One agent at work, with every member of the API's `UserData`. Slots are whole numbers."""

    user: Reference
    routing_profile: Reference | None = None
    hierarchy_path: HierarchyPath = field(default_factory=HierarchyPath)
    status: CurrentStatus | None = None
    available_slots_by_channel: Mapping[Channel, int] = field(default_factory=dict)
    max_slots_by_channel: Mapping[Channel, int] = field(default_factory=dict)
    active_slots_by_channel: Mapping[Channel, int] = field(default_factory=dict)
    contacts: tuple[CurrentContact, ...] = ()
    next_status: str | None = None
    """The name of the status that follows when the agent's contacts have ended."""

    @property
    def busy_contacts(self) -> tuple[CurrentContact, ...]:
        """The contacts that a deletion would cut off."""
        return tuple(contact for contact in self.contacts if contact.is_busy)


def flatten(answer: UserDataTypeDef) -> CurrentUserData:
    """One entry of the answer's `UserDataList`; members that this version lacks are left out."""
    status = answer.get("Status")
    path = answer.get("HierarchyPath") or {}
    user = _reference(answer.get("User"))
    return CurrentUserData(
        user=user or Reference("", ""),
        routing_profile=_reference(answer.get("RoutingProfile")),
        hierarchy_path=HierarchyPath(*(_reference(path.get(level)) for level in LEVELS)),
        status=None if status is None else _status(status),
        available_slots_by_channel=dict(answer.get("AvailableSlotsByChannel") or {}),
        max_slots_by_channel=dict(answer.get("MaxSlotsByChannel") or {}),
        active_slots_by_channel=dict(answer.get("ActiveSlotsByChannel") or {}),
        contacts=tuple(_contact(contact) for contact in answer.get("Contacts") or ()),
        next_status=answer.get("NextStatus"),
    )


def _reference(answer: UserReferenceTypeDef | None) -> Reference | None:
    return Reference(answer.get("Id", ""), answer.get("Arn", "")) if answer else None


def _status(answer: AgentStatusReferenceTypeDef) -> CurrentStatus:
    return CurrentStatus(
        status_arn=answer.get("StatusArn", ""),
        status_name=answer.get("StatusName"),
        status_start_timestamp=_utc(answer.get("StatusStartTimestamp")),
    )


def _contact(answer: AgentContactReferenceTypeDef) -> CurrentContact:
    return CurrentContact(
        contact_id=answer.get("ContactId", ""),
        channel=answer.get("Channel", "VOICE"),
        initiation_method=answer.get("InitiationMethod"),
        agent_contact_state=answer.get("AgentContactState", "ERROR"),
        state_start_timestamp=_utc(answer.get("StateStartTimestamp")),
        connected_to_agent_timestamp=_utc(answer.get("ConnectedToAgentTimestamp")),
        queue=_reference(answer.get("Queue")),
    )


def _utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC)
