"""What a check found."""

from dataclasses import dataclass
from typing import Literal

Status = Literal["ok", "note", "warning", "failure"]


@dataclass(frozen=True)
class Finding:
    """One line: what was checked, its status, and the remedy for a problem."""

    check: str
    status: Status
    message: str
    remedy: str = ""


def ok(check: str, message: str) -> Finding:
    """The check passed."""
    return Finding(check, "ok", message)


def note(check: str, message: str, remedy: str = "") -> Finding:
    """Something could not be checked, or is worth knowing."""
    return Finding(check, "note", message, remedy)


def warning(check: str, message: str, remedy: str) -> Finding:
    """Works, but will hurt."""
    return Finding(check, "warning", message, remedy)


def failure(check: str, message: str, remedy: str) -> Finding:
    """Does not work."""
    return Finding(check, "failure", message, remedy)
