"""The gate of --fail-on: conditions under which a person must decide."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from ..access.capabilities import TEXTS
from ..core.messages import counted
from ..users.allowance import FLOOR, Share
from .blind_spots import ADMINS, CAN, closing_reason
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

CAPABILITIES: Final[Mapping[str, str]] = {f"{CAN}{name}": name for name in TEXTS}
"""Condition -> the capability that users gain."""
_SHARED: Final = frozenset({*ACTIONS[1:], "change", *CAPABILITIES})
"""Conditions that count users: they take a share of the stack's."""
_WHOLE: Final = 100.0
"""Percent."""

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
    """Closes the gate as soon as there are more than `limit`; `admins` if fewer are left."""

    name: str
    limit: int = 0
    share: Share | None = None
    """Of the users that the stack manages; instead of a limit."""

    def closed_by(self, report: Report) -> str:
        """Why the report does not pass, in words; empty where it does."""
        if unknown := _unknown(report):
            return f"{self.name}: {unknown} with an operation of a newer Pulumi"
        reason = self._too_few(report) if self.name == ADMINS else self._too_many(report)
        return f"{self.name}: {reason}" if reason else ""

    def _too_many(self, report: Report) -> str:
        limit, share = self.limit, ""
        if self.share is not None:
            if report.managed is None:
                return f"the input does not show how many users the stack manages {_EVENTS}"
            limit = self.share.of(report.managed)
            share = f" ({self.share} of {counted(report.managed, 'user')}, at least {FLOOR})"
        count = _count(self.name, report)
        if count > limit:
            return str(count) + (f", more than {limit}{share}" if limit else "")
        return _unseen(self.name, report, limit - count)

    def _too_few(self, report: Report) -> str:
        found = report.capabilities
        if found.may_lose_admin:
            users = counted(found.may_lose_admin, "user")
            return f"{users} may lose Admin; `--instance ARN` counts who is left"
        if reason := found.unjudged or closing_reason(report.unseen, ADMINS, 0):
            return reason
        admins = found.admins
        if admins is None or admins.after >= min(self.limit, admins.before):
            return ""
        return f"{admins.after} left of {admins.before}, fewer than {self.limit}"


def _count(name: str, report: Report) -> int:
    if name in CAPABILITIES:
        return report.capabilities.gaining(CAPABILITIES[name])
    return COUNTERS[name](report)


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
    if name in CAPABILITIES and (reason := _doubt(CAPABILITIES[name], report, left)):
        return reason
    return closing_reason(report.unseen, name, left)


def _doubt(capability: str, report: Report, left: int) -> str:
    """Why it is not known how many gain a capability."""
    found = report.capabilities
    if found.unjudged:
        return found.unjudged
    if (doubtful := found.in_doubt(capability)) > left:
        users = counted(doubtful, "user")
        return f"{users} may gain it, but not all permissions are known: see the report's notes"
    return ""


_CONDITION: Final = re.compile(
    r"(?P<name>[a-z]+(?::[a-z-]+)?)"
    r"\s*(?:(?P<sign>[<>])\s*(?P<limit>[0-9]{1,9}(?:\.[0-9]{1,6})?)\s*(?P<percent>%)?)?\Z"
)


def conditions(text: str) -> tuple[Condition, ...]:
    """The conditions of `delete>5%,replace,can:become-admin,admins<2`.

    Raises:
        InvalidGate: with every unknown condition.
    """
    valid, unknown = [], []
    for part in filter(None, (part.strip() for part in text.split(","))):
        condition = _condition(part)
        if condition is None:
            unknown.append(part)
        else:
            valid.append(condition)
    if unknown:
        known = ", ".join((*COUNTERS, f"{ADMINS}<N", f"{CAN}CAPABILITY"))
        asked = any(part.startswith(CAN) for part in unknown)
        raise InvalidGate(
            f"unknown condition: {', '.join(unknown)}. Known: {known}; `delete>5` allows five, "
            "`delete>5%` a share of the stack's users."
            + (f" Capabilities: {', '.join(TEXTS)}." if asked else "")
        )
    return tuple(valid)


def _condition(part: str) -> Condition | None:
    match = _CONDITION.fullmatch(part)
    if match is None:
        return None
    name, limit, percent = match["name"], match["limit"] or "0", match["percent"]
    if (name == ADMINS) != (match["sign"] == "<") or not (percent or limit.isdigit()):
        return None
    if percent:
        is_share = name in _SHARED and float(limit) <= _WHOLE
        return Condition(name, share=Share(float(limit))) if is_share else None
    return Condition(name, int(limit)) if name in {*COUNTERS, *CAPABILITIES, ADMINS} else None


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
