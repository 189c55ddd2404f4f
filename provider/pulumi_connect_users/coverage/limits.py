"""How far coverage may fall before someone must look. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from .centre import Lane, Skill
from .counting import Count, Counts, S


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Of a queue's channel, and of a proficiency."""

    minimum: int = 2
    """Fewer agents are too few."""
    most_lost: Fraction = Fraction(1, 4)
    """A larger share of the agents may not be lost."""

    @property
    def percent(self) -> str:
        """The share as a reader writes it: `25%`."""
        return f"{float(self.most_lost * 100):g}%"

    def crossed_by(self, count: Count[S]) -> bool:
        """Whether there are fewer agents than before, and too few, or too many are lost."""
        lost = count.before - count.after
        return lost > 0 and (
            count.after < self.minimum or Fraction(lost, count.before) > self.most_lost
        )


@dataclass(frozen=True, slots=True)
class Alarm:
    """What falls too far: a queue on these channels, a skill, or a skill among a queue's agents."""

    before: int
    after: int
    leaving: tuple[str, ...]
    lanes: tuple[Lane, ...] = ()
    """The channels of one queue; none where it is about a skill alone."""
    skill: Skill | None = None


_SHARE: Final = re.compile(r"(?P<number>[0-9]{1,3}(?:\.[0-9]{1,6})?)(?P<percent> ?%)?")


def share(text: str) -> Fraction:
    """The share in `20%` or `0.2`; raises ValueError for anything else."""
    match = _SHARE.fullmatch(text.strip())
    found = Fraction(match["number"]) if match else Fraction(-1)
    found = found / 100 if match and match["percent"] else found
    if not 0 <= found <= 1:
        raise ValueError(f"{text} is neither a percentage nor a share. Give 20% or 0.2.")
    return found


def alarms_of(counts: Counts, limits: Limits) -> tuple[Alarm, ...]:
    """The alarms, the gravest first."""
    found = [*_queues(counts, limits), *_skills(counts, limits), *_last_of_queues(counts)]
    return tuple(sorted(found, key=_gravity))


def _gravity(alarm: Alarm) -> tuple[int, bool, Fraction, tuple[Lane, ...], tuple[Skill, ...]]:
    lost = Fraction(alarm.before - alarm.after, alarm.before)
    skills = (alarm.skill,) if alarm.skill else ()
    return (alarm.after, bool(alarm.lanes and skills), -lost, alarm.lanes, skills)


def _queues(counts: Counts, limits: Limits) -> Iterator[Alarm]:
    crossed = [c for c in counts.lanes if limits.crossed_by(c)]
    return _by_queue((c.subject, None, c.before, c.after, c.leaving) for c in crossed)


def _skills(counts: Counts, limits: Limits) -> Iterator[Alarm]:
    for count in counts.skills:
        if limits.crossed_by(count):
            yield Alarm(count.before, count.after, count.leaving, skill=count.subject)


def _last_of_queues(counts: Counts) -> Iterator[Alarm]:
    """Queues whose agents lose a skill that others still have: the rest is said above."""
    staffed = {count.subject for count in counts.lanes if count.after}
    held = {count.subject for count in counts.skills if count.after}
    return _by_queue(
        (lane, skill, count.before, 0, count.leaving)
        for count in counts.pairs
        if count.before and not count.after
        for lane, skill in [count.subject]
        if lane in staffed and skill in held
    )


_Fall = tuple[Lane, Skill | None, int, int, tuple[str, ...]]


def _by_queue(falls: Iterable[_Fall]) -> Iterator[Alarm]:
    """One alarm for channels of a queue that fall alike."""
    alike: defaultdict[tuple[str, Skill | None, int, int, tuple[str, ...]], list[Lane]]
    alike = defaultdict(list)
    for lane, skill, before, after, leaving in falls:
        alike[lane.queue_id, skill, before, after, leaving].append(lane)
    for (_, skill, before, after, leaving), lanes in alike.items():
        yield Alarm(before, after, leaving, tuple(sorted(lanes)), skill)
