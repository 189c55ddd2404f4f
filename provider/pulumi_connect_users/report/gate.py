"""The gate: what must not pass without a human's word."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from .blind_spots import closing_reason
from .report import ACTIONS, Action, Report
from .verdict import count_of, counted


class InvalidGate(ValueError):
    """A condition that is none; the message names all that are."""


def _users(report: Report, *, action: Action) -> int:
    return count_of(report.counts, action)


def _risks(report: Report, *kinds: str) -> int:
    every = [*report.risks, *(risk for change in report.changes for risk in change.risks)]
    return sum(not kinds or risk.kind in kinds for risk in every)


def _policies(report: Report, *levels: str) -> int:
    return sum(result.level in levels for result in report.policies.results)


def _deletions(report: Report) -> int:
    """Those of a rename too: the user of the old username is deleted."""
    renamed = sum(bool(change.renamed_from) for change in report.changes)
    return count_of(report.counts, "delete") + renamed


COUNTERS: Final[Mapping[str, Callable[[Report], int]]] = {
    # Not `unknown`: that closes every gate.
    **{action: partial(_users, action=action) for action in ACTIONS[1:]},
    "delete": _deletions,
    "change": lambda report: len(report.changes) + len(report.other_changes),
    "privilege": lambda report: _risks(report, "privilege"),
    "risk": _risks,
    "policy": lambda report: _policies(report, "mandatory"),
    "advice": lambda report: _policies(report, "mandatory", "advisory"),
    "error": lambda report: (
        sum(problem.severity == "error" for problem in report.problems)
        or int(report.outcome != "succeeded")
    ),
}
"""Condition -> how many there are. `policy` counts mandatory policies that failed, `advice` those
that say anything; `error` is at least 1 for a preview that failed or is torn off."""

_CONDITION: Final = re.compile(r"(?P<name>[a-z]+)\s*(?:>\s*(?P<limit>[0-9]{1,9}))?\Z")


_ENDS: Final[Mapping[str, str]] = {
    "failed": "a preview that failed",
    "incomplete": "a preview whose output is torn off",
    "empty": "a preview that said nothing",
}
"""How a preview ended that tells no condition as a whole; `error` is the condition on just that."""
_EVENTS: Final = "(the engine's events do)"


@dataclass(frozen=True)
class Condition:
    """Closes the gate from the first one above `limit` on."""

    name: str
    limit: int = 0

    def closed_by(self, report: Report) -> str:
        """Why the report does not pass, in words; empty where it does."""
        if unknown := report.counts.unknown:
            users = counted(unknown, "user")
            return f"{self.name}: what happens to {users} is an operation of a newer Pulumi"
        count = COUNTERS[self.name](report)
        if count > self.limit:
            return f"{self.name}: {count}" + (f", more than {self.limit}" if self.limit else "")
        unseen = _unseen(self.name, report, self.limit - count)
        return f"{self.name}: {unseen}" if unseen else ""


def _unseen(name: str, report: Report, left: int) -> str:
    """What the input does not tell that could close the gate; `left` is what may still pass."""
    if name in ("policy", "advice") and report.policies.status == "unknown":
        return f"the input carries no policy results {_EVENTS}"
    if name in ("drift", "gone", "privilege", "risk") and report.untold > left:
        untold = f"which {report.untold} resources changed outside"
        return f"the input does not tell {untold} {_EVENTS}"
    return closing_reason(report.unseen, name, left)


def conditions(text: str) -> tuple[Condition, ...]:
    """The conditions of `delete>5,replace,privilege,policy`.

    Raises:
        InvalidGate: with every condition that is none.
    """
    found, wrong = [], []
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = _CONDITION.fullmatch(part)
        if match is None or match["name"] not in COUNTERS:
            wrong.append(part)
        else:
            found.append(Condition(match["name"], int(match["limit"] or 0)))
    if wrong:
        known = ", ".join(COUNTERS)
        raise InvalidGate(
            f"{', '.join(wrong)}: no such condition. The conditions are {known}; "
            "`delete>5` lets five pass."
        )
    return tuple(found)


def closed(report: Report, gate: tuple[Condition, ...]) -> tuple[str, ...]:
    """Why the gate is closed, a line for each condition; nothing where it is open."""
    reasons = [reason for condition in gate if (reason := condition.closed_by(report))]
    if gate and all(condition.name != "error" for condition in gate) and report.outcome in _ENDS:
        reasons.append(f"{_ENDS[report.outcome]}: what it would do is not known as a whole")
    return tuple(reasons)
