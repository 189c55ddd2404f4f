"""The calls that an update makes to Amazon Connect, and the least time that its rate allows. Pure.

Only users of this project's own types count: pulumi-aws makes its calls at a rate of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ..core.properties import Value
from ..core.unknowns import UNKNOWN
from ..core.user_resources import OWN_USERS, ROSTERS, STATUSES
from ..model.attributes import by_program
from ..model.facts import ASSOCIATE_PROFICIENCIES, TAG, UNTAG, UPDATE_ROUTING, UPDATE_SECURITY
from ..model.references import (
    ROUTING_PROFILE,
    SECURITY_PROFILES,
    SUSPENDED_ROUTING,
    SUSPENDED_SECURITY,
)
from ..users.inputs import UserInputs
from ..users.plan import plan
from .input.property_values import Marker, PropertyValue, entries, mapping
from .report import Calls, OperationCalls
from .suspensions import is_reinstated
from .user_changes import UserChange, Wire

_RATE: Final = 2.0
_BURST: Final = 5
"""Requests of one operation: a second, and at once (Administrator guide, API throttling)."""
_CREATE, _DELETE, _READ, _SET = "CreateUser", "DeleteUser", "DescribeUser", "PutUserStatus"
_NOTHING: Final[Wire] = {}


def calls_of(changes: Iterable[UserChange]) -> Calls:
    """The calls by operation; operations have rates of their own, so the longest one decides."""
    calls = Counter(operation for change in changes for operation in _calls(change))
    ordered = sorted(calls.items(), key=lambda one: (-one[1], one[0]))
    seconds = max((_seconds(number) for number in calls.values()), default=0.0)
    return Calls(
        operations=tuple(OperationCalls(operation=name, calls=n) for name, n in ordered),
        minutes=round(seconds / 60, 1),
    )


def _seconds(calls: int) -> float:
    return max(0, calls - _BURST) / _RATE


def _calls(change: UserChange) -> Iterator[str]:
    if change.type in STATUSES:
        yield from (_SET,) if change.op in ("create", "update", "replace") else ()
    elif change.type in (*OWN_USERS, *ROSTERS):
        yield from _of_user(change)


def _of_user(change: UserChange) -> Iterator[str]:
    new = change.new or _NOTHING
    adoption = new.get("adoption") if change.op == "create" else None
    if change.op in ("delete", "replace"):
        # Whose user it is, is read before.
        yield _READ
        yield from _of_suspension(change.old or _NOTHING) if change.suspends else (_DELETE,)
    if isinstance(adoption, Mapping):
        yield from _of_adoption(adoption)
        yield from (UNTAG,) if is_reinstated(change) else ()
    elif change.op in ("create", "replace"):
        yield _CREATE
        if new.get("proficiencies"):
            yield ASSOCIATE_PROFICIENCIES
    elif change.op in ("update", "move"):
        steps = plan(_inputs(change.old), _inputs(change.new)).steps
        yield from (_READ, *(step.operation for step in steps)) if steps else ()


def _of_suspension(old: Wire) -> Iterator[str]:
    """As `users.suspend`, without what is so already."""
    if entries(old.get(SECURITY_PROFILES.id)) != [old.get(SUSPENDED_SECURITY)]:
        yield UPDATE_SECURITY
    if old.get(ROUTING_PROFILE.id) != old.get(SUSPENDED_ROUTING):
        yield UPDATE_ROUTING
    yield TAG


def _of_adoption(adoption: Mapping[str, PropertyValue]) -> Iterator[str]:
    """The first call of each attribute that it changes."""
    changes = adoption.get("changes")
    paths = [path for path in changes if isinstance(path, str)] if isinstance(changes, list) else []
    attributes = (by_program().get(path) for path in paths)
    made = {a.facts.calls[0] for a in attributes if a is not None and a.facts.calls}
    yield from sorted({_READ, *made, *([TAG] if "ownership" in paths else [])})


def _inputs(wire: Wire | None) -> UserInputs:
    return UserInputs.decode({key: _value(value) for key, value in (wire or _NOTHING).items()})


def _value(value: PropertyValue) -> Value:
    """A value as `users.plan` knows it: what a preview hides is unknown, or stays the same."""
    if isinstance(value, Marker):
        return UNKNOWN if value is Marker.UNKNOWN else value.value
    if isinstance(value, list):
        return [_value(entry) for entry in value]
    if isinstance(value, Mapping):
        return {key: _value(member) for key, member in mapping(value).items()}
    return value
