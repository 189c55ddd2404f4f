"""What happens to one person, told as one thing: a move between resources, a rename. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .resource_types import OWN
from .subject import Subject, Wire


def joined(subjects: Sequence[Subject]) -> list[Subject]:
    """The subjects, with the two halves of a move or a rename as one."""
    return _without_renames(_without_moves(subjects))


def _without_moves(subjects: Sequence[Subject]) -> list[Subject]:
    """Who leaves one resource and is taken over by another stays the same user.

    A resource that is gone from a program is deleted after all others are made. By then a user whom
    another has taken over carries that one's mark, and is only forgotten.
    """
    leaving = {
        _whom(subject.old): subject
        for subject in subjects
        if subject.op in ("delete", "release") and subject.type in OWN and subject.kind == "user"
    }
    moved = {
        _whom(subject.new): leaving[_whom(subject.new)]
        for subject in subjects
        if subject.op == "create"
        and (subject.new or {}).get("adoption")
        and _whom(subject.new) in leaving
    }
    found = []
    for subject in subjects:
        source = moved.get(_whom(subject.new if subject.old is None else subject.old))
        if source is None:
            found.append(subject)
        elif subject is not source:
            found.append(replace(subject, op="move", old=source.old, came_from=source.place))
    return found


def _without_renames(subjects: Sequence[Subject]) -> list[Subject]:
    """Who goes under one username and comes under another, with the same names, is one person."""
    going, coming = (_by_person(subjects, op) for op in ("delete", "create"))
    pairs = {
        id(coming[person]): going[person]
        for person in going.keys() & coming.keys() - {None}
        if coming[person].username != going[person].username
    }
    gone = {id(subject) for subject in pairs.values()}
    return [
        replace(
            subject,
            op="replace",
            old=pairs[id(subject)].old,
            was=pairs[id(subject)].username,
            reasons=("username",),
            protected=pairs[id(subject)].protected,
        )
        if id(subject) in pairs
        else subject
        for subject in subjects
        if id(subject) not in gone
    ]


def _by_person(subjects: Iterable[Subject], op: str) -> Mapping[object, Subject]:
    """Those of one operation by their instance and names; of namesakes none is meant."""
    found: defaultdict[object, list[Subject]] = defaultdict(list)
    for subject in subjects:
        adopts = (subject.new or {}).get("adoption")
        if subject.kind == "user" and subject.op == op and not adopts:
            found[_person(subject.old or subject.new or {})].append(subject)
    return {person: of[0] for person, of in found.items() if len(of) == 1}


def _person(wire: Wire) -> object:
    identity = wire.get("identityInfo")
    if not isinstance(identity, Mapping):
        return None
    names = [identity.get(key) for key in ("firstName", "lastName")]
    known = all(isinstance(name, str) and name for name in names)
    return (wire.get("instanceArn") or wire.get("instanceId"), *names) if known else None


def _whom(user: Wire | None) -> tuple[Any, Any]:
    """There is at most one user of a username in an instance."""
    return (user or {}).get("instanceArn"), (user or {}).get("username")
