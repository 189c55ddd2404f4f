"""What a reader may choose."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Final

from .masking import Disclosure

PRIVILEGED: Final = ("Admin", "CallCenterManager", "*administrator*")
"""Security profiles that may change other users: the two of AWS's four default ones that can, and
what goes by such a name. Source: Administrator guide, Default security profiles."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """How a preview becomes a report."""

    disclosure: Disclosure = field(default_factory=Disclosure)
    privileged: tuple[str, ...] = PRIVILEGED
    """Names of security profiles, as patterns (`*admin*`); case does not matter."""

    def is_privileged(self, profile: str) -> bool:
        """Whether a security profile of this name gives power over others."""
        name = profile.casefold()
        return any(fnmatchcase(name, pattern.casefold()) for pattern in self.privileged)
