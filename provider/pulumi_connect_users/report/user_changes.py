"""What steps do to users: one change for each user (or status), those of a roster too."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from ..core.user_resources import (
    PART,
    ROSTERS,
    SINGLE_USERS,
    STATUSES,
    USER,
    wire_name,
)
from ..model.attributes import top_level
from ..model.facts import Role
from .input.preview import State, Step
from .input.property_values import Properties, entries
from .resource_types import declared_name, wire_of
from .roster_users import HIDDEN, as_visible, naming_key, roster_users

Kind = Literal["user", "status"]
Op = Literal[
    "create",
    "update",
    "replace",
    "delete",
    "release",
    "move",
    "drift",
    "gone",
    "import",
    "same",
    "unknown",
]
"""release: forgotten by this stack and kept in Connect; move: from one resource to another, the
same user; drift: changed outside; gone: deleted outside; import: Pulumi's own import;
unknown: an operation of a newer engine."""

Wire: TypeAlias = Properties
"""A user's inputs under the names of `model.user`, whatever the resource's type calls them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserChange:
    """What one step does to one user."""

    kind: Kind
    op: Op
    urn: str
    type: str
    name: str
    """The resource's name, or (in a roster) the username."""
    roster: str = ""
    """The name of the roster that it is in."""
    moved_from: str = ""
    """Of a move: the resource that had it."""
    renamed_from: str = ""
    """Of a rename: the username that it had."""
    old: Wire | None = None
    new: Wire | None = None
    reasons: tuple[str, ...] = ()
    """Wire names that make it a replacement, or a change."""
    deletes_first: bool | None = None
    kept: bool = False
    """Whether Pulumi replaces the resource, and the user stays the one that it is."""
    protected: bool = False
    """Whether the state forbids the deletion."""
    suspends: bool = False
    """Whether the user that is deleted or replaced is suspended instead."""

    @property
    def place(self) -> str:
        """The resource that declares it, as a reader calls it."""
        return f"roster {self.roster}" if self.roster else f"resource {self.name}"

    @property
    def username(self) -> str:
        """The username that it has, or will have (its label where it is hidden), or empty."""
        for wire in (self.new, self.old):
            for key in ("label", "username"):
                if wire is not None and isinstance(wire.get(key), str):
                    return str(wire[key])
        return ""


OPS: Final[Mapping[str, Op]] = {
    "create": "create",
    "update": "update",
    "replace": "replace",
    "delete": "delete",
    "import": "import",
    "same": "same",
    "refresh": "same",
    "read": "same",
    # Of a resource that was only read: Pulumi forgets it.
    "discard": "release",
}
"""Operation of the engine -> what it does to a user; a newer engine may have others."""
_FACTS: Final = frozenset(a.wire for a in top_level(Role.FACT))
_REPLACING: Final = tuple(a.wire for a in top_level(Role.ATTRIBUTE) if a.facts.change == "replace")


def declares_users(step: Step) -> bool:
    """Whether the step's resource declares users or their statuses that can be seen."""
    return step.type in SINGLE_USERS or step.type in STATUSES or _is_legible_batch(step)


def is_opaque(step: Step) -> bool:
    """Whether the step's resource holds users who are secret, or not known yet, as a whole."""
    return step.type in ROSTERS and not _is_legible_batch(step)


def _is_legible_batch(step: Step) -> bool:
    keys = {naming_key(state.properties) for state in (step.old, step.new) if state is not None}
    return step.type in ROSTERS and len(keys) < 2 and "" not in keys


def user_changes_of(step: Step) -> Iterator[UserChange]:
    """What the step does to each user that its resource declares."""
    if step.type in ROSTERS:
        yield from _of_batch(step)
    elif step.type in SINGLE_USERS:
        old = _user(step, step.old)
        op = "release" if (op := _op(step)) == "delete" and _is_part(old) else op
        yield _subject(step, op, old=old, new=_user(step, step.new))
    elif step.type in STATUSES:
        yield _subject(step, _op(step), old=_status(step.old), new=_status(step.new))


def all_user_changes(steps: Iterable[Step]) -> list[UserChange]:
    """What the steps do to each user; a move or a rename is still two of them."""
    return [s for step in steps if declares_users(step) for s in user_changes_of(step)]


def _op(step: Step) -> Op:
    if step.drift:
        return "gone" if step.op == "delete" else "drift"
    if step.op == "delete" and step.old is not None and step.old.retain:
        return "release"
    return OPS.get(step.op, "unknown")


def _user(step: Step, state: State | None) -> Wire | None:
    return wire_of(step.type, state.properties) if state else None


def _is_part(wire: Wire | None) -> bool:
    return wire is not None and PART in wire


_WHOSE: Final = ("instanceArn", "userArn")
"""What identifies the user of a status, beside the username."""


def _status(state: State | None) -> Wire | None:
    return {k: v for k, v in state.inputs.items() if k not in _WHOSE} if state else None


def _is_same_user(old: Wire | None, new: Wire | None) -> bool:
    identity = ("username", "instanceArn")
    return old is not None and new is not None and all(old.get(k) == new.get(k) for k in identity)


def _subject(step: Step, op: Op, *, old: Wire | None, new: Wire | None) -> UserChange:
    same = _is_same_user(old, new)
    # users.plan: a replacement that keeps the username must delete first.
    first = True if op == "replace" and same and step.deletes_first is None else step.deletes_first
    # Where it does not, the creation finds the very user that is to be replaced, and keeps it.
    kept = step.type == USER and same and (op, first) == ("replace", False)
    return UserChange(
        kind="status" if step.type in STATUSES else "user",
        op="update" if kept else op,
        urn=step.urn,
        type=step.type,
        name=step.name,
        old=None if op in ("create", "import") else old,
        new=None if op in ("delete", "release", "gone") else new,
        reasons=_reasons(step),
        deletes_first=first,
        kept=kept,
        protected=step.protected,
    )


def _reasons(step: Step) -> tuple[str, ...]:
    """The wire names of the top-level properties that replace a user."""
    names = (path.split(".")[0].split("[")[0] for path in step.reasons)
    return tuple(dict.fromkeys(wire_name(step.type, name) for name in names))


def _of_batch(step: Step) -> Iterator[UserChange]:
    """Each user of a roster's batch: `users` maps a username to its inputs as canonical JSON."""
    old, new = (roster_users(state.properties if state else {}) for state in (step.old, step.new))
    for username in sorted({*old, *new}):
        before, after = old.get(username), new.get(username)
        comparable = as_visible(before, after)
        op = _op_in_batch(step, username, *comparable)
        yield UserChange(
            kind="user",
            op=op,
            urn=step.urn,
            type=step.type,
            name=username,
            roster=declared_name(step.type, step.name),
            old=before,
            new=after,
            reasons=_replaced(*comparable) if op == "replace" else (),
            kept=step.op == "replace" and op in ("same", "update"),
            protected=step.protected,
        )


def _op_in_batch(step: Step, username: str, old: Wire | None, new: Wire | None) -> Op:
    if step.op not in OPS:
        return "unknown"
    if old is None:
        return "create"
    if new is None:
        return _op_of_leaver(step, username, old)
    same = OPS[step.op] == "same" or _declared(old) == _declared(new)
    if step.drift:
        return "same" if same else "drift"
    whole = step.op == "replace" and step.deletes_first is not False
    if whole or _replaced(old, new):
        return "replace"
    return "same" if same else "update"


def _declared(wire: Wire) -> Wire:
    """What decides whether a user changes: not what check found out about it."""
    return {key: value for key, value in wire.items() if key not in _FACTS}


def _op_of_leaver(step: Step, username: str, old: Wire) -> Op:
    if step.drift:
        return "gone"
    return "release" if _is_part(old) or _stays_in_connect(step, username) else "delete"


def _stays_in_connect(step: Step, username: str) -> bool:
    """Whether a user who leaves a roster is kept: released, or removed with `retain`."""
    states = [state for state in (step.old, step.new) if state is not None]
    released = [name for state in states for name in entries(state.inputs.get("released"))]
    removal = [state.inputs.get("onRemove") for state in states]
    return username in released or "retain" in removal or any(s.retain for s in states)


def _replaced(old: Wire | None, new: Wire | None) -> tuple[str, ...]:
    before, after = old or {}, new or {}
    return tuple(key for key in _REPLACING if before.get(key) != after.get(key))


def is_hidden(change: UserChange) -> bool:
    """Whether the input shows that there is such a user, and not all of its values."""
    return any(wire is not None and HIDDEN in wire for wire in (change.old, change.new))


def visible(change: UserChange) -> UserChange:
    """The change without values that only one side shows: they need not be gone."""
    old, new = as_visible(change.old, change.new)
    return replace(change, old=old, new=new)


def may_differ(change: UserChange) -> bool:
    """Whether values that the input hides may change: equal digests are those of equal users."""
    digest = (change.new or {}).get(HIDDEN)
    return is_hidden(change) and not (change.op == "same" and isinstance(digest, str))
