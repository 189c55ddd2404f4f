"""Property bags between a front end's terms and the core's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..core.properties import Properties, Value
from ..core.unknowns import UNKNOWN


def decode(props: Properties, is_unknown: Callable[[Value], bool]) -> dict[str, Value]:
    """A bag in the core's terms: unknown values are UNKNOWN, None is absent, 60.0 is 60.

    Args:
        props: The bag as the front end has it.
        is_unknown: Whether a value is what the front end has for unknown ones.
    """

    def decoded(value: Value) -> Value:
        if is_unknown(value):
            return UNKNOWN
        if isinstance(value, str):
            return value
        if isinstance(value, Mapping):
            return members(value)
        if isinstance(value, list | tuple):
            return [decoded(entry) for entry in value if entry is not None]
        if isinstance(value, float) and value.is_integer():
            return int(value)
        return value

    def members(bag: Properties) -> dict[str, Value]:
        return {key: decoded(value) for key, value in bag.items() if value is not None}

    return members(props)


def encode(props: Properties, unknown: Value) -> dict[str, Value]:
    """A bag in the front end's terms, with `unknown` in place of UNKNOWN."""

    def value_of(value: Value) -> Value:
        if value is UNKNOWN:
            return unknown
        if isinstance(value, Mapping):
            return encode(value, unknown)
        if isinstance(value, list):
            return [value_of(entry) for entry in value]
        return value

    return {key: value_of(value) for key, value in props.items()}


def text_at(props: Properties, key: str) -> str | None:
    """The text under a key, None where there is none or it is not known."""
    value = props.get(key)
    return value if isinstance(value, str) else None
