"""Unknown values, and walks through values that may hold some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Final, overload

if TYPE_CHECKING:
    from .properties import Properties, Value

Path = tuple[str | int, ...]
# Almost everything is a dict, and a check for any Mapping takes ten times as long.
_MAPPING: Final = (dict, Mapping)


class Unknown(Enum):
    """A value that a preview cannot know; an enum, since mypy narrows `is UNKNOWN`."""

    UNKNOWN = "UNKNOWN"

    def __repr__(self) -> str:
        return self.value


UNKNOWN: Final = Unknown.UNKNOWN
"""May stand anywhere in properties."""


def is_unknown(value: object) -> bool:
    """Whether a preview cannot know the value."""
    return value is UNKNOWN


@overload
def without_none(value: Properties) -> dict[str, Value]: ...
@overload
def without_none(value: Value) -> Value: ...
def without_none(value: Value) -> Value:
    """The same without members that are None, at any depth: they are not declared."""
    if isinstance(value, Mapping):
        return {k: without_none(v) for k, v in value.items() if v is not None}
    if isinstance(value, list | tuple):
        return [without_none(v) for v in value if v is not None]
    return value


def unknown_paths(value: Value, path: Path = ()) -> Iterator[Path]:
    """Where unknown values stand, depth first."""
    if value is UNKNOWN:
        yield path
    elif isinstance(value, Mapping):
        for key, member in value.items():
            yield from unknown_paths(member, (*path, key))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from unknown_paths(member, (*path, index))


@overload
def known_only(value: Properties) -> dict[str, Value]: ...
@overload
def known_only(value: Value) -> Value: ...
def known_only(value: Value) -> Value:
    """The same with unknown members and entries left out."""
    if isinstance(value, Mapping):
        return {k: known_only(v) for k, v in value.items() if v is not UNKNOWN}
    if isinstance(value, list):
        return [known_only(v) for v in value if v is not UNKNOWN]
    return value


def get(value: Value, path: Path) -> Value:
    """The value at a path, UNKNOWN below an unknown one, None where it is absent."""
    for part in path:
        if value is UNKNOWN or value is None:
            return value
        if isinstance(part, str):
            value = value.get(part) if isinstance(value, _MAPPING) else None
        else:
            value = value[part] if isinstance(value, list) and part < len(value) else None
    return value


@overload
def drop(value: Properties, path: Path) -> dict[str, Value]: ...
@overload
def drop(value: Value, path: Path) -> Value: ...
def drop(value: Value, path: Path) -> Value:
    """A copy without the value at a path."""
    head, rest = path[0], path[1:]
    if isinstance(value, Mapping):
        copy = dict(value)
        if isinstance(head, str) and head in copy:
            if rest:
                copy[head] = drop(copy[head], rest)
            else:
                del copy[head]
        return copy
    if isinstance(value, list) and isinstance(head, int) and head < len(value):
        kept = [drop(value[head], rest)] if rest else []
        return [*value[:head], *kept, *value[head + 1 :]]
    return value


def original_path(bag: Value, path: Path) -> Path:
    """A path in `known_only(bag)` as a path in the bag itself: unknown entries shift places."""
    real: list[str | int] = []
    for part in path:
        if isinstance(part, int) and isinstance(bag, list):
            known = [i for i, entry in enumerate(bag) if entry is not UNKNOWN]
            part = known[part] if part < len(known) else part
        real.append(part)
        bag = get(bag, (part,))
    return tuple(real)
