"""Settings that `connect-user-identity-known` has for all rules, as settings of one rule."""

from collections.abc import Iterator, Mapping

from .property_values import Properties, Property
from .settings import SHARED, Schema


def with_shared(schema: Schema, own: Properties, shared: Properties) -> Properties:
    """A rule's settings with the shared ones that it knows; its own entries win.

    Settings of a wrong type stay, so that the rule objects to them.
    """
    merged: dict[str, Property] = {}
    for key in SHARED:
        given, mine = shared.get(key), own.get(key)
        if key in schema and isinstance(given, Mapping) and isinstance(mine, Mapping | None):
            merged[key] = {**given, **(mine or {})}
    mine = own.get("overrides")
    added = list(_overrides(schema, shared.get("overrides")))
    if added and isinstance(mine, list | None):
        merged["overrides"] = [*added, *(mine or [])]
    return {**own, **merged}


def _overrides(schema: Schema, entries: Property) -> Iterator[Properties]:
    for entry in entries if isinstance(entries, list) else ():
        settings = entry.get("settings") if isinstance(entry, Mapping) else None
        if isinstance(settings, Mapping):
            kept = {key: settings[key] for key in SHARED if key in schema and key in settings}
            if kept:
                yield {**entry, "settings": kept}
