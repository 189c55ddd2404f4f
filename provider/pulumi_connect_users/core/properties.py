"""Property bags: what an engine sends and stores, in plain values."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypeAlias

from .unknowns import Unknown

Value: TypeAlias = (
    "str | int | float | bool | Unknown | Sequence[Value] | Mapping[str, Value] | None"
)
"""One property. Absent is None or a missing key; `Unknown` is what a preview cannot know."""

Properties: TypeAlias = Mapping[str, Value]
"""Wire names (`identityInfo`, `firstName`) to values."""


@cache
def split(path: str) -> tuple[str, ...]:
    """A wire path as its parts: `identityInfo.firstName`."""
    return tuple(path.split("."))


def text(value: Value) -> str | None:
    """The value if it is a text."""
    return value if isinstance(value, str) else None


def entries(value: Value) -> Sequence[Value]:
    """The entries of a list; none of any other value."""
    return value if isinstance(value, list | tuple) else ()


def texts(value: Value) -> list[str]:
    """The texts in a list."""
    return [entry for entry in entries(value) if isinstance(entry, str)]


def members(value: Value) -> Properties:
    """The members of a structure; none of any other value."""
    return value if isinstance(value, Mapping) else {}


def structures(value: Value) -> list[Properties]:
    """The structures in a list."""
    return [entry for entry in entries(value) if isinstance(entry, Mapping)]
