"""The board as one JSON document: the API's names in camelCase, times in UTC."""

from datetime import datetime
from typing import Any

from .board import Agent, Board, Contact


def document(board: Board) -> dict[str, Any]:
    """Everything on the board; keys are only ever added."""
    return {
        "instanceArn": board.instance,
        "instanceAlias": board.alias,
        "takenAt": _time(board.taken),
        "filters": board.filters,
        "activities": dict(board.activities),
        "statuses": board.statuses,
        "channels": {name: _slots(slots) for name, slots in board.channels.items()},
        "queues": [
            {
                "name": line.name,
                "contacts": line.contacts,
                "connected": line.connected,
                "offered": line.offered,
                "oldestConnectedAt": _time(line.oldest),
            }
            for line in board.queues
        ],
        "agents": [_agent(agent) for agent in board.agents],
    }


def _agent(agent: Agent) -> dict[str, Any]:
    return {
        "userId": agent.id,
        "username": agent.name,
        "activity": agent.activity,
        "status": agent.status,
        "statusStartTimestamp": _time(agent.since),
        "nextStatus": agent.next_status,
        "routingProfile": agent.routing_profile,
        "hierarchyPath": agent.hierarchy or None,
        "slotsByChannel": {name: _slots(slots) for name, slots in agent.slots.items()},
        "contacts": [_contact(contact) for contact in agent.contacts],
    }


def _contact(contact: Contact) -> dict[str, Any]:
    return {
        "contactId": contact.id,
        "channel": contact.channel,
        "agentContactState": contact.state,
        "queue": contact.queue,
        "initiationMethod": contact.method,
        "stateStartTimestamp": _time(contact.since),
        "connectedToAgentTimestamp": _time(contact.connected),
    }


def _slots(slots: tuple[int, int, int]) -> dict[str, int]:
    return dict(zip(("active", "available", "max"), slots, strict=True))


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds").replace("+00:00", "Z")
