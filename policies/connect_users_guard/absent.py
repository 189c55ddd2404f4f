"""Three kinds of value: known, unknown until `up`, and missing. No rule may mix them up."""

from enum import Enum
from typing import Final, Literal, TypeAlias, TypeVar


class Absent(Enum):
    """Why a value is absent."""

    UNKNOWN = "unknown"
    """Something else decides it during `up`, or an export hides it."""
    MISSING = "missing"
    """It is not set."""


UNKNOWN: Final = Absent.UNKNOWN
MISSING: Final = Absent.MISSING

T = TypeVar("T")
Value: TypeAlias = T | Literal[Absent.UNKNOWN, Absent.MISSING]


def is_known(value: object) -> bool:
    """Whether there is a value."""
    return not isinstance(value, Absent)
