"""Recognizes unchanged users: those whose declaration leads to the text that check made before."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ..core.errors import LookUpUnavailable
from ..core.identifiers import Resolver, Unresolved
from ..core.lookups import OF_SUSPENSION, REFERENCES
from ..core.properties import Properties, Value, entries, texts
from ..model.attributes import Attribute, top_level
from ..model.facts import Role
from ..model.references import OF_USER
from ..model.user import IdentityManagementType
from ..users.capabilities import CAPABILITIES, fact_of
from ..users.check import DEFAULTS, sorted_by_key, with_defaults
from ..users.partial_user import PART
from ..users.resolve import in_state
from .partition import canonical


@dataclass(frozen=True)
class Unchanged:
    """Compares users with what check made of them before, in one instance."""

    resolver: Resolver
    identity_type: IdentityManagementType
    defaults: Properties

    def text(self, declared: str, stored: str) -> str | None:
        """What check would make of a declaration; None if that is not what is stored.

        What security profiles allow may have changed since; that alone validates no user again.
        What grants lead to changes with time: check judges them.
        """
        if '"grants"' in declared:
            return None
        try:
            user = with_defaults(json.loads(declared), self.defaults)
            resolved = _resolved(user, self.resolver)
        except (LookUpUnavailable, Unresolved):
            return None
        if resolved is None:
            return None
        if canonical({**resolved, **self._fact(resolved)}) == stored:
            return stored
        former = json.loads(stored)
        if canonical(resolved) != declared_text(former):
            return None
        kept = {k: v for k, v in former.items() if k != CAPABILITIES}
        return canonical({**kept, **self._fact(kept)})

    def _fact(self, user: Properties) -> Properties:
        arn, lookups = self.resolver.instance_arn, self.resolver.lookups
        return fact_of(user, arn, self.identity_type, lookups)


def declared_text(stored: Properties) -> str:
    """The text without what check adds of others' decisions; empty if that is incomplete."""
    part = stored.get(PART)
    if not isinstance(part, Mapping):
        return canonical({k: v for k, v in stored.items() if k != CAPABILITIES})
    left = [reference for reference in OF_USER if reference.id not in stored]
    added = {PART, CAPABILITIES, *(reference.fact for reference in left)}
    declared = {k: v for k, v in stored.items() if k not in added}
    return canonical(declared) if all(r.id in part for r in left) else ""


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
