"""Reads a centre, no more of it than a change needs: in bulk, through a port. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from .centre import Agents, Centre, Lane, RoutingProfile, Skill


class CentreApi(Protocol):
    """The look-ups in one instance; each raises an ApiError where Connect refuses it."""

    def agents(self) -> Agents:
        """All users, without skills."""

    def concurrency(self) -> Mapping[str, Mapping[str, int]]:
        """Id of each routing profile -> channel -> contacts at once."""

    def queues(self, profile: str) -> Sequence[Lane]:
        """What a routing profile serves."""

    def groups(self) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, str]]:
        """The two mappings of a `Centre`."""

    def skills(self, user_id: str) -> Sequence[Skill]:
        """One user's proficiencies."""

    def holders(self, skill: Skill) -> Iterable[str]:
        """The ids of all users with the skill, at its level or a higher one."""


class Change(Protocol):
    """What a preview does to agents."""

    def unread(self, agents: Agents) -> Iterable[str]:
        """The ids of existing users whose skills matter, and which the preview does not name."""

    @property
    def skills(self) -> frozenset[Skill]:
        """The skills that the preview names."""

    def after(self, agents: Agents) -> Agents:
        """The agents after the change."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A centre before and after."""

    centre: Centre
    before: Agents
    after: Agents
    skills: frozenset[Skill]


Plan = Callable[[int, int, int], None]
"""Called with the number of routing profiles, users and skills that will be looked up one by one:
each is at least one call."""


def read(
    api: CentreApi, change: Change, plan: Plan = lambda profiles, users, skills: None
) -> Reading:
    """Reads the centre; the cost follows the profiles in use, and the users and skills at stake.

    A skill is looked up once for all users. Which user has a level beyond those in question does
    not matter, and is not known.
    """
    agents = api.agents()
    concurrency, (groups, names) = api.concurrency(), api.groups()
    after = change.after(agents)
    used = {a.routing_profile for side in (agents, after) for a in side.values()}
    profiles = sorted(used & concurrency.keys())
    unread = sorted(set(change.unread(agents)))
    plan(len(profiles), len(unread), len(change.skills))
    served = {i: RoutingProfile(concurrency[i], tuple(api.queues(i))) for i in profiles}
    skills = change.skills.union(*map(api.skills, unread))
    before = _with_skills(agents, {skill: api.holders(skill) for skill in sorted(skills)})
    return Reading(Centre(served, groups, names), before, change.after(before), skills)


def _with_skills(agents: Agents, holders: Mapping[Skill, Iterable[str]]) -> Agents:
    """The agents with the highest level in question that each has reached."""
    reached: defaultdict[str, dict[tuple[str, str], Skill]] = defaultdict(dict)
    for skill in sorted(holders):
        for user_id in holders[skill]:
            reached[user_id][skill[:2]] = skill
    return {
        username: replace(agent, skills=frozenset(reached[agent.id].values()))
        if agent.id in reached
        else agent
        for username, agent in agents.items()
    }
