"""Makes the report's part about coverage from changes and an instance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final, TypedDict

from ..core.errors import ConnectUsersError
from ..core.messages import counted, in_one_line
from ..core.privacy import shorten
from ..coverage.centre import Lane, Skill
from ..coverage.counting import Count, Counts, S, count
from ..coverage.limits import Alarm, Limits, alarms_of
from ..coverage.reading import Reading, read
from .coverage_changes import CentreChange, affecting, may_lose
from .coverage_part import (
    Coverage,
    CoverageAlarm,
    GroupCoverage,
    QueueCoverage,
    SkillCoverage,
)
from .instance import Instance
from .redact import Redactor
from .user_changes import UserChange

_ASK: Final = "not computed; `--instance ARN` adds it"
_HIGHEST: Final = 5
"""The highest level of a proficiency (API reference, UserProficiency)."""
_NAMED: Final = 10


def coverage_of(
    changes: Iterable[UserChange], instance: Instance | None, limits: Limits, redactor: Redactor
) -> Coverage:
    """The coverage before and after the changes; looks nothing up where they do not concern it."""
    concerned = affecting(changes)
    bounds = Coverage(minimum=limits.minimum, max_loss=limits.percent)
    if not concerned:
        return bounds
    if instance is None:
        losing = any(map(may_lose, concerned))
        return bounds.model_copy(
            update={"status": "not-computed", "reason": _ASK, "unjudged": _ASK if losing else ""}
        )
    change = CentreChange(concerned, instance.id)
    try:
        reading = read(instance.centre, change, instance.plan)
    except ConnectUsersError as error:
        text = redactor.message(f"not computed: {in_one_line(error)}", "")
        return bounds.model_copy(update={"status": "refused", "reason": text, "unjudged": text})
    return _Section(reading, change, redactor).made(bounds, instance.arn, limits)


def coverage_notes(coverage: Coverage) -> Iterator[str]:
    """What a reader must know who looks for it in vain, or finds a part."""
    text = coverage.reason or coverage.unjudged
    if text:
        yield f"Coverage (who can take which contacts): {text.rstrip('.')}."


class _Heads(TypedDict):
    before: int
    after: int
    leaving: tuple[str, ...]
    joining: tuple[str, ...]


class _Section:
    """Words and safe names for one reading."""

    def __init__(self, reading: Reading, change: CentreChange, redactor: Redactor) -> None:
        self._reading = reading
        self._change = change
        self._redactor = redactor
        shown = change.shown(reading.before)
        self._username = cache(lambda name: redactor.username(shown.get(name, name)) or "?")

    def made(self, bounds: Coverage, arn: str, limits: Limits) -> Coverage:
        """The whole part."""
        reading = self._reading
        counts = count(reading.centre, reading.before, reading.after, reading.skills)
        return bounds.model_copy(
            update={
                "status": "computed",
                "unjudged": self._unjudged(),
                "instance": arn,
                "alarms": tuple(map(self._alarm, alarms_of(counts, limits))),
                "queues": tuple(self._queues(counts)),
                "proficiencies": tuple(self._skills(counts)),
                "groups": tuple(self._groups(counts)),
            }
        )

    def _unjudged(self) -> str:
        reasons = []
        if unknown := self._change.unknown:
            users = counted(len(unknown), "existing user")
            names = shorten(self._names(c.username for c in unknown), _NAMED)
            reasons.append(f"the input does not show what {users} will take: {names}")
        if elsewhere := self._change.elsewhere:
            users = counted(elsewhere, "changed user is", "changed users are")
            reasons.append(f"{users} in another instance than --instance")
        return "; ".join(reasons)

    def _queues(self, counts: Counts) -> Iterator[QueueCoverage]:
        for one in counts.lanes:
            queue, queue_id, channel = one.subject
            yield QueueCoverage(
                queue=self._redactor.text(queue),
                queue_id=queue_id,
                channel=channel,
                **self._heads(one),
            )

    def _skills(self, counts: Counts) -> Iterator[SkillCoverage]:
        for one in counts.skills:
            attribute, value, level = one.subject
            yield SkillCoverage(
                attribute=self._redactor.text(attribute),
                value=self._redactor.text(value),
                level=level,
                **self._heads(one),
            )

    def _groups(self, counts: Counts) -> Iterator[GroupCoverage]:
        names = self._reading.centre.group_names
        for one in counts.groups:
            name = self._redactor.text(names.get(one.subject, one.subject))
            yield GroupCoverage(group=name, group_id=one.subject, **self._heads(one))

    def _heads(self, one: Count[S] | Alarm) -> _Heads:
        joining = one.joining if isinstance(one, Count) else ()
        return {
            "before": one.before,
            "after": one.after,
            "leaving": self._names(one.leaving),
            "joining": self._names(joining),
        }

    def _names(self, usernames: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(self._username, usernames))

    def _alarm(self, alarm: Alarm) -> CoverageAlarm:
        kinds = {(True, False): "queue", (False, True): "proficiency"}
        kind = kinds.get((bool(alarm.lanes), alarm.skill is not None), "queue-proficiency")
        return CoverageAlarm.model_validate(
            {"kind": kind, "text": self._text(alarm), **self._heads(alarm)}
        )

    def _text(self, alarm: Alarm) -> str:
        skill = self._skill(alarm.skill) if alarm.skill else ""
        if alarm.lanes and skill:
            return f"{self._queue(alarm.lanes)} loses its last agent with {skill}"
        subject = self._queue(alarm.lanes) if alarm.lanes else skill
        if alarm.after == 0:
            return f"{subject}: no agent left of {alarm.before}"
        return f"{subject}: {alarm.after} of {counted(alarm.before, 'agent')} left"

    def _queue(self, lanes: Sequence[Lane]) -> str:
        channels = ", ".join(lane.channel.lower() for lane in lanes)
        return f"queue {self._redactor.text(lanes[0].queue)} ({channels})"

    def _skill(self, skill: Skill) -> str:
        higher = " or higher" if skill.level < _HIGHEST else ""
        name, value = (self._redactor.text(text) for text in skill[:2])
        return f"{name} {value} at level {skill.level}{higher}"
