"""The changes that a preview makes in one instance, and which users they concern. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ..core.arns import last_part
from ..core.privacy import label
from ..model.attributes import by_wire
from ..users.inputs import ignored
from .id_names import bare_id
from .input.property_values import Marker, PropertyValue, entries, mapping
from .user_changes import Op, UserChange, Wire, may_differ

NOTHING: Final[Wire] = {}


def adopts(change: UserChange) -> bool:
    """Whether a user that Connect has already is taken over."""
    return change.op == "create" and bool((change.new or NOTHING).get("adoption"))


def affects(
    change: UserChange, keys: Sequence[str], *, compared: Sequence[Op] = ("update", "move")
) -> bool:
    """Whether a change may make a difference where these attributes of users decide.

    `compared` names the operations that make one only if an attribute differs.
    """
    if adopts(change):
        changes = mapping((change.new or NOTHING)["adoption"]).get("changes")
        names = [by_wire()[key].program for key in keys]
        return not isinstance(changes, list) or any(name in changes for name in names)
    if change.op in compared:
        old, new = change.old or NOTHING, change.new or NOTHING
        differs = any(old.get(key) != new.get(key) or is_unknown(new, key) for key in keys)
        return differs or may_differ(change)
    # What has already happened, and what only the state notices, changes nothing any more.
    return change.op in ("create", "replace", "delete")


def is_unknown(wire: Wire, key: str) -> bool:
    """Whether an attribute, or a part of it, is hidden or not known yet."""
    value = wire.get(key)
    parts = [*entries(value)] if isinstance(value, list) else []
    members = [member for part in (value, *parts) for member in mapping(part).values()]
    return any(isinstance(one, Marker) for one in (value, *parts, *members))


def name_of(wire: Wire | None) -> str:
    """The username, or its label; empty where neither is known."""
    for key in ("username", "label"):
        value = (wire or NOTHING).get(key)
        if isinstance(value, str):
            return value
    return ""


def reference(current: str, old: Wire, new: Wire, key: str, *, clears: bool) -> str:
    """The id that a user refers to, after a change; empty where it is not known yet.

    As `users.plan`: what is no longer declared is cleared where a call exists (`clears`).
    """
    before, after = old.get(key), new.get(key)
    if isinstance(after, str):
        return current if after == before else bare_id(after)
    if after is None:
        cleared = clears and before is not None and key not in left_to_others(new)
        return "" if cleared else current
    return ""


def left_to_others(wire: Wire) -> frozenset[str]:
    """The attributes that the program ignores."""
    named: PropertyValue = wire.get("ignoreDrift")
    return ignored({"ignoreDrift": [name for name in entries(named) if isinstance(name, str)]})


class Finder:
    """Finds the username that a label stands for."""

    def __init__(self, usernames: Iterable[str]) -> None:
        self._usernames = frozenset(usernames)

    def __call__(self, name: str) -> str:
        """The username; a name that is not there as it is."""
        return name if name in self._usernames else self._by_label.get(name, name)

    @cached_property
    def _by_label(self) -> Mapping[str, str]:
        return {label(username): username for username in self._usernames}


@dataclass(frozen=True)
class InstanceChange:
    """The changes in one instance."""

    changes: tuple[UserChange, ...]
    """Those that affect anything."""
    instance_id: str

    def is_here(self, wire: Wire | None) -> bool:
        """Whether a user is in this instance."""
        arn = (wire or NOTHING).get("instanceArn")
        return isinstance(arn, str) and last_part(arn) == self.instance_id

    def elsewhere_of(self, judge: Callable[[UserChange], bool]) -> int:
        """How many of these changes are in another instance."""
        changes = filter(judge, self.changes)
        return sum(not self.is_here(c.new if c.old is None else c.old) for c in changes)

    def shown(self, usernames: Iterable[str]) -> Mapping[str, str]:
        """Username -> the name that the preview has for its user, which may be a label."""
        find = Finder(usernames)
        names = {name_of(side) for c in self.changes for side in (c.old, c.new)}
        return {find(name): name for name in names if name}

    def leaving(self) -> Iterator[UserChange]:
        """Those whose old user is no longer there, or no longer works, afterwards."""
        gone = (c for c in self.changes if c.op in ("delete", "replace"))
        return (change for change in gone if self.is_here(change.old))

    def arriving(self) -> Iterator[tuple[UserChange, Wire]]:
        """Those with a user afterwards, and what is declared of it."""
        for change in self.changes:
            if change.new is not None and self.is_here(change.new):
                yield change, change.new
