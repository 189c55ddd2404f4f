"""What an import changes, for people and for programs: usernames in full, no personal data."""

from collections.abc import Iterator, Mapping
from typing import Final

from ..core.privacy import display_name
from ..core.properties import Value, members, texts
from .changes import Changes, PathInUser
from .wanted import IDENTITY

_PERSONAL: Final = frozenset({IDENTITY})


def lines_of(changes: Changes) -> Iterator[str]:
    """One line for each user."""
    for name, joiner in changes.joiners.items():
        yield f"joins   {display_name(name)}: team {joiner.team}"
    for name, edits in changes.movers.items():
        shown = (
            f"{where} to {_shown(value)}" if value is not None else f"{where} removed"
            for where, value in _edits(edits)
        )
        yield f"moves   {display_name(name)}: {'; '.join(shown)}"
    for name, reason in changes.leavers.items():
        yield f"leaves  {display_name(name)}: {reason}"


def document_of(roster: str, changes: Changes, *, written: bool) -> dict[str, Value]:
    """The same as one structure."""
    return {
        "version": 1,
        "roster": roster,
        "written": written,
        "managed": changes.managed,
        "joiners": [{"username": n, "team": user.team} for n, user in changes.joiners.items()],
        "movers": [
            {"username": name, "changes": dict(_edits(edits))}
            for name, edits in changes.movers.items()
        ],
        "leavers": [{"username": n, "reason": why} for n, why in changes.leavers.items()],
        "leftAlone": [{"username": n, "reason": why} for n, why in changes.left_alone.items()],
    }


def _edits(edits: Mapping[PathInUser, Value]) -> Iterator[tuple[str, Value]]:
    """Attributes and their new values; of personal data the attributes only."""
    for path, value in edits.items():
        if path[0] not in _PERSONAL:
            yield ".".join(path), value
        elif len(path) > 1:
            yield ".".join(path), "..."
        else:
            yield from ((f"{path[0]}.{member}", "...") for member in members(value))


def _shown(value: Value) -> str:
    return ", ".join(texts(value)) if isinstance(value, list) else str(value)
