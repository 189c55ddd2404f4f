"""A roster file before validation: entries, and the places that their values come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ...core.privacy import shorten
from ...core.properties import Properties
from ...core.safe_text import with_code_points
from ...core.unknowns import Path as PropertyPath
from .users import TEAM, Level, Place, Remark

if TYPE_CHECKING:
    from .limits import Limits

Places = Mapping[PropertyPath, Place]
"""The place of each path; the empty path is the entry's own."""
WHOLE_FILE: Final = Place()
_NAMED: Final = 3


@dataclass(frozen=True)
class Entry:
    """One user, one team, the defaults, or a `may`."""

    subject: str
    """Its name in messages: `user mary.major`, `team west`, `defaults`."""
    content: Properties
    places: Places = field(default_factory=dict)

    def place(self, path: PropertyPath) -> Place:
        """The place of the innermost known part of a path."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
        return Place(1)


@dataclass
class Document:
    """A whole file, and the mistakes in it."""

    path: Path
    label: str
    """Its name in messages: `west.yaml`, or `teams/west.yaml` in a folder."""
    defaults: Entry | None = None
    teams: dict[str, Entry] = field(default_factory=dict)
    users: dict[str, Entry] = field(default_factory=dict)
    may: Entry | None = None
    limits: list[Limits] = field(default_factory=list)
    """Its own, and those of the folders that it is in."""
    whole_users: dict[str, Properties] = field(default_factory=dict)
    """The users over defaults and teams, in wire names."""
    problems: list[Remark] = field(default_factory=list)
    notices: list[Remark] = field(default_factory=list)

    def problem(self, place: Place, text: str) -> None:
        """Adds a mistake, `west.yaml, line 12: ...`."""
        self.problems.append(self._remark(place, text, "error"))

    def problems_of(self, mistakes: Iterable[tuple[Place, str, str]]) -> None:
        """Adds mistakes by place, subject and reason; those of one place and reason as one."""
        subjects: dict[tuple[Place, str], list[str]] = {}
        for place, subject, reason in mistakes:
            subjects.setdefault((place, reason), []).append(subject)
        for (place, reason), names in subjects.items():
            self.problem(place, f"{shorten(names, _NAMED)}: {reason}")

    def notice(self, place: Place, text: str, level: Level = "notice") -> None:
        """Adds a line for who reads the file: what was guessed, or what was left out."""
        self.notices.append(self._remark(place, text, level))

    def _remark(self, place: Place, text: str, level: Level) -> Remark:
        place = place._replace(name=with_code_points(place.name))
        return Remark(self.path, place, with_code_points(text), level, self.label)

    def place_of(self, username: str, path: PropertyPath) -> Place:
        """The place of the nearest entry that sets a wire path of a user."""
        from .entry import as_written

        own, written = self.users[username], as_written(path)
        if len(written) == 1 and any(len(p) > 1 and p[:1] == written for p in own.places):
            # A whole structure: the failure does not say which member, or whose default.
            return own.place(())
        shared = (self.teams.get(str(own.content.get(TEAM))), self.defaults)
        entries = [own, *(entry for entry in shared if entry is not None)]
        source = next((entry for entry in entries if entry.places.get(written[:1])), own)
        return source.place(written)

    def at(self, place: Place) -> str:
        """A place with its file: `west.yaml, line 12`."""
        return ", ".join(filter(None, (self.label, str(place))))
