"""Property values as Pulumi writes them into JSON, with secrets and unknowns made visible."""

from collections.abc import Mapping
from enum import Enum
from typing import Final, TypeAlias

from ...core import signatures


class Marker(Enum):
    """Stands for a value that the input does not show."""

    SECRET = "[secret]"  # noqa: S105
    UNKNOWN = "[unknown]"


SECRET: Final = Marker.SECRET
UNKNOWN: Final = Marker.UNKNOWN

PropertyValue: TypeAlias = (
    "str | int | float | Marker | list[PropertyValue] | Mapping[str, PropertyValue] | None"
)
"""A JSON value, with a marker where a secret or an unknown value stands."""

Properties: TypeAlias = Mapping[str, PropertyValue]
"""A JSON object."""

_INTERNAL: Final = frozenset(("__defaults", "__meta", "__provider"))
"""Names of tags, and usernames in a roster, may begin like them."""


def decode(value: PropertyValue) -> PropertyValue:
    """A JSON value with SECRET and UNKNOWN in place of what Pulumi writes for them.

    Members that providers keep for themselves are dropped at every depth; numbers without a
    fraction become integers, since the same number arrives both as `60` and as `60.0`.
    """
    if isinstance(value, str):
        if value == SECRET.value:
            return SECRET
        return UNKNOWN if value in signatures.UNKNOWNS else value
    if isinstance(value, Mapping):
        return _decode_mapping(value)
    if isinstance(value, list):
        return [decode(entry) for entry in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _decode_mapping(value: Properties) -> PropertyValue:
    signature = value.get(signatures.SIGNATURE)
    if signature == signatures.SECRET:
        return SECRET
    if signature == signatures.OUTPUT:
        if value.get("secret"):
            return SECRET
        return decode(value["value"]) if "value" in value else UNKNOWN
    return {str(key): decode(member) for key, member in value.items() if key not in _INTERNAL}


def properties(value: PropertyValue) -> Properties:
    """The decoded inputs or outputs of a resource; empty where there are none."""
    return mapping(decode(mapping(value)))


# The shapes that members of a document should have; what has another shape counts as empty. A newer
# engine, a wrapper, or an attacker may write anything.


def mapping(value: PropertyValue) -> Properties:
    """A JSON object."""
    return value if isinstance(value, Mapping) else {}


def entries(value: PropertyValue) -> list[PropertyValue]:
    """A JSON list; of an object, its keys."""
    return list(value) if isinstance(value, list | Mapping) else []


def texts(value: Properties) -> dict[str, str]:
    """The members that are texts."""
    return {key: text for key, text in value.items() if isinstance(text, str)}


def counts(value: PropertyValue) -> dict[str, int]:
    """An object of numbers: operation -> number of resources."""
    return {key: count for key, count in mapping(value).items() if isinstance(count, int)}
