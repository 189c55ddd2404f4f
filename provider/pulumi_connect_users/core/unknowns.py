"""The property bag that an engine sends: unknown values set aside, absent ones dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Final

Path = tuple[str | int, ...]


class Unknown(Enum):
    """The type of a value that a preview cannot know; an enum, for mypy narrows `is UNKNOWN`."""

    UNKNOWN = "UNKNOWN"

    def __repr__(self) -> str:
        return self.value


UNKNOWN: Final = Unknown.UNKNOWN
"""Stands anywhere in a property bag."""


def is_unknown(value: object) -> bool:
    """Whether a preview cannot know the value."""
    return value is UNKNOWN


def without_none(value: Any) -> Any:
    """The same without members that are None, at any depth: they are not declared."""
    if isinstance(value, Mapping):
        return {k: without_none(v) for k, v in value.items() if v is not None}
    if isinstance(value, list | tuple):
        return [without_none(v) for v in value if v is not None]
    return value


def unknown_paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where unknown values stand, depth first."""
    if value is UNKNOWN:
        yield path
    elif isinstance(value, Mapping):
        for key, member in value.items():
            yield from unknown_paths(member, (*path, key))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from unknown_paths(member, (*path, index))


def known_only(value: Any) -> Any:
    """The same with unknown members and entries left out."""
    if isinstance(value, Mapping):
        return {k: known_only(v) for k, v in value.items() if v is not UNKNOWN}
    if isinstance(value, list):
        return [known_only(v) for v in value if v is not UNKNOWN]
    return value


def get(value: Any, path: Path) -> Any:
    """The value at a path, UNKNOWN below an unknown one, None where there is none."""
    for part in path:
        if value is UNKNOWN:
            return UNKNOWN
        # Almost everything is a dict, and asking for any Mapping takes ten times as long.
        if isinstance(value, dict | Mapping):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            return None
    return value


def drop(value: Any, path: Path) -> Any:
    """A copy without the value at a path."""
    head, rest = path[0], path[1:]
    if isinstance(value, Mapping):
        copy = dict(value)
        if head in copy:
            if rest:
                copy[head] = drop(copy[head], rest)
            else:
                del copy[head]
        return copy
    if isinstance(value, list) and isinstance(head, int) and head < len(value):
        kept = [drop(value[head], rest)] if rest else []
        return [*value[:head], *kept, *value[head + 1 :]]
    return value


def original_path(bag: Any, path: Path) -> Path:
    """A path in `known_only(bag)` as a path in the bag itself: unknown entries shift places."""
    real: list[str | int] = []
    for part in path:
        if isinstance(part, int) and isinstance(bag, list):
            known = [i for i, entry in enumerate(bag) if entry is not UNKNOWN]
            part = known[part] if part < len(known) else part
        real.append(part)
        bag = get(bag, (part,))
    return tuple(real)
