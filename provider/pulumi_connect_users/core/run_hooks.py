"""What the core calls back of the run that it works for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


def _ignore(text: str) -> None:
    """Drops a message."""


def _allow() -> None:
    """Allows the call."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One mutating call as it went; of its parameters only which user it was about."""

    operation: str
    instance_id: str
    user_id: str
    username: str
    """Empty but for CreateUser, as is the id where that failed."""
    request_id: str
    """AWS's; empty where no answer came."""
    outcome: str
    """`done`, or the code of the error."""


def _forget(change: Change) -> None:
    """Keeps no record."""


def _nowhere() -> str:
    """A run of no stack."""
    return ""


@dataclass(frozen=True)
class RunHooks:
    """The functions of a front end, handed over once; by default a run is silent."""

    warn: Callable[[str], None] = _ignore
    """Shows a warning of one line."""
    inform: Callable[[str], None] = _ignore
    """Shows progress in one line: what a call waits for, what was done."""
    before_change: Callable[[], None] = _allow
    """Runs before every mutating call; raises EngineGone once the run has ended."""
    after_change: Callable[[Change], None] = _forget
    """Runs after every mutating call, failed ones included."""
    origin: Callable[[], str] = _nowhere
    """Stack and run, for the user agent, which CloudTrail keeps."""


SILENT: Final = RunHooks()
