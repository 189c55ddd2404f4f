"""One user as it was read."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..core.described_user import DescribedUser
from ..core.properties import Properties


@dataclass(frozen=True)
class ReadUser:
    """What Connect returns for a user."""

    described: DescribedUser
    proficiencies: list[Properties] = field(default_factory=list)
