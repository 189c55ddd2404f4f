"""What a reader can choose."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Final

from ..core.arns import is_uuid, last_part
from .disclosure import Disclosure

PRIVILEGED: Final = ("Admin", "CallCenterManager", "*administrator*")
"""Security profiles that can manage other users: two of AWS's four default ones, and those of
such a name. Source: Administrator guide, Default security profiles."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """How a preview becomes a report."""

    disclosure: Disclosure = field(default_factory=Disclosure)
    privileged: tuple[str, ...] = PRIVILEGED
    """Names of security profiles, as patterns (`*admin*`), or ids; case does not matter."""

    def is_privileged(self, profile: str) -> bool:
        """Whether a security profile of this name can manage other users."""
        name = profile.casefold()
        return any(fnmatchcase(name, pattern.casefold()) for pattern in self.privileged)

    @property
    def ids(self) -> frozenset[str]:
        """The patterns that are ids, or ARNs, of security profiles, not names."""
        bare = (last_part(pattern.casefold()) for pattern in self.privileged)
        return frozenset(identifier for identifier in bare if is_uuid(identifier))

    def lists(self, identifier: str) -> bool:
        """Whether a security profile is privileged by its id."""
        return identifier.casefold() in self.ids
