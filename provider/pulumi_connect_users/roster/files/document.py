"""A roster file before validation: entries, and the lines that their values come from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ...core.properties import Properties
from ...core.safe_text import with_code_points
from ...core.unknowns import Path as PropertyPath
from .users import Notice

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
    problems: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def problem(self, place: str, text: str) -> None:
        """Adds one line, `west.yaml, line 12: ...`."""
        self.problems.append(with_code_points(f"{self.at(place)}: {text}"))

    def notice(self, place: str, text: str, *, is_warning: bool = False) -> None:
        """Adds a line for who reads the file: what was guessed, or what was left out."""
        line = with_code_points(f"{self.at(place)}: {text}")
        self.notices.append(Notice(line, is_warning))

    def at(self, place: str) -> str:
        """A place with its file: `west.yaml, line 12`."""
        return f"{self.path.name}, {place}"
