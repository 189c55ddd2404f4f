"""What a rule says about a subject: violations, or why it cannot tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from .subject import Subject


@dataclass(frozen=True)
class Violation:
    """One violation. The text has no value of a property but names, ids, lengths and counts."""

    text: str
    subject: Subject


@dataclass(frozen=True)
class Unjudged:
    """Why a rule cannot tell; never a silent pass."""

    reason: str


Findings: TypeAlias = Iterable[Violation | Unjudged]


def unknown(what: str) -> Unjudged:
    """For a value that is not known at this point."""
    return Unjudged(f"{what} is not known yet (decided during up, or hidden in an export)")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """All that one rule found, after waivers."""

    violations: tuple[Violation, ...] = ()
    reasons: tuple[str, ...] = ()
    """Why something was not judged, or is waived; without repetitions."""

    @property
    def outcome(self) -> str:
        """`fail`, `not applicable` or `pass`."""
        if self.violations:
            return "fail"
        return "not applicable" if self.reasons else "pass"
