"""The settings: where each comes from, and keys that nobody reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from functools import cache
from typing import Final

from ..errors import SettingsError
from ..gateway.settings import LOCAL, read_settings
from ..program_settings import read_program_settings
from .finding import Finding, failure, ok

_REMEDY: Final = "Correct it where it is set: `pulumi config set connect:KEY VALUE`, or a variable."


@cache
def known_keys() -> tuple[str, ...]:
    """Every key of the namespace `connect`: those that reading the settings asks for."""
    asked: list[str] = []

    def ask(key: str) -> str | None:
        asked.append(key)
        # The embedded Connect's own keys are asked for with it only.
        return LOCAL if key == "endpoint" else None

    read_settings(ask, {})
    read_program_settings(ask)
    return tuple(sorted(set(asked)))


@contextmanager
def _noted(errors: list[SettingsError]) -> Iterator[None]:
    try:
        yield
    except SettingsError as error:
        errors.append(error)


def configuration(
    values: Mapping[str, str], sources: Mapping[str, str], environment: Mapping[str, str]
) -> Iterator[Finding]:
    """All findings about the settings; `sources` says where each value comes from."""
    for key in values:
        if key not in known_keys():
            near = get_close_matches(key, known_keys(), n=1, cutoff=0.6)
            remedy = f"Did you mean connect:{near[0]}?" if near else "Remove it."
            known = "" if near else f" Known: {', '.join(known_keys())}."
            yield failure(
                "settings", f"connect:{key} is no setting: nobody reads it", remedy + known
            )
    errors: list[SettingsError] = []
    with _noted(errors):
        read_program_settings(values.get)
    with _noted(errors):
        settings = read_settings(values.get, environment)
    if errors:
        yield from (failure("settings", str(error).rstrip("."), _REMEDY) for error in errors)
        return
    for key, value in values.items():
        if key in known_keys():
            yield ok("settings", f"connect:{key} = {value} ({sources.get(key, 'given')})")
    if settings.is_local:
        yield ok("endpoint", f"the embedded Connect in {settings.store}, not AWS")
    elif settings.endpoint:
        source = sources.get("endpoint", settings.endpoint_source)
        yield ok("endpoint", f"{settings.endpoint} ({source})")
    else:
        yield ok("endpoint", "AWS (nothing says otherwise)")
