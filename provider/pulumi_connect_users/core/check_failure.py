"""Failures and warnings of a check."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from ..model.attributes import program_path
from .unknowns import Path

Kind = Literal["enforced", "documented", "ours", "quota"]
"""The authority of a rule: enforced or only documented by AWS, this provider's own, a quota."""

_REFUSED: Final[dict[Kind, str]] = {
    "documented": "(AWS documents this; connect:strict refuses it.)",
    "ours": "(A rule of this provider, not of AWS.)",
}
_WARNED: Final[dict[Kind, str]] = {
    "documented": "(AWS documents this, but is not known to refuse it: a warning, once per run.)",
    "quota": "(A quota that AWS can raise: a warning, once per run.)",
}


@dataclass(frozen=True)
class Failure:
    """A refusal: path, cause and remedy, none of which holds the value itself."""

    path: Path
    cause: str
    remedy: str
    note: str = ""
    """The rule's authority in brackets, where AWS does not enforce it."""

    def __str__(self) -> str:
        where = program_path(self.path)
        text = " ".join(f"{self.cause}. {self.remedy} {self.note}".split())
        return f"{where}: {text}" if where else text


@dataclass(frozen=True)
class Finding:
    """The finding of one rule: a refusal or a warning, by the rule's kind."""

    rule: str
    kind: Kind
    found: Failure

    def refuses(self, *, strict: bool) -> bool:
        """Whether the value is refused; a quota never refuses, since AWS may have raised it."""
        return self.kind in ("enforced", "ours") or (strict and self.kind == "documented")

    @property
    def refusal(self) -> Failure:
        """The failure, with the rule's authority."""
        return replace(self.found, note=_REFUSED.get(self.kind, ""))

    @property
    def warning(self) -> str:
        """The text where nothing is refused."""
        return str(replace(self.found, note=_WARNED.get(self.kind, "")))


@dataclass(frozen=True)
class Remarks:
    """What a part of check reports: refusals, and warnings beside them."""

    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()

    def __add__(self, other: Remarks) -> Remarks:
        return Remarks(self.failures + other.failures, self.warnings + other.warnings)

    @classmethod
    def refusing(cls, *failures: Failure) -> Remarks:
        """Refusals alone."""
        return cls(failures=failures)

    @classmethod
    def warning(cls, *warnings: str) -> Remarks:
        """Warnings alone."""
        return cls(warnings=warnings)

    def refuses(self, wire: str) -> bool:
        """Whether an attribute of the top level is refused."""
        return any(failure.path[:1] == (wire,) for failure in self.failures)
