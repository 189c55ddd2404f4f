"""A security profile as Connect describes it, and how far its permissions reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

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
    """As `access.capabilities.RESOURCES` names it; empty for what nothing narrows."""
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
