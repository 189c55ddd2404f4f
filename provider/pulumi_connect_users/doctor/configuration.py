"""The settings: where each comes from, and unknown keys."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from ..aws.settings import read_settings
from ..core.errors import SettingsError
from ..engine.program_settings import known_keys, read_program_settings, unknown_settings
from .finding import Finding, failure, ok

_REMEDY: Final = "Correct it where it is set: `pulumi config set connect:KEY VALUE`, or a variable."


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
    for problem, remedy in unknown_settings(values):
        yield failure("settings", problem, remedy)
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
        yield ok("endpoint", "AWS (the default)")
