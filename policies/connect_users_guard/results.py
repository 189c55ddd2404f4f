"""What a rule finds in a subject: violations, or why it is not applicable."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from .absent import UNKNOWN, Absent
from .subject import Subject


@dataclass(frozen=True)
class Violation:
    """One violation. The text has no value of a property but names, ids, lengths and counts."""

    text: str
    subject: Subject


class Gap(Enum):
    """Why a rule could not evaluate what it applies to, as `connect-user-evaluated` says it."""

    MODE = "how the instance manages identities is not known"
    NAMES = "the names of security profiles are not known"
    CAPABILITIES = "the capabilities of users are not known (they could not be read)"
    UNKNOWN = "a value is not known yet, or hidden in an export"


@dataclass(frozen=True)
class NotApplicable:
    """Why a rule is not applicable; never a silent pass."""

    reason: str
    gap: Gap | None = None
    """Set where the rule applies, but cannot tell."""


Results: TypeAlias = Iterable[Violation | NotApplicable]


def unknown(what: str) -> NotApplicable:
    """For a value that is not known at this point."""
    text = f"{what} is not known yet (decided during up, or hidden in an export)"
    return NotApplicable(text, Gap.UNKNOWN)


def left_to_others(what: str) -> NotApplicable:
    """For what a part of a user does not declare."""
    return NotApplicable(f"{what} is left to others: only a part of the user is declared")


def absent(value: Absent, what: str) -> NotApplicable:
    """For a value of a user that is not known yet, or not set."""
    return unknown(what) if value is UNKNOWN else NotApplicable(f"the user has no {what}")


Gaps: TypeAlias = Mapping[tuple[Gap, str], int]
"""What one rule could not evaluate: the number of subjects, by gap and kind of subject."""


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """The results of one rule, after waivers."""

    violations: tuple[Violation, ...] = ()
    reasons: tuple[str, ...] = ()
    """Why a subject was not evaluated, or is waived; without repetitions."""
    gaps: Gaps = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        """`fail`, `not applicable` or `pass`."""
        if self.violations:
            return "fail"
        return "not applicable" if self.reasons else "pass"
