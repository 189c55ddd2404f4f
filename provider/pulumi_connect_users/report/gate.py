"""The gate of --fail-on: conditions under which a person must decide."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from ..core.messages import counted
from .blind_spots import closing_reason
from .report import ACTIONS, Action, Report
from .verdict import count_of, count_risks


class InvalidGate(ValueError):
    """An unknown condition; the message lists the known ones."""


def _users(report: Report, *, action: Action) -> int:
    return count_of(report.counts, action)


def _policies(report: Report, *levels: str) -> int:
    return sum(result.level in levels for result in report.policies.results)


def _deletions(report: Report) -> int:
    """Deletions, those of renames included: the user of the old username is deleted."""
    renamed = sum(bool(change.renamed_from) for change in report.changes)
    return count_of(report.counts, "delete") + renamed


COUNTERS: Final[Mapping[str, Callable[[Report], int]]] = {
    # Not `unknown`: it closes every gate.
    **{action: partial(_users, action=action) for action in ACTIONS[1:]},
    "delete": _deletions,
    "change": lambda report: len(report.changes) + len(report.other_changes),
    "privilege": lambda report: count_risks(report, "privilege"),
    "risk": count_risks,
    "coverage": lambda report: len(report.coverage.alarms),
    "policy": lambda report: _policies(report, "mandatory"),
    "advice": lambda report: _policies(report, "mandatory", "advisory"),
    "error": lambda report: (
        sum(problem.severity == "error" for problem in report.problems)
        or int(report.outcome != "succeeded")
    ),
}
"""Condition -> how many there are. `policy` counts failed mandatory policies, `advice` all that
object; `error` is at least 1 for a preview that failed or is truncated."""

_CONDITION: Final = re.compile(r"(?P<name>[a-z]+)\s*(?:>\s*(?P<limit>[0-9]{1,9}))?\Z")


_ENDS: Final[Mapping[str, str]] = {
    "failed": "a failed preview",
    "incomplete": "a truncated preview",
    "empty": "an empty preview",
}
"""Endings that leave every condition open; `error` is the condition on just that."""
_EVENTS: Final = "(the engine's events do)"
_ON_POLICIES: Final = ("policy", "advice")
_NOT_RUN: Final[Mapping[str, str]] = {
    "none": "no policy ran",
    "unknown": f"the input carries no policy results {_EVENTS}",
}
"""Policies' status -> why a condition on them cannot be judged."""


@dataclass(frozen=True)
class Condition:
    """Closes the gate as soon as there are more than `limit`."""

    name: str
    limit: int = 0

    def closed_by(self, report: Report) -> str:
        """Why the report does not pass, in words; empty where it does."""
        if unknown := _unknown(report):
            return f"{self.name}: {unknown} with an operation of a newer Pulumi"
        count = COUNTERS[self.name](report)
        if count > self.limit:
            return f"{self.name}: {count}" + (f", more than {self.limit}" if self.limit else "")
        unseen = _unseen(self.name, report, self.limit - count)
        return f"{self.name}: {unseen}" if unseen else ""


def _unknown(report: Report) -> str:
    """Whose operation is unknown; empty where none is."""
    count = sum(change.action == "unknown" for change in report.changes)
    if not count and "unknown" in report.unseen.actions:
        return "a roster"
    return counted(count, "user") if count else ""


def _unseen(name: str, report: Report, left: int) -> str:
    """What the input hides that could close the gate; `left` is what may still pass."""
    if name in _ON_POLICIES and report.policies.status in _NOT_RUN:
        return f"{_NOT_RUN[report.policies.status]}; --no-policies accepts that"
    if name in ("change", "drift", "gone", "privilege", "risk") and report.untold > left:
        drift = counted(report.untold, "resource")
        return f"the input does not show which {drift} changed outside Pulumi {_EVENTS}"
    if name == "coverage" and report.coverage.unjudged:
        return report.coverage.unjudged
    return closing_reason(report.unseen, name, left)


def conditions(text: str) -> tuple[Condition, ...]:
    """The conditions of `delete>5,replace,privilege,policy`.

    Raises:
        InvalidGate: with every unknown condition.
    """
    valid, unknown = [], []
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = _CONDITION.fullmatch(part)
        if match is None or match["name"] not in COUNTERS:
            unknown.append(part)
        else:
            valid.append(Condition(match["name"], int(match["limit"] or 0)))
    if unknown:
        known = ", ".join(COUNTERS)
        raise InvalidGate(
            f"unknown condition: {', '.join(unknown)}. Known: {known}; `delete>5` allows five."
        )
    return tuple(valid)


def closed(
    report: Report, gate: tuple[Condition, ...], *, no_policies: bool = False
) -> tuple[str, ...]:
    """Why the gate is closed, one line per condition; nothing where it is open.

    With `no_policies`, conditions on policies hold only where policies ran.
    """
    ignored = _ON_POLICIES if no_policies and report.policies.status in _NOT_RUN else ()
    judged = [condition for condition in gate if condition.name not in ignored]
    reasons = [reason for condition in judged if (reason := condition.closed_by(report))]
    if gate and all(condition.name != "error" for condition in gate) and report.outcome in _ENDS:
        reasons.append(f"{_ENDS[report.outcome]}: its full effect is unknown")
    return tuple(reasons)
