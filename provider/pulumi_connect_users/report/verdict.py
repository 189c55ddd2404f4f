"""The verdict: what a reviewer must know, in one line."""

from collections.abc import Iterator
from typing import Final

from ..access.capabilities import BECOME_ADMIN
from ..core.messages import counted
from ..core.user_resources import USER_BATCH
from .report import Action, Clause, Counts, Policies, Report
from .resource_types import short_name

_WORDS: Final[dict[Action, tuple[str, bool]]] = {
    "unknown": ("with an unknown operation", True),
    "delete": ("to delete", True),
    "replace": ("to replace", True),
    "gone": ("deleted outside Pulumi", True),
    "drift": ("changed outside Pulumi", True),
    "suspend": ("to suspend (kept in Connect)", False),
    "update": ("to update", False),
    "move": ("to move", False),
    "release": ("to release (kept in Connect)", False),
    "adopt": ("to adopt", False),
    "reinstate": ("to reinstate", False),
    "create": ("to create", False),
    "import": ("to import", False),
}
"""Action -> the words after a number, and whether they alarm."""


_LEAVING: Final = ("delete", "gone", "release")
_ROSTER: Final = short_name(USER_BATCH)


def verdict(report: Report, hidden: int) -> tuple[Clause, ...]:
    """The most important clause first; `hidden` counts users seen by name only."""
    counts, rosters = report.counts, report.unseen.rosters
    # A status that only leaves the stack stays as it is in Connect.
    statuses = sum(c.kind == "status" and c.action not in _LEAVING for c in report.changes)
    others = sum(other.type != _ROSTER for other in report.other_changes)
    errors = sum(problem.severity == "error" for problem in report.problems)
    planned = any((others, rosters, hidden, statuses, _any(counts)))
    complete = report.outcome == "succeeded" and not any((report.untold, rosters, hidden))
    return (
        *_ending(report.outcome, errors, planned=planned),
        *_users(counts, complete=complete),
        *_untold(report.untold),
        *_hidden(rosters, hidden),
        *_rest(statuses, others),
        *_coverage(len(report.coverage.alarms)),
        *_admins(report.capabilities.gaining(BECOME_ADMIN)),
        *_policies(report.policies),
        *_risks(count_risks(report)),
    )


def _any(counts: Counts) -> bool:
    return any(count_of(counts, action) for action in _WORDS)


def _ending(outcome: str, errors: int, *, planned: bool) -> Iterator[Clause]:
    part = "; this report is partial" if planned else ""
    if outcome == "empty":
        yield Clause(text="the preview failed without output", alarming=True)
    elif outcome == "failed":
        why = f" with {counted(errors, 'error')}" if errors else ""
        yield Clause(text=f"the preview failed{why}{part}", alarming=True)
    elif outcome == "incomplete":
        yield Clause(text=f"the preview's output is truncated{part}", alarming=True)


def _risks(count: int) -> Iterator[Clause]:
    if count:
        yield Clause(text=counted(count, "risk"), alarming=True)


def _coverage(count: int) -> Iterator[Clause]:
    if count:
        noun = counted(count, "queue or proficiency falls", "queues or proficiencies fall")
        yield Clause(text=f"{noun} too far", alarming=True)


def _admins(count: int) -> Iterator[Clause]:
    if count:
        yield Clause(text=f"{counted(count, 'user')} can newly become Admin", alarming=True)


def _untold(count: int) -> Iterator[Clause]:
    if count:
        noun = counted(count, "resource")
        text = f"{noun} changed outside Pulumi; the input does not say which"
        yield Clause(text=text, alarming=True)


def _hidden(rosters: int, users: int) -> Iterator[Clause]:
    if rosters:
        noun = counted(rosters, "roster")
        yield Clause(text=f"changes in {noun} cannot be seen", alarming=True)
    if users:
        noun = counted(users, "roster user")
        yield Clause(text=f"changes of {noun} cannot be seen", alarming=True)


def _users(counts: Counts, *, complete: bool) -> Iterator[Clause]:
    first = True
    for action, (words, alarming) in _WORDS.items():
        count = count_of(counts, action)
        if count:
            number = counted(count, "user") if first else f"{count:,}"
            yield Clause(text=f"{number} {words}", alarming=alarming)
            first = False
    if first and complete:
        yield Clause(text="no user changes")


def _rest(statuses: int, others: int) -> Iterator[Clause]:
    if statuses:
        yield Clause(text=counted(statuses, "status", "statuses") + " to set")
    if others:
        verb = "changes" if others == 1 else "change"
        yield Clause(text=f"{counted(others, 'other resource')} {verb}")


def _policies(policies: Policies) -> Iterator[Clause]:
    for level, alarming in (("mandatory", True), ("advisory", False)):
        count = sum(result.level == level for result in policies.results)
        if count:
            noun = counted(count, f"{level} policy", f"{level} policies")
            verb = "failed" if alarming else "warns" if count == 1 else "warn"
            yield Clause(text=f"{noun} {verb}", alarming=alarming)
    if policies.status == "passed":
        yield Clause(text="all policies passed" if policies.ran > 1 else "the only policy passed")


def count_of(counts: Counts, action: Action) -> int:
    """The number of users that an action touches."""
    count: int = getattr(counts, "import_" if action == "import" else action)
    return count


def count_risks(report: Report, *kinds: str) -> int:
    """The risks of these kinds, or all, of single users and of several together."""
    risks = [*report.risks, *(risk for change in report.changes for risk in change.risks)]
    return sum(not kinds or risk.kind in kinds for risk in risks)
