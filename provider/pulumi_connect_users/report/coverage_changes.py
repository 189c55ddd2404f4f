"""What a preview does to the agents of one instance: who comes, leaves and moves. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from ..core.arns import last_part
from ..core.privacy import label
from ..coverage.centre import Agent, Agents, Skill
from ..model.attributes import by_wire
from ..users.inputs import ignored
from .id_names import bare_id
from .input.property_values import Marker, PropertyValue, entries, mapping
from .user_changes import UserChange, Wire, is_hidden, may_differ

_ROUTING: Final = "routingProfileId"
_GROUP: Final = "hierarchyGroupId"
_SKILLS: Final = "proficiencies"
_DECISIVE: Final = (_ROUTING, _GROUP, _SKILLS)
"""The attributes that decide who takes which contacts."""
_PROGRAM: Final = frozenset(by_wire()[wire].program for wire in _DECISIVE)
_NOTHING: Final[Wire] = {}
_Levels = dict[tuple[str, str], int]


def affecting(changes: Iterable[UserChange]) -> list[UserChange]:
    """The changes that may change who takes which contacts."""
    return [change for change in changes if change.kind == "user" and _matters(change)]


def may_lose(change: UserChange) -> bool:
    """Whether a change can take an agent away: only a new user never does."""
    return change.op != "create" or _adopts(change)


def _adopts(change: UserChange) -> bool:
    return change.op == "create" and bool((change.new or _NOTHING).get("adoption"))


def _matters(change: UserChange) -> bool:
    if _adopts(change):
        changes = mapping((change.new or _NOTHING)["adoption"]).get("changes")
        return not isinstance(changes, list) or not _PROGRAM.isdisjoint(map(str, changes))
    if change.op in ("update", "move"):
        old, new = change.old or _NOTHING, change.new or _NOTHING
        differs = any(old.get(key) != new.get(key) or _is_unknown(new, key) for key in _DECISIVE)
        return differs or may_differ(change)
    # What has already happened, and what only the state notices, changes nothing any more.
    return change.op in ("create", "replace", "delete")


def _moves(change: UserChange) -> bool:
    """Whether a user's queues or skills change, not the hierarchy group alone."""
    old, new = change.old or _NOTHING, change.new or _NOTHING
    whole = change.op in ("create", "delete", "replace")
    return whole or any(old.get(key) != new.get(key) for key in (_ROUTING, _SKILLS))


def _is_unknown(wire: Wire, key: str) -> bool:
    value = wire.get(key)
    entry_values = (v for entry in entries(value) for v in mapping(entry).values())
    return isinstance(value, Marker) or any(isinstance(v, Marker) for v in entry_values)


@dataclass(frozen=True)
class CentreChange:
    """The changes in one instance; implements `coverage.reading.Change`."""

    changes: Sequence[UserChange]
    """Those that affect anything; see `affecting`."""
    instance_id: str

    @cached_property
    def elsewhere(self) -> int:
        """How many may take agents away from another instance."""
        sides = ((c, c.old if c.old is not None else c.new) for c in self.changes if may_lose(c))
        return sum(not self._is_here(side) for _, side in sides)

    @cached_property
    def unknown(self) -> tuple[UserChange, ...]:
        """Those of existing users where the preview hides what they will take."""
        return tuple(c for c in self.changes if may_lose(c) and self._is_unclear(c))

    def _is_unclear(self, change: UserChange) -> bool:
        if change.old is not None and self._is_here(change.old) and not _name(change.old):
            return True
        new = change.new
        if new is None or not self._is_here(new):
            return False
        return is_hidden(change) or any(_is_unknown(new, key) for key in _DECISIVE)

    def unread(self, agents: Agents) -> Iterator[str]:
        """See `Change`: where state does not list the proficiencies of those at stake."""
        find = _Finder(agents)
        for change in self._at_stake:
            old = change.old or _NOTHING
            agent = agents.get(find(_name(change.old if change.old is not None else change.new)))
            if agent is not None and not isinstance(old.get(_SKILLS), list):
                yield agent.id

    @cached_property
    def skills(self) -> frozenset[Skill]:
        """See `Change`."""
        sides = (side for c in self._at_stake for side in (c.old, c.new) if self._is_here(side))
        levels = (_levels(side or _NOTHING) for side in sides)
        return frozenset(Skill(*key, level) for held in levels for key, level in held.items())

    @cached_property
    def _at_stake(self) -> list[UserChange]:
        """Users whose skills are gained or lost, by the centre or by a queue."""
        return [c for c in self.changes if _moves(c) and self._is_here(c.old or c.new)]

    def after(self, agents: Agents) -> Agents:
        """See `Change`."""
        after, find = dict(agents), _Finder(agents)
        for change in self.changes:
            if change.op in ("delete", "replace") and self._is_here(change.old):
                after.pop(find(_name(change.old)), None)
        for change in self.changes:
            if change.new is not None and self._is_here(change.new):
                username = find(_name(change.new))
                after[username] = _altered(change, change.new, after.get(username))
        return after

    def shown(self, agents: Agents) -> Mapping[str, str]:
        """Username -> the name that the preview has for its user, which may be a label."""
        find = _Finder(agents)
        names = {_name(side) for c in self.changes for side in (c.old, c.new)}
        return {find(name): name for name in names if name}

    def _is_here(self, wire: Wire | None) -> bool:
        arn = (wire or _NOTHING).get("instanceArn")
        return isinstance(arn, str) and last_part(arn) == self.instance_id


def _name(wire: Wire | None) -> str:
    """The username, or its label; empty where neither is known."""
    for key in ("username", "label"):
        value = (wire or _NOTHING).get(key)
        if isinstance(value, str):
            return value
    return ""


class _Finder:
    """Finds the username that a label stands for."""

    def __init__(self, agents: Agents) -> None:
        self._agents = agents

    def __call__(self, name: str) -> str:
        return name if name in self._agents else self._by_label.get(name, name)

    @cached_property
    def _by_label(self) -> Mapping[str, str]:
        return {label(username): username for username in self._agents}


def _altered(change: UserChange, new: Wire, agent: Agent | None) -> Agent:
    """The agent with what differs between old and new; what is not known yet counts as nothing.

    Of a replacement, and of a user that Connect does not have, only what is declared.
    """
    if agent is None or change.op == "replace":
        old, agent = _NOTHING, Agent()
    else:
        old = change.old or _NOTHING
    return replace(
        agent,
        routing_profile=_reference(agent.routing_profile, old, new, _ROUTING),
        hierarchy_group=_reference(agent.hierarchy_group, old, new, _GROUP),
        skills=_skills(agent, old, new),
    )


def _reference(current: str, old: Wire, new: Wire, key: str) -> str:
    before, after = old.get(key), new.get(key)
    if isinstance(after, str):
        return current if after == before else bare_id(after)
    if after is None:
        # As `users.plan`: what is no longer declared is cleared where a call exists.
        cleared = key == _GROUP and before is not None and key not in _ignored(new)
        return "" if cleared else current
    return ""


def _skills(agent: Agent, old: Wire, new: Wire) -> frozenset[Skill]:
    """As `users.plan`: entry by entry; those that no program has declared stay."""
    if _is_unknown(new, _SKILLS):
        return frozenset()
    before, after = _levels(old), _levels(new)
    if before == after or (not after and _SKILLS in _ignored(new)):
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


def _ignored(wire: Wire) -> frozenset[str]:
    named: PropertyValue = wire.get("ignoreDrift")
    return ignored({"ignoreDrift": [name for name in entries(named) if isinstance(name, str)]})
