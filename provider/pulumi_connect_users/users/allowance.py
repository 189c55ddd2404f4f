"""How many users one run may delete or change: a number, or a share of those of the stack."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Final, Protocol

from ..core.messages import counted

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


@dataclass(frozen=True)
class Allowance:
    """The value of `connect:maxDeletes` or `connect:maxUpdates`."""

    setting: str
    most: int | Share | None
    """None for no limit."""
    managed: Callable[[], int] = int
    """Counts the users that the stack manages; 0 where that cannot be done."""

    @property
    def count(self) -> int | None:
        """How many users; None for any number."""
        return self.most.of(self.managed()) if isinstance(self.most, Share) else self.most

    def __str__(self) -> str:
        share = ""
        if isinstance(self.most, Share):
            share = f" ({self.most} of {counted(self.managed(), 'user')}, at least {FLOOR})"
        return f"connect:{self.setting}{share} allows {self.count}"

    @property
    def exceeded(self) -> str:
        """What to do about a preview that would do more."""
        return (
            f"{self} in one run. This counts the users checked so far; more may follow. Check the "
            f"program and its files; {if_intended(self.setting, 'raise')}"
        )


def if_intended(setting: str, change: str) -> str:
    """How to allow what a setting refuses: always, by a `change` of it, or once."""
    once = f"set {variable_of(setting)} for one run"
    return f"if this is intended, {change} connect:{setting}, or {once}."


def variable_of(setting: str) -> str:
    """The environment variable of a setting that holds for one run."""
    return "CONNECT_USERS_" + re.sub(r"(?=[A-Z])", "_", setting).upper()


class Tally(Protocol):
    """The users of one run that count, by state."""

    def change(self) -> AbstractContextManager[dict[str, str]]:
        """The tally, locked; it is kept as it is at the end."""


class OwnTally:
    """The tally of a run that has one process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._users: dict[str, str] = {}

    @contextmanager
    def change(self) -> Iterator[dict[str, str]]:
        """See `Tally`."""
        with self._lock:
            yield self._users
