"""What the input hides from a reviewer: whole rosters, single users, drift, names of profiles."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ..core.messages import counted
from .input.preview import Preview, Step
from .report import ACTIONS, Action, BlindSpots
from .resource_types import declared_name
from .risks import Context
from .user_changes import OPS, UserChange, is_opaque, may_differ

CAN: Final = "can:"
ADMINS: Final = "admins"
"""Names of conditions; the first one ends with a capability."""
_SAME: Final = ("same", "refresh", "read")
_GETTING: Final[tuple[Action, ...]] = ("adopt", "create", "reinstate")
_LOSING: Final[tuple[Action, ...]] = ("delete", "release", "suspend")
_HARMLESS: Final[tuple[Action, ...]] = ("create", "import", "release", "gone", "drift")
"""Actions that take no agent from a queue that has one."""
_OUTSIDE: Final[tuple[Action, ...]] = ("import", "release", "gone", "drift")
"""Actions that change nothing in Connect."""
_ANY: Final[tuple[Action, ...]] = ("replace", "update", *_GETTING, *_LOSING)
_POSSIBLE: Final[Mapping[str, tuple[Action, ...]]] = {
    "create": _GETTING,
    "delete": _LOSING,
    "import": ("import",),
}
_HELD: Final[tuple[Action, ...]] = ("replace", "update")
_OPAQUE_USERS: Final = "users of rosters are secret or not yet known as a whole"


def blind_spots_of(preview: Preview, changes: Sequence[UserChange], context: Context) -> BlindSpots:
    """What the input hides: rosters, users of rosters, drift, and names of security profiles."""
    batches = [s for s in preview.steps if is_opaque(s) and s.op not in _SAME]
    users = _hidden_users(preview, changes)
    return BlindSpots(
        rosters=len({declared_name(step.type, step.urn) for step in batches}),
        users=len(users),
        actions=_possible_actions(batches, users),
        refresh=preview.hides_refresh,
        profiles=sum(context.gets_unnamed(s) for s in changes if s.kind == "user"),
    )


def _possible_actions(batches: list[Step], users: list[UserChange]) -> tuple[Action, ...]:
    possible = {action for step in batches for action in _possible(step)}
    for user in users:
        possible |= {*(_GETTING if user.old is None else _LOSING if user.new is None else _HELD)}
    return tuple(action for action in ACTIONS if action in possible)


def possibly_changed(preview: Preview, changes: Sequence[UserChange]) -> int:
    """How many users seem unchanged only because the input hides them."""
    return sum(user.op == "same" for user in _hidden_users(preview, changes))


def _hidden_users(preview: Preview, changes: Sequence[UserChange]) -> list[UserChange]:
    changing = {s.urn for s in preview.steps if s.op not in _SAME}
    return [s for s in changes if s.urn in changing and may_differ(s)]


def _possible(step: Step) -> tuple[Action, ...]:
    """What could happen to the users of a batch."""
    if step.drift:
        return ("gone",) if step.op == "delete" else ("gone", "drift")
    if step.op == "delete" and step.old is not None and step.old.retain:
        return ("release",)
    return _POSSIBLE.get(step.op, _ANY if step.op in OPS else ("unknown", *_ANY))


def unnamed_drift(preview: Preview) -> int:
    """How many changes a refresh has counted without naming the resource."""
    named = sum(step.drift for step in preview.steps)
    total = sum(count for op, count in preview.counts.items() if op != "same")
    return max(0, total - named) if preview.refresh else 0


def notes_of(preview: Preview, unseen: BlindSpots) -> Iterator[str]:
    """What the input does not show, as notes for a reader."""
    if preview.policies is None and preview.outcome != "empty":
        yield ("The digest of a preview carries no policy results; the engine's events do.")
    if unnamed_drift(preview):
        yield (
            "The digest of a refresh counts what changed outside Pulumi, but names neither the "
            "resources nor the changes. The engine's events do."
        )
    if unseen.rosters:
        rosters = counted(unseen.rosters, "changing roster")
        yield (
            f"The users of {rosters} are secret or unknown: the report cannot show their changes."
        )
    if unseen.users:
        users = counted(unseen.users, "user of a roster is", "users of rosters are")
        yield f"{users} secret or not yet known as a whole: the report cannot show what changes."
    if unseen.refresh:
        yield (
            "A digest with --refresh does not show changes outside Pulumi; the engine's events do."
        )
    if unseen.profiles:
        users = counted(unseen.profiles, "user gets", "users get")
        yield (f"{users} security profiles that the input does not name; `--privileged` takes ids.")


def closing_reason(unseen: BlindSpots, condition: str, left: int) -> str:
    """Why a blind spot closes the gate on a condition; `left` is what may still pass."""
    if unseen.refresh and condition in ("drift", "gone"):
        return "the input does not show what its refresh found (the engine's events do)"
    risky = condition in ("privilege", "risk")
    taken = condition == "coverage" and {*unseen.actions} - {*_HARMLESS}
    if condition in unseen.actions or taken or (risky and {*unseen.actions} - {*_LOSING, "gone"}):
        return _OPAQUE_USERS
    if condition.startswith(CAN) and {*unseen.actions} - {*_LOSING, "gone"}:
        return _OPAQUE_USERS
    if condition == ADMINS and {*unseen.actions} - {*_GETTING, *_OUTSIDE}:
        return _OPAQUE_USERS
    if risky and unseen.profiles > left:
        users = counted(unseen.profiles, "user gets", "users get")
        return f"{users} security profiles without names in the input; --privileged takes ids"
    return ""
