"""Recognizes unchanged users: those whose declaration leads to the text that check made before."""

import json
from functools import cache

from ..core.errors import LookUpUnavailable
from ..core.identifiers import Resolver, Unresolved
from ..core.lookups import OF_SUSPENSION, REFERENCES
from ..core.properties import Properties, Value, entries, texts
from ..model.attributes import Attribute, top_level
from ..model.facts import Role
from ..model.references import OF_USER
from ..users.check import DEFAULTS, sorted_by_key, with_defaults
from ..users.partial_user import PART
from ..users.resolve import in_state
from .partition import canonical


def is_unchanged(declared: str, stored: str, resolver: Resolver, defaults: Properties) -> bool:
    """Whether check would make the stored text of what a program declares.

    What grants lead to changes with time: check judges them.
    """
    if '"grants"' in declared:
        return False
    try:
        user = with_defaults(json.loads(declared), defaults)
        resolved = _resolved(user, resolver)
    except (LookUpUnavailable, Unresolved):
        return False
    return resolved is not None and canonical(resolved) == declared_text(stored)


def declared_text(stored: str) -> str:
    """The text without what check adds to a partial user; empty if that is incomplete."""
    if f'"{PART}":' not in stored:
        return stored
    user = json.loads(stored)
    part = user.pop(PART, None)
    if part is None:
        return stored
    left = [reference for reference in OF_USER if reference.id not in user]
    for reference in left:
        user.pop(reference.fact, None)
    return canonical(user) if all(r.id in part for r in left) else ""


def _resolved(declared: Properties, resolver: Resolver) -> dict[str, Value] | None:
    """The user with names resolved and lists sorted, as check makes it; None if it is invalid."""
    user = _without_defaults(declared)
    for kind, reference in REFERENCES.items():
        by_name, by_id = user.pop(reference.name, None), user.get(reference.id)
        value = by_id if by_name is None else by_name
        given = entries(value) if reference.many else [value]
        if value is None:
            continue
        known = texts(given)
        if len(known) != len(given):
            return None
        find = resolver.by_id if by_name is None else resolver.by_name
        user |= in_state(reference, [find(kind, one) for one in known])
    for wire, kind in OF_SUSPENSION.items():
        if isinstance(profile := user.get(wire), str):
            user[wire] = resolver.id_of(kind, profile)
    for attribute in _lists():
        if attribute.wire in user:
            user[attribute.wire] = sorted_by_key(attribute, user[attribute.wire])
    return user


def _without_defaults(declared: Properties) -> dict[str, Value]:
    return {k: v for k, v in declared.items() if v not in (None, [], {}) and DEFAULTS.get(k) != v}


@cache
def _lists() -> tuple[Attribute, ...]:
    return tuple(a for a in top_level(Role.ATTRIBUTE, Role.OPTION) if a.is_list)
