"""What an input hides from a reviewer, and what of it could be what a gate is to stop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from .input import Preview, Step
from .report import ACTIONS, Action, BlindSpots
from .resource_types import declared_name
from .risks import Context
from .user_change import UserChange
from .user_changes import HIDDEN, is_opaque
from .verdict import counted

_SAME: Final = ("same", "refresh", "read")
_GETTING: Final[tuple[Action, ...]] = ("adopt", "create")
_LOSING: Final[tuple[Action, ...]] = ("delete", "release")
_ANY: Final[tuple[Action, ...]] = ("replace", "update", *_GETTING, *_LOSING)
_POSSIBLE: Final[Mapping[str, tuple[Action, ...]]] = {
    "create": _GETTING,
    "delete": _LOSING,
    "import": ("import",),
}
_HELD: Final[tuple[Action, ...]] = ("replace", "update")


def blind_spots_of(preview: Preview, changes: Sequence[UserChange], context: Context) -> BlindSpots:
    """What the input hides: whole rosters, users of them, and names of security profiles."""
    batches = [s for s in preview.steps if is_opaque(s) and s.op not in _SAME]
    users = _hidden_users(preview, changes)
    possible = {action for step in batches for action in _possible(step)}
    if any(user.old is not None and user.new is not None for user in users):
        possible |= {*_HELD}
    return BlindSpots(
        rosters=len({declared_name(step.type, step.urn) for step in batches}),
        users=len(users),
        actions=tuple(action for action in ACTIONS if action in possible),
        refresh=preview.hides_refresh,
        profiles=sum(context.gets_unnamed(s) for s in changes if s.kind == "user"),
    )


def possibly_changed(preview: Preview, changes: Sequence[UserChange]) -> int:
    """How many users look as if they stay as they are only because they cannot be seen."""
    return sum(user.op == "same" for user in _hidden_users(preview, changes))


def _hidden_users(preview: Preview, changes: Sequence[UserChange]) -> list[UserChange]:
    changing = {s.urn for s in preview.steps if s.op not in _SAME}
    return [s for s in changes if s.urn in changing and (_hidden(s.old) or _hidden(s.new))]


def _possible(step: Step) -> tuple[Action, ...]:
    """What could happen to the users of a batch."""
    if step.drift:
        return ("gone",) if step.op == "delete" else ("gone", "drift")
    if step.op == "delete" and step.old is not None and step.old.retain:
        return ("release",)
    return _POSSIBLE.get(step.op, _ANY)


def _hidden(wire: Mapping[str, object] | None) -> bool:
    return wire is not None and HIDDEN in wire


def notes_of(unseen: BlindSpots) -> Iterator[str]:
    """What a reader must know of it."""
    if unseen.rosters:
        rosters = counted(unseen.rosters, "changing roster")
        yield (
            f"The users of {rosters} are secret, or not known yet, as a whole: who of them changes "
            "cannot be seen."
        )
    if unseen.users:
        users = counted(unseen.users, "user of a roster is", "users of rosters are")
        yield f"{users} secret, or not known yet, as a whole: what changes of them cannot be seen."
    if unseen.refresh:
        yield (
            "The digest of a preview with --refresh does not tell what has changed outside Pulumi. "
            "The engine's events do."
        )
    if unseen.profiles:
        users = counted(unseen.profiles, "user gets", "users get")
        yield (
            f"{users} security profiles whose names the input does not hold: whether these are "
            "privileged is not known here. `--privileged` takes ids, too."
        )


def closing_reason(unseen: BlindSpots, condition: str, left: int) -> str:
    """Why a condition cannot be said to hold; `left` is what may still pass."""
    if unseen.refresh and condition in ("drift", "gone"):
        return "the input does not tell what its refresh found (the engine's events do)"
    risky = condition in ("privilege", "risk")
    if condition in unseen.actions or (risky and {*unseen.actions} - {*_LOSING, "gone"}):
        return "users of rosters are secret, or not known yet, as a whole"
    if risky and unseen.users:
        return "users of rosters are secret, or not known yet, as a whole"
    if risky and unseen.profiles > left:
        users = counted(unseen.profiles, "user gets", "users get")
        return (
            f"{users} security profiles that the input does not name; "
            "tell --privileged the ids of those that are"
        )
    return ""
