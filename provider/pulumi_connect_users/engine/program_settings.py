"""The settings that decide what is in a resource's inputs, and the keys of all settings.

Keys stand without the front end's namespace.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from ..core.errors import SettingsError
from ..core.privacy import similar
from .settings_table import SETTINGS

_CHOICES: Final = {s.key: s.values for s in SETTINGS if s.key in ("ownership", "personalData")}
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


def settings_problems(
    config: Callable[[str], str | None], environment: Mapping[str, str] = os.environ
) -> list[str]:
    """Everything that is wrong with the settings, those of how Connect is reached included."""
    from ..aws.settings import read_settings

    problems = []
    for read in (read_program_settings, partial(read_settings, environment=environment)):
        try:
            read(config)
        except SettingsError as error:
            problems.append(str(error))
    return problems


_KEYS: Final = tuple(sorted(setting.key for setting in SETTINGS))


def known_keys() -> tuple[str, ...]:
    """Every key."""
    return _KEYS


def unknown_settings(keys: Iterable[str]) -> list[tuple[str, str]]:
    """A problem and its remedy for each unknown key."""
    problems = []
    for key in sorted(set(keys) - set(known_keys())):
        near = similar(key, known_keys())
        known = ", ".join(known_keys())
        remedy = f"Did you mean connect:{near[0]}?" if near else f"Remove it. Known: {known}."
        problems.append((f"unknown setting connect:{key}, which has no effect", remedy))
    return problems
