"""Counts heads: for each queue and channel, proficiency and hierarchy group. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final, Generic, Protocol, Self, TypeVar

from .centre import Agent, Agents, Centre, Lane, Skill


class _Ordered(Protocol):
    def __lt__(self, other: Self, /) -> bool: ...


S = TypeVar("S", bound=_Ordered)
_NONE: Final = Agent()


@dataclass(frozen=True, slots=True)
class Count(Generic[S]):
    """How many agents there are for one subject, and who makes the difference."""

    subject: S
    before: int
    after: int
    leaving: tuple[str, ...] = ()
    """Usernames of those who no longer count, sorted."""
    joining: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """The coverage of a centre."""

    lanes: tuple[Count[Lane], ...] = ()
    """Every queue that an agent serves before or after, by channel."""
    skills: tuple[Count[Skill], ...] = ()
    groups: tuple[Count[str], ...] = ()
    """By id; members of the groups below are counted."""
    pairs: tuple[Count[tuple[Lane, Skill]], ...] = ()
    """The skills of a queue's agents, only where an agent of a queue with a skill is lost."""


def skills_in_question(before: Agents, after: Agents) -> frozenset[Skill]:
    """The skills of everyone who changes."""
    both = ((before.get(u, _NONE), after.get(u, _NONE)) for u in {*before, *after})
    return frozenset(s for old, new in both if old != new for s in (*old.skills, *new.skills))


def count(
    centre: Centre, before: Agents, after: Agents, skills: Iterable[Skill] | None = None
) -> Counts:
    """The coverage before and after, skills as far as they are in question.

    Agents are counted in groups that are alike: the cost follows the kinds of agents.
    """
    asked = skills_in_question(before, after) if skills is None else frozenset(skills)
    places = _Places(centre, asked)
    changed = [u for u in sorted({*before, *after}) if before.get(u) != after.get(u)]
    moves = [(u, before.get(u, _NONE), after.get(u, _NONE)) for u in changed]
    return Counts(
        lanes=_counted(before, after, moves, _profile, places.lanes),
        skills=_counted(before, after, moves, _skills, places.skills),
        groups=_counted(before, after, moves, _group, places.groups),
        pairs=_pairs(before, after, moves, places),
    )


_Moves = list[tuple[str, Agent, Agent]]
"""Username, before, after."""


class _Places:
    """Where an agent counts."""

    def __init__(self, centre: Centre, skills: frozenset[Skill]) -> None:
        self._lanes = {i: profile.lanes for i, profile in centre.profiles.items()}
        self._groups = centre.groups
        self._levels: defaultdict[tuple[str, str], list[Skill]] = defaultdict(list)
        for skill in skills:
            self._levels[skill[:2]].append(skill)
        self.skills = cache(self._skills)

    def lanes(self, profile: str) -> frozenset[Lane]:
        return self._lanes.get(profile, frozenset())

    def groups(self, group: str) -> frozenset[str]:
        return frozenset(self._groups.get(group, (group,) if group else ()))

    def pairs(self, both: tuple[str, frozenset[Skill]]) -> frozenset[tuple[Lane, Skill]]:
        """Each queue of a routing profile with each skill."""
        return frozenset(product(self.lanes(both[0]), self.skills(both[1])))

    def _skills(self, held: frozenset[Skill]) -> frozenset[Skill]:
        """The skills in question that someone has, who holds these."""
        return frozenset(
            asked
            for skill in held
            for asked in self._levels.get(skill[:2], ())
            if asked.level <= skill.level
        )


def _profile(agent: Agent) -> str:
    return agent.routing_profile


def _skills(agent: Agent) -> frozenset[Skill]:
    return agent.skills


def _group(agent: Agent) -> str:
    return agent.hierarchy_group


def _both(agent: Agent) -> tuple[str, frozenset[Skill]]:
    return agent.routing_profile, agent.skills


K = TypeVar("K", str, frozenset[Skill], tuple[str, frozenset[Skill]])


def _counted(
    before: Agents,
    after: Agents,
    moves: _Moves,
    key: Callable[[Agent], K],
    places: Callable[[K], frozenset[S]],
) -> tuple[Count[S], ...]:
    leaving, joining = _moved(moves, key, places)
    heads = [_heads(agents, key, places) for agents in (before, after)]
    return _rows(heads[0], heads[1], leaving, joining)


def _moved(
    moves: _Moves, key: Callable[[Agent], K], places: Callable[[K], frozenset[S]]
) -> tuple[dict[S, list[str]], dict[S, list[str]]]:
    """Subject -> who leaves it, and who joins it."""
    alike: defaultdict[tuple[K, K], list[str]] = defaultdict(list)
    for username, old, new in moves:
        alike[key(old), key(new)].append(username)
    leaving: defaultdict[S, list[str]] = defaultdict(list)
    joining: defaultdict[S, list[str]] = defaultdict(list)
    for (old_key, new_key), usernames in alike.items():
        was, becomes = places(old_key), places(new_key)
        for subject in was - becomes:
            leaving[subject] += usernames
        for subject in becomes - was:
            joining[subject] += usernames
    return leaving, joining


def _heads(
    agents: Agents, key: Callable[[Agent], K], places: Callable[[K], frozenset[S]]
) -> Counter[S]:
    heads: Counter[S] = Counter()
    for alike, number in Counter(map(key, agents.values())).items():
        for subject in places(alike):
            heads[subject] += number
    return heads


def _rows(
    before: Mapping[S, int],
    after: Mapping[S, int],
    leaving: Mapping[S, list[str]],
    joining: Mapping[S, list[str]],
) -> tuple[Count[S], ...]:
    return tuple(
        Count(
            subject,
            before.get(subject, 0),
            after.get(subject, 0),
            tuple(sorted(leaving.get(subject, ()))),
            tuple(sorted(joining.get(subject, ()))),
        )
        for subject in sorted({*before, *after})
    )


def _pairs(
    before: Agents, after: Agents, moves: _Moves, places: _Places
) -> tuple[Count[tuple[Lane, Skill]], ...]:
    leaving, joining = _moved(moves, _both, places.pairs)
    lost: defaultdict[Lane, set[Skill]] = defaultdict(set)
    for lane, skill in leaving:
        lost[lane].add(skill)
    heads = [_pair_heads(agents, lost, places) for agents in (before, after)]
    kept = {pair: joining[pair] for pair in leaving if pair in joining}
    return _rows(heads[0], heads[1], leaving, kept)


def _pair_heads(
    agents: Agents, asked: Mapping[Lane, set[Skill]], places: _Places
) -> Counter[tuple[Lane, Skill]]:
    of_profile: defaultdict[str, Counter[Skill]] = defaultdict(Counter)
    for agent in agents.values():
        of_profile[agent.routing_profile].update(places.skills(agent.skills))
    heads: Counter[tuple[Lane, Skill]] = Counter()
    for profile, held in of_profile.items():
        for lane in places.lanes(profile) & asked.keys():
            for skill in asked[lane] & held.keys():
                heads[lane, skill] += held[skill]
    return heads
