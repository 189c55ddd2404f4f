"""A roster before it is judged: entries with the places where they stand in their file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Where = Mapping[tuple[str | int, ...], str]
"""The place (`line 12`, `line 3, column email`) of each path; the empty path is the entry's own."""


@dataclass(frozen=True)
class Entry:
    """What a file says of one user or team, or of all."""

    subject: str
    """How messages name it: `user mary.major`, `team west`, `defaults`."""
    content: Mapping[str, Any]
    where: Where = field(default_factory=dict)

    def place(self, path: tuple[str | int, ...]) -> str:
        """Where the innermost known part of a path stands."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.where:
                return self.where[path[:end]]
        return "line 1"


@dataclass
class Document:
    """A whole file, and what is wrong with its form."""

    path: Path
    defaults: Entry | None = None
    teams: dict[str, Entry] = field(default_factory=dict)
    users: dict[str, Entry] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def problem(self, place: str, text: str) -> None:
        """Adds one line, `west.yaml, line 12: ...`."""
        self.problems.append(f"{self.at(place)}: {text}")

    def at(self, place: str) -> str:
        """A place with its file: `west.yaml, line 12`."""
        return f"{self.path.name}, {place}"
