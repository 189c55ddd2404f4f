"""A share of the users that a stack manages: a limit that fits stacks of any size."""

from dataclasses import dataclass
from typing import Final

FLOOR: Final = 3
"""What any share allows: with a handful of users, some percent of them would be none."""


@dataclass(frozen=True)
class Share:
    """Some percent of a number of users."""

    percent: float

    def of(self, users: int) -> int:
        """How many users that is, rounded down."""
        return max(FLOOR, int(users * self.percent / 100))

    def __str__(self) -> str:
        return f"{self.percent:g}%"
