"""Three kinds of value: known, unknown until `up`, and missing. No rule may mix them up."""

from __future__ import annotations

from enum import Enum
from typing import Final, Literal, TypeAlias, TypeVar


class Absent(Enum):
    """Why there is no value to look at."""

    UNKNOWN = "unknown"
    """Something else decides it during `up`, or an export hides it."""
    MISSING = "missing"
    """Nobody has set it."""


UNKNOWN: Final = Absent.UNKNOWN
MISSING: Final = Absent.MISSING

T = TypeVar("T")
Value: TypeAlias = T | Literal[Absent.UNKNOWN, Absent.MISSING]


def is_known(value: object) -> bool:
    """Tells whether there is a value to look at."""
    return not isinstance(value, Absent)
