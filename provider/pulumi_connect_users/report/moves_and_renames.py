"""Joins two changes of one person: a move between resources, or a rename. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..core.user_resources import OWN_USERS, ROSTERS
from .input.property_values import PropertyValue
from .user_changes import UserChange, Wire


def join_moves_and_renames(changes: Sequence[UserChange]) -> list[UserChange]:
    """The changes, with the two halves of a move or a rename as one."""
    return _without_renames(_without_moves(changes))


def _without_moves(changes: Sequence[UserChange]) -> list[UserChange]:
    """A user who leaves one resource and is adopted by another stays the same user.

    A resource that is removed from a program is deleted after all others are created. By then an
    adopted user carries the other resource's mark, and is only forgotten.
    """
    moved = _moved(changes)
    joined = []
    for change in changes:
        source = moved.get(_identity(change.new if change.old is None else change.old))
        if source is None:
            joined.append(change)
        elif change is not source:
            joined.append(replace(change, op="move", old=source.old, moved_from=source.place))
    return joined


def _moved(changes: Sequence[UserChange]) -> dict[tuple[PropertyValue, PropertyValue], UserChange]:
    """The deletions or releases that belong to adoptions of the same users."""
    leaving = {
        _identity(change.old): change
        for change in changes
        if change.op in ("delete", "release") and change.type in (*OWN_USERS, *ROSTERS)
    }
    return {
        _identity(change.new): leaving[_identity(change.new)]
        for change in changes
        if change.op == "create"
        and (change.new or {}).get("adoption")
        and _identity(change.new) in leaving
    }


def _without_renames(changes: Sequence[UserChange]) -> list[UserChange]:
    """A deleted and a created user with the same names, but other usernames, are one person."""
    deleted, created = (_by_person(changes, op) for op in ("delete", "create"))
    pairs = {
        id(created[person]): deleted[person]
        for person in deleted.keys() & created.keys() - {None}
        if created[person].username != deleted[person].username
    }
    halves = {id(change) for change in pairs.values()}
    return [
        replace(
            change,
            op="replace",
            old=pairs[id(change)].old,
            renamed_from=pairs[id(change)].username,
            reasons=("username",),
            protected=pairs[id(change)].protected,
        )
        if id(change) in pairs
        else change
        for change in changes
        if id(change) not in halves
    ]


def _by_person(changes: Iterable[UserChange], op: str) -> Mapping[object, UserChange]:
    """Users of one operation by their instance and names; namesakes are left out."""
    by_person: defaultdict[object, list[UserChange]] = defaultdict(list)
    for change in changes:
        adopts = (change.new or {}).get("adoption")
        # A suspended user stays who it is: whoever is created is another one.
        joins = not adopts and not change.suspends
        if change.kind == "user" and change.op == op and joins:
            by_person[_person(change.old or change.new or {})].append(change)
    return {person: of[0] for person, of in by_person.items() if len(of) == 1}


def _person(wire: Wire) -> object:
    identity = wire.get("identityInfo")
    if not isinstance(identity, Mapping):
        return None
    names = [identity.get(key) for key in ("firstName", "lastName")]
    known = all(isinstance(name, str) and name for name in names)
    return (wire.get("instanceArn"), *names) if known else None


def _identity(user: Wire | None) -> tuple[PropertyValue, PropertyValue]:
    """What identifies a user: an instance has a username once."""
    return (user or {}).get("instanceArn"), (user or {}).get("username")
