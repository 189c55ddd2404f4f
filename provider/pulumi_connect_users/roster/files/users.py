"""The users of a roster: what colleagues share, laid under what is each one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from ...core.unknowns import Path

TEAM: Final = "team"
_SAME_THING: Final = (
    ("routingProfile", "routingProfileId"),
    ("securityProfiles", "securityProfileIds"),
    ("hierarchyGroup", "hierarchyGroupId"),
)
"""Two ways to say one thing: the nearer one counts."""


class RosterUsers(Mapping[str, Mapping[str, Any]]):
    """Users by username, each as a map of wire members (`identityInfo`, ...)."""

    def __init__(
        self,
        users: Mapping[str, Mapping[str, Any]],
        place: Callable[[str, Path], str | None] = lambda username, path: None,
    ) -> None:
        self._users = dict(users)
        self._place = place

    def place(self, username: str, path: Path = ()) -> str | None:
        """Where a user, or what is at a wire path of it, stands: `west.csv, line 3`."""
        return self._place(username, path)

    def __getitem__(self, username: str) -> Mapping[str, Any]:
        """One user."""
        return self._users[username]

    def __iter__(self) -> Iterator[str]:
        """The usernames, in the order of the file."""
        return iter(self._users)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._users)


def layered(*layers: Mapping[str, Any]) -> dict[str, Any]:
    """The layers on top of each other, the last one uppermost.

    Members of structures and tags are laid over each other one by one, lists are taken whole.
    """
    user: dict[str, Any] = {}
    for layer in layers:
        for by_name, by_id in _SAME_THING:
            if by_name in layer or by_id in layer:
                user.pop(by_name, None)
                user.pop(by_id, None)
        for key, value in layer.items():
            below = user.get(key)
            if isinstance(below, Mapping) and isinstance(value, Mapping):
                user[key] = {**below, **value}
            else:
                user[key] = value
    return user
