"""The settings that resource classes read themselves: the provider sees what came of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ..core.errors import SettingsError

_CHOICES: Final = {"ownership": ("on", "off"), "personalData": ("plain", "secret")}
"""What each takes; the first is what holds unless it is set."""


@dataclass(frozen=True)
class ProgramSettings:
    """`connect:ownership`, `connect:ownerId` and `connect:personalData`."""

    keeps_marks: bool
    owner_id: str
    hides_personal_data: bool


def read_program_settings(config: Callable[[str], str | None]) -> ProgramSettings:
    """The settings, by their key without the namespace.

    Raises SettingsError for a value that is none of those it takes: taken for the usual one, it
    would mark users that were to be left unmarked, or show what was to be hidden.
    """
    given = {key: config(key) or choices[0] for key, choices in _CHOICES.items()}
    problems = [
        f"connect:{key} must be {' or '.join(choices)}."
        for key, choices in _CHOICES.items()
        if given[key] not in choices
    ]
    if problems:
        raise SettingsError(f"reading the stack's configuration: {' '.join(problems)}")
    return ProgramSettings(
        keeps_marks=given["ownership"] == "on",
        owner_id=config("ownerId") or "",
        hides_personal_data=given["personalData"] == "secret",
    )
