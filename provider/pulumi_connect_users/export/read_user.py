"""One user as it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class ReadUser:
    """What Connect tells of a user."""

    described: Mapping[str, Any]
    """DescribeUser's `User`."""
    proficiencies: list[Mapping[str, Any]] = field(default_factory=list)
