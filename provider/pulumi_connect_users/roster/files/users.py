"""A roster's users, with shared values under each user's own."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeVar, cast

from ...core.properties import Properties
from ...core.unknowns import Path as PropertyPath
from ...model.references import OF_USER

TEAM: Final = "team"
T = TypeVar("T")


def no_place(username: str, path: PropertyPath = ()) -> None:
    """The place of users that a program declares itself."""


Level = Literal["error", "warning", "notice"]
"""A mistake; what was left out, or may be a mistake; what was guessed."""


class Place(NamedTuple):
    """A place in a file."""

    line: int = 0
    """0 for the whole file, and for what is not in it."""
    column: int | None = None
    """From 1; None in CSV, where `name` says which."""
    name: str = ""
    """`column email`, or `in the program`."""

    def __str__(self) -> str:
        line = f"line {self.line}" if self.line else ""
        return ", ".join(filter(None, (line, self.name)))


class Remark(NamedTuple):
    """What is said about a place in a file."""

    file: Path
    place: Place
    text: str
    level: Level = "error"
    label: str = ""
    """The file's name in messages: `west.yaml`, or `teams/west.yaml` in a folder."""

    @property
    def line(self) -> int:
        """The line's number; 1 for a whole file."""
        return self.place.line or 1

    def __str__(self) -> str:
        at = ", ".join(filter(None, (self.label or self.file.name, str(self.place))))
        return f"{at}: {self.text}"


class RosterUsers(Mapping[str, Properties]):
    """Users by username, each as a map of wire members (`identityInfo`, ...)."""

    def __init__(
        self,
        users: Mapping[str, Properties],
        place: Callable[[str, PropertyPath], str | None] = no_place,
        notices: Iterable[Remark] = (),
    ) -> None:
        self._users = dict(users)
        self._place = place
        self._notices = list(notices)

    def take_notices(self) -> list[Remark]:
        """What is to be said about the file, once: the second call returns nothing."""
        notices, self._notices = self._notices, []
        return notices

    def place(self, username: str, path: PropertyPath = ()) -> str | None:
        """The place of a user, or of a wire path in it: `west.csv, line 3`."""
        return self._place(username, path)

    def __getitem__(self, username: str) -> Properties:
        """One user."""
        return self._users[username]

    def __iter__(self) -> Iterator[str]:
        """The usernames, in the order of the file."""
        return iter(self._users)

    def __len__(self) -> int:
        """The number of users."""
        return len(self._users)


def layered(*layers: Mapping[str, T]) -> dict[str, T]:
    """Merges layers, structures and tags member by member; the later of a name and an id counts."""
    user: dict[str, T] = {}
    for layer in layers:
        for reference in OF_USER:
            if reference.name in layer or reference.id in layer:
                user.pop(reference.name, None)
                user.pop(reference.id, None)
        for key, value in layer.items():
            below = user.get(key)
            if isinstance(below, Mapping) and isinstance(value, Mapping):
                # A structure's members have the types of its own layer's.
                user[key] = cast("T", {**below, **value})
            else:
                user[key] = value
    return user
