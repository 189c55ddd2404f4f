"""What a preview does to the agents of one instance: who comes, leaves and moves. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from ..coverage.centre import Agent, Agents, Skill
from .input.property_values import entries, mapping
from .instance_changes import (
    NOTHING,
    Finder,
    InstanceChange,
    adopts,
    affects,
    is_unknown,
    left_to_others,
    name_of,
    reference,
)
from .user_changes import UserChange, Wire, is_hidden

_ROUTING: Final = "routingProfileId"
_GROUP: Final = "hierarchyGroupId"
_SKILLS: Final = "proficiencies"
_DECISIVE: Final = (_ROUTING, _GROUP, _SKILLS)
"""The attributes that decide who takes which contacts."""
_Levels = dict[tuple[str, str], int]


def affecting(changes: Iterable[UserChange]) -> tuple[UserChange, ...]:
    """The changes that may change who takes which contacts; a suspended user takes none."""
    return tuple(c for c in changes if c.kind == "user" and affects(c, _DECISIVE))


def may_lose(change: UserChange) -> bool:
    """Whether a change can take an agent away: only a new user never does."""
    return change.op != "create" or adopts(change)


def _moves(change: UserChange) -> bool:
    """Whether a user's queues or skills change, not the hierarchy group alone."""
    old, new = change.old or NOTHING, change.new or NOTHING
    whole = change.op in ("create", "delete", "replace")
    return whole or any(old.get(key) != new.get(key) for key in (_ROUTING, _SKILLS))


@dataclass(frozen=True)
class CentreChange(InstanceChange):
    """The changes to agents; implements `coverage.reading.Change`."""

    @property
    def elsewhere(self) -> int:
        """How many may take agents away from another instance."""
        return self.elsewhere_of(may_lose)

    @cached_property
    def unknown(self) -> tuple[UserChange, ...]:
        """Those of existing users where the preview hides what they will take."""
        return tuple(c for c in self.changes if may_lose(c) and self._is_unclear(c))

    def _is_unclear(self, change: UserChange) -> bool:
        if change.old is not None and self.is_here(change.old) and not name_of(change.old):
            return True
        new = change.new
        if new is None or not self.is_here(new):
            return False
        return is_hidden(change) or any(is_unknown(new, key) for key in _DECISIVE)

    def unread(self, agents: Agents) -> Iterator[str]:
        """See `Change`: where state does not list the proficiencies of those at stake."""
        find = Finder(agents)
        for change in self._at_stake:
            old = change.old or NOTHING
            agent = agents.get(find(name_of(change.old if change.old is not None else change.new)))
            if agent is not None and not isinstance(old.get(_SKILLS), list):
                yield agent.id

    @cached_property
    def skills(self) -> frozenset[Skill]:
        """See `Change`."""
        sides = (side for c in self._at_stake for side in (c.old, c.new) if self.is_here(side))
        levels = (_levels(side or NOTHING) for side in sides)
        return frozenset(Skill(*key, level) for held in levels for key, level in held.items())

    @cached_property
    def _at_stake(self) -> list[UserChange]:
        """Users whose skills are gained or lost, by the centre or by a queue."""
        return [c for c in self.changes if _moves(c) and self.is_here(c.old or c.new)]

    def after(self, agents: Agents) -> Agents:
        """See `Change`."""
        after, find = dict(agents), Finder(agents)
        for change in self.leaving():
            after.pop(find(name_of(change.old)), None)
        for change, new in self.arriving():
            username = find(name_of(new))
            after[username] = _altered(change, new, after.get(username))
        return after


def _altered(change: UserChange, new: Wire, agent: Agent | None) -> Agent:
    """The agent with what differs between old and new; what is not known yet counts as nothing.

    Of a replacement, and of a user that Connect does not have, only what is declared.
    """
    if agent is None or change.op == "replace":
        old, agent = NOTHING, Agent()
    else:
        old = change.old or NOTHING
    return replace(
        agent,
        routing_profile=reference(agent.routing_profile, old, new, _ROUTING, clears=False),
        hierarchy_group=reference(agent.hierarchy_group, old, new, _GROUP, clears=True),
        skills=_skills(agent, old, new),
    )


def _skills(agent: Agent, old: Wire, new: Wire) -> frozenset[Skill]:
    """As `users.plan`: entry by entry; those that no program has declared stay."""
    if is_unknown(new, _SKILLS):
        return frozenset()
    before, after = _levels(old), _levels(new)
    if before == after or (not after and _SKILLS in left_to_others(new)):
        return agent.skills
    levels = {skill[:2]: skill.level for skill in agent.skills}
    for key in before.keys() - after.keys():
        levels.pop(key, None)
    levels |= {key: level for key, level in after.items() if before.get(key) != level}
    return frozenset(Skill(*key, level) for key, level in levels.items())


def _levels(wire: Wire) -> _Levels:
    """The declared proficiencies that are known."""
    levels: _Levels = {}
    for entry in map(mapping, entries(wire.get(_SKILLS))):
        name, value, level = (entry.get(k) for k in ("attributeName", "attributeValue", "level"))
        if isinstance(name, str) and isinstance(value, str) and isinstance(level, int):
            levels[name, value] = level
    return levels
