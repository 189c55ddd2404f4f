"""The settings that decide what is in a resource's inputs: its mark, and which are secret."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ..core.errors import SettingsError

_CHOICES: Final = {"ownership": ("on", "off"), "personalData": ("plain", "secret")}
"""The values of each; the first is the default."""


@dataclass(frozen=True)
class ProgramSettings:
    """`connect:ownership`, `connect:ownerId` and `connect:personalData`."""

    keeps_marks: bool
    owner_id: str
    hides_personal_data: bool


def read_program_settings(config: Callable[[str], str | None]) -> ProgramSettings:
    """The settings, by their key without the namespace.

    Raises SettingsError for any other value: read as the default, it would mark users that were to
    be left unmarked, or show what was to be hidden.
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
