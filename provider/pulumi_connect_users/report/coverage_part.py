"""The report's part about coverage: who can take contacts, before and after."""

from typing import Literal

from .part import Part


class Headcount(Part):
    """How many agents there are, and who makes the difference."""

    before: int
    after: int
    leaving: tuple[str, ...] = ()
    """Usernames of agents who no longer count."""
    joining: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether it is not the same agents."""
        return bool(self.leaving or self.joining)


class QueueCoverage(Headcount):
    """The agents who can take a queue's contacts on one channel."""

    queue: str
    queue_id: str
    channel: str


class SkillCoverage(Headcount):
    """The users who have a proficiency at this level or a higher one."""

    attribute: str
    value: str
    level: int


class GroupCoverage(Headcount):
    """The users of a hierarchy group and the groups below it."""

    group: str
    group_id: str


class CoverageAlarm(Headcount):
    """A queue or a proficiency that falls too far."""

    kind: Literal["queue", "proficiency", "queue-proficiency"]
    text: str


class Coverage(Part):
    """Who can take which contacts, by all users of the instance."""

    status: Literal["unaffected", "not-computed", "refused", "computed"] = "unaffected"
    """unaffected: no change concerns it; refused: a look-up was refused."""
    reason: str = ""
    """Why it was not computed."""
    unjudged: str = ""
    """Why a gate on it cannot be judged."""
    instance: str = ""
    minimum: int = 0
    """Agents below which a queue or proficiency is too thin."""
    max_loss: str = ""
    """The largest share that may be lost: `25%`."""
    alarms: tuple[CoverageAlarm, ...] = ()
    """The gravest first."""
    queues: tuple[QueueCoverage, ...] = ()
    """Every queue that an agent serves, by channel."""
    proficiencies: tuple[SkillCoverage, ...] = ()
    """Those of users who come, leave or change."""
    groups: tuple[GroupCoverage, ...] = ()
