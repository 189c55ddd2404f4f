"""The keys of settings, and unknown ones. Keys stand without the front end's namespace."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ..aws.settings import LOCAL, read_settings
from ..core.privacy import similar
from .program_settings import read_program_settings


@cache
def known_keys() -> tuple[str, ...]:
    """Every key: those that reading the settings asks for."""
    asked: list[str] = []

    def ask(key: str) -> str | None:
        asked.append(key)
        # The embedded Connect's own keys are read only with it.
        return LOCAL if key == "endpoint" else None

    read_settings(ask, {})
    read_program_settings(ask)
    return tuple(sorted(set(asked)))


def unknown_settings(keys: Iterable[str]) -> list[tuple[str, str]]:
    """A problem and its remedy for each unknown key."""
    problems = []
    for key in sorted(set(keys) - set(known_keys())):
        near = similar(key, known_keys())
        known = ", ".join(known_keys())
        remedy = f"Did you mean connect:{near[0]}?" if near else f"Remove it. Known: {known}."
        problems.append((f"unknown setting connect:{key}, which has no effect", remedy))
    return problems
