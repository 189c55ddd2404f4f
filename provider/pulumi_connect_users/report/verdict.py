"""The verdict: what a reviewer must know, in words, in one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .report import Action, Clause, Counts, Policies, Risk

_WORDS: Final[dict[Action, tuple[str, bool]]] = {
    "unknown": ("with an operation that this version does not know", True),
    "delete": ("to delete", True),
    "replace": ("to replace", True),
    "gone": ("deleted outside Pulumi", True),
    "drift": ("changed outside Pulumi", True),
    "update": ("to update", False),
    "move": ("to move", False),
    "release": ("to release (kept in Connect)", False),
    "adopt": ("to take over", False),
    "create": ("to create", False),
    "import": ("to import", False),
}
"""Action -> how it is said after a number, and whether it alarms."""


def counted(count: int, noun: str, plural: str = "") -> str:
    """`1 user`, `2 users`, `1,204 users`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def verdict(
    *,
    outcome: str,
    counts: Counts,
    untold: int,
    rosters: int,
    hidden: int,
    statuses: int,
    others: int,
    policies: Policies,
    risks: int,
    errors: int,
) -> tuple[Clause, ...]:
    """The clauses in the order in which they matter.

    `untold` counts what a refresh found changed without telling which resource it is, `rosters`
    those changing rosters whose users cannot be seen, `hidden` users of other changing ones of whom
    nothing but the name can be seen.
    """
    return (
        *_ending(
            outcome, errors, planned=bool(others or rosters or hidden or statuses or _any(counts))
        ),
        *_users(counts, complete=outcome == "succeeded" and not (untold or rosters or hidden)),
        *_untold(untold),
        *_hidden(rosters, hidden),
        *_rest(statuses, others),
        *_policies(policies),
        *([Clause(text=counted(risks, "risk"), alarming=True)] if risks else []),
    )


def _any(counts: Counts) -> bool:
    return any(count_of(counts, action) for action in _WORDS)


def _ending(outcome: str, errors: int, *, planned: bool) -> Iterator[Clause]:
    part = "; this is not the whole" if planned else ""
    if outcome == "empty":
        yield Clause(text="the preview failed before it said anything", alarming=True)
    elif outcome == "failed":
        why = f" with {counted(errors, 'error')}" if errors else ""
        yield Clause(text=f"the preview failed{why}{part}", alarming=True)
    elif outcome == "incomplete":
        yield Clause(text=f"the preview's output is torn off{part}", alarming=True)


def _untold(count: int) -> Iterator[Clause]:
    if count:
        noun = counted(count, "resource")
        text = f"{noun} changed outside Pulumi; the input does not say which"
        yield Clause(text=text, alarming=True)


def _hidden(rosters: int, users: int) -> Iterator[Clause]:
    if rosters:
        noun = counted(rosters, "roster")
        yield Clause(text=f"who changes in {noun} cannot be seen", alarming=True)
    if users:
        change = counted(users, "user of a roster changes", "users of rosters change")
        yield Clause(text=f"whether {change} cannot be seen", alarming=True)


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
            said = "failed" if alarming else "warns" if count == 1 else "warn"
            yield Clause(text=f"{noun} {said}", alarming=alarming)
    if policies.status == "passed":
        yield Clause(text="all policies passed" if policies.ran > 1 else "the one policy passed")


def count_of(counts: Counts, action: Action) -> int:
    """The number of users that an action touches."""
    count: int = getattr(counts, "import_" if action == "import" else action)
    return count


def total_risks(changes: list[tuple[Risk, ...]], together: tuple[Risk, ...]) -> int:
    """All risks, of single users and of several together."""
    return sum(map(len, changes)) + len(together)
