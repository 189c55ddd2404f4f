"""The settings: where each comes from, and unknown keys."""

from collections.abc import Iterator, Mapping
from typing import Final

from ..aws.settings import read_settings
from ..engine.program_settings import known_keys, settings_problems, unknown_settings
from .finding import Finding, failure, ok

_REMEDY: Final = "Correct it where it is set: `pulumi config set connect:KEY VALUE`, or a variable."


def configuration(
    values: Mapping[str, str], sources: Mapping[str, str], environment: Mapping[str, str]
) -> Iterator[Finding]:
    """All findings about the settings; `sources` says where each value comes from."""
    for problem, remedy in unknown_settings(values):
        yield failure("settings", problem, remedy)
    if problems := settings_problems(values.get, environment):
        yield from (failure("settings", problem.rstrip("."), _REMEDY) for problem in problems)
        return
    settings = read_settings(values.get, environment)
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
