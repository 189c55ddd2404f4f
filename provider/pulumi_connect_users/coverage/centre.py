"""A contact centre, as far as it decides who can take a contact. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Lane(NamedTuple):
    """One channel of one queue."""

    queue: str
    """The queue's name."""
    queue_id: str
    channel: str


class Skill(NamedTuple):
    """A proficiency at a level.

    A routing step asks for a level or a higher one (NumberGreaterOrEqualTo), so whoever has level 5
    counts for level 4 too.
    """

    attribute: str
    value: str
    level: int


@dataclass(frozen=True, slots=True)
class RoutingProfile:
    """Which contacts the agents of a routing profile are offered."""

    concurrency: Mapping[str, int]
    """Channel -> contacts at once; a channel that is absent, or 0, is not taken."""
    queues: tuple[Lane, ...]

    @property
    def lanes(self) -> frozenset[Lane]:
        """The queues, on the channels that are taken."""
        return frozenset(one for one in self.queues if self.concurrency.get(one.channel, 0) > 0)


@dataclass(frozen=True, slots=True)
class Agent:
    """A user as routing sees it."""

    id: str = ""
    """Empty for a user who is yet to be created."""
    routing_profile: str = ""
    """The id; empty where it is unknown or there is none."""
    hierarchy_group: str = ""
    skills: frozenset[Skill] = frozenset()


Agents = Mapping[str, Agent]
"""Username -> agent."""


@dataclass(frozen=True, slots=True)
class Centre:
    """What agents refer to."""

    profiles: Mapping[str, RoutingProfile] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Id of a hierarchy group -> the ids of its ancestors and its own, from the top."""
    group_names: Mapping[str, str] = field(default_factory=dict)
    """Id of a hierarchy group -> its path, `AMER/West`."""
