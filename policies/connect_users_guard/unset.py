"""Attributes that must not be set: how rules find them, and take them away."""

from collections.abc import Callable

from .absent import MISSING, UNKNOWN
from .edit import REMOVE, Edit, Edits
from .results import Results, Violation, unknown
from .settings import Settings
from .subject import UserView


def _set(user: UserView, paths: tuple[str, ...]) -> list[str]:
    """The paths that are set, if only to what is not known yet; not those in a hidden structure."""
    hidden = user.get("identityInfo") is UNKNOWN
    return [p for p in paths if user.get(p) is not MISSING and not (hidden and "." in p)]


def unset(*paths: str, remedy: str) -> Callable[[UserView, Settings], Results]:
    """Evaluates that none of the paths is set; `remedy` follows `... is set`."""

    def evaluate(user: UserView, _settings: Settings) -> Results:
        if user.get("identityInfo") is UNKNOWN and any("." in path for path in paths):
            yield unknown("identityInfo")
        for path in _set(user, paths):
            yield Violation(f"{path} is set{remedy}", user)

    return evaluate


def removal(*paths: str) -> Callable[[UserView, Settings], Edits]:
    """Takes the paths away."""

    def fix(user: UserView, _settings: Settings) -> Edits:
        for path in _set(user, paths):
            yield Edit(tuple(path.split(".")), REMOVE)

    return fix
