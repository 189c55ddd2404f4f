"""Security profiles, and how far the permissions of several of them reach together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Final

from .capabilities import CAPABILITIES, RESOURCES

Tags = frozenset[tuple[str, str]]
OWN_GROUP: Final = ""
"""A hierarchy restriction that names no group: each person's own, with those below."""


@dataclass(frozen=True, slots=True)
class SecurityProfile:
    """DescribeSecurityProfile and ListSecurityProfilePermissions of one profile."""

    id: str
    name: str
    permissions: frozenset[str] | None
    """None where Connect refused to say."""
    tags: Tags = frozenset()
    """Its own: what others' access-control tags are compared with."""
    allowed_tags: Tags = frozenset()
    tag_restricted: frozenset[str] = frozenset()
    hierarchy_restricted: frozenset[str] = frozenset()
    hierarchy_group: str = OWN_GROUP

    def scope(self, resource: str) -> Scope:
        """How far its permissions on one kind of resource reach."""
        return Scope(
            resource,
            self.allowed_tags if resource in self.tag_restricted else frozenset(),
            self.hierarchy_group if resource in self.hierarchy_restricted else None,
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """The resources of one kind that have all the tags and are in the group or below it."""

    resource: str
    """As in `RESOURCES`; empty for what nothing narrows."""
    tags: Tags = frozenset()
    group: str | None = None
    """None: of whatever group."""

    @property
    def is_narrow(self) -> bool:
        """Whether anything is outside it."""
        return bool(self.tags) or self.group is not None

    def includes(self, other: Scope) -> bool:
        """Whether all of the other one is in it, as far as the two tell."""
        same_group = self.group is None or self.group == other.group
        return self.resource == other.resource and self.tags <= other.tags and same_group


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
