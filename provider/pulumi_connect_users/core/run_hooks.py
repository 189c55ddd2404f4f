"""What the core calls back of the run that it works for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


def _ignore(text: str) -> None:
    """Drops a message."""


def _allow() -> None:
    """Allows the call."""


@dataclass(frozen=True)
class RunHooks:
    """The functions of a front end, handed over once; by default a run is silent."""

    warn: Callable[[str], None] = _ignore
    """Shows a warning of one line."""
    inform: Callable[[str], None] = _ignore
    """Shows progress in one line: what a call waits for, what was done."""
    before_change: Callable[[], None] = _allow
    """Runs before every mutating call; raises EngineGone once the run has ended."""


SILENT: Final = RunHooks()
