"""What a remediation changes: data, which adapters place and `remediation` applies."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

Path: TypeAlias = tuple[str | int, ...]


class Change(Enum):
    """A change other than a new value."""

    REMOVE = "remove"
    WRAP = "wrap"
    """Keep the value and make it a secret."""


REMOVE: Final = Change.REMOVE
WRAP: Final = Change.WRAP


@dataclass(frozen=True)
class Edit:
    """Sets, removes or wraps the value at a path of a subject's bag (wire names, list indexes)."""

    path: Path
    value: str | int | list[str] | Change


Edits: TypeAlias = Iterator[Edit]
