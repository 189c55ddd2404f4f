"""One thing that is wrong with a desired state, or worth a warning."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..model.attributes import program_path
from .bag import Path


@dataclass(frozen=True)
class Failure:
    """A refusal: where, why, and what to do. None of the three ever holds the value itself."""

    path: Path
    cause: str
    remedy: str
    mild: str | None = None
    """The remedy where this only warns, and the way out of a refusal leads nowhere."""

    def as_warning(self) -> str:
        """The text where nothing is refused."""
        return str(self if self.mild is None else replace(self, remedy=self.mild))

    def __str__(self) -> str:
        where = program_path(self.path)
        text = f"{self.cause}. {self.remedy}".rstrip()
        return f"{where}: {text}" if where else text


@dataclass(frozen=True)
class Finding:
    """What one rule says: a refusal, or (where only the documentation speaks) a warning."""

    failure: Failure
    documentation_only: bool = False
