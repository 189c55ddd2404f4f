"""Wording of the board: times, states, slots. Colour never carries meaning alone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from .board import Activity, Agent, Board, Contact

SYMBOLS: Final[Mapping[Activity, str]] = {
    "on contact": "●",
    "offered": "◔",
    "after contact": "◐",
    "missed": "!",
    "ready": "○",
    "away": "–",
}


def age(moment: datetime | None, now: datetime) -> str:
    """How long ago: `0:42`, `12:05`, `3:10:00`; empty where unknown."""
    if moment is None:
        return ""
    seconds = max(0, int((now - moment).total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def state(contact: Contact) -> str:
    """`connected`, `on hold`, `after-contact work`: the API's state in plain words."""
    special = {"CONNECTED_ONHOLD": "on hold", "ENDED": "after-contact work"}
    return special.get(contact.state, contact.state.lower())


def where(contact: Contact) -> str:
    """`VOICE · BasicQueue`."""
    return " · ".join(part for part in (contact.channel, contact.queue) if part)


def slots_of(agent: Agent) -> list[tuple[str, tuple[int, int, int]]]:
    """Channels that the agent serves."""
    return [(channel, s) for channel, s in agent.slots.items() if s[2] or s[0]]


def headline(board: Board) -> str:
    """`23 agents at work: 9 on contact, 2 offered, 12 ready`."""
    count = len(board.agents)
    counts = ", ".join(f"{n} {activity}" for activity, n in board.activities.items() if n)
    noun = "agent" if count == 1 else "agents"
    return f"{count} {noun} at work" + (f": {counts}" if counts else "")
