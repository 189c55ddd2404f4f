"""A roster file before validation: entries, and the lines that their values come from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ...core.properties import Properties
from ...core.safe_text import with_code_points
from ...core.unknowns import Path as PropertyPath
from .users import Level, Remark

Lines = Mapping[PropertyPath, str]
"""The place (`line 12`, `line 3, column email`) of each path; the empty path is the entry's own."""


@dataclass(frozen=True)
class Entry:
    """One user, one team, or the defaults."""

    subject: str
    """Its name in messages: `user mary.major`, `team west`, `defaults`."""
    content: Properties
    lines: Lines = field(default_factory=dict)

    def place(self, path: PropertyPath) -> str:
        """The place of the innermost known part of a path."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return "line 1"


@dataclass
class Document:
    """A whole file, and the mistakes in its form."""

    path: Path
    defaults: Entry | None = None
    teams: dict[str, Entry] = field(default_factory=dict)
    users: dict[str, Entry] = field(default_factory=dict)
    problems: list[Remark] = field(default_factory=list)
    notices: list[Remark] = field(default_factory=list)

    def problem(self, place: str, text: str) -> None:
        """Adds a mistake, `west.yaml, line 12: ...`."""
        self.problems.append(self._remark(place, text, "error"))

    def notice(self, place: str, text: str, level: Level = "notice") -> None:
        """Adds a line for who reads the file: what was guessed, or what was left out."""
        self.notices.append(self._remark(place, text, level))

    def _remark(self, place: str, text: str, level: Level) -> Remark:
        return Remark(self.path, with_code_points(place), with_code_points(text), level)

    def at(self, place: str) -> str:
        """A place with its file: `west.yaml, line 12`."""
        return f"{self.path.name}, {place}"
