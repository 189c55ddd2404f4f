"""How far the permissions of several security profiles reach together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from ..core.security_profile import Scope, SecurityProfile
from .capabilities import CAPABILITIES, RESOURCES

Reach = frozenset[Scope]
"""Scopes, none of which another one includes. Several profiles reach what any of them reaches."""
Powers = Mapping[str, Reach]
"""Name of a capability -> how far it reaches."""


def joined(scopes: Iterable[Scope]) -> Reach:
    """The scopes without those that others include."""
    distinct = set(scopes)
    return frozenset(
        one for one in distinct if not any(o != one and o.includes(one) for o in distinct)
    )


def scope_of(profile: SecurityProfile, permission: str) -> Scope:
    """How far one permission of a profile reaches."""
    return profile.scope(RESOURCES.get(permission.partition(".")[0], ""))


def powers(profiles: Iterable[SecurityProfile]) -> Powers:
    """What a person with these profiles can do; profiles that could not be read add nothing."""
    known = [profile for profile in profiles if profile.permissions is not None]
    reaches = {
        one.name: joined(
            scope_of(profile, permission)
            for profile in known
            for permission in one.permissions
            if permission in (profile.permissions or ())
        )
        for one in CAPABILITIES
    }
    return {name: reach for name, reach in reaches.items() if reach}


def holders(profiles: Iterable[SecurityProfile], permissions: Set[str]) -> list[SecurityProfile]:
    """Those of the profiles that have any of the permissions."""
    return [p for p in profiles if p.permissions is not None and p.permissions & permissions]
