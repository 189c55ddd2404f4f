"""Property values as Pulumi writes them into JSON, with secrets and unknowns made visible.

Source of the constants: Pulumi, sdk/go/common/resource/plugin/rpc.go and resource/sig/sig.go.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final, TypeAlias


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

_SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
_SECRET_SIGNATURE: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105
_OUTPUT_SIGNATURE: Final = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
_UNKNOWNS: Final = frozenset(
    {
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",  # string
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # bool
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # number
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # array
        "030794c1-ac77-496b-92df-f27374a8bd58",  # asset
        "e48ece36-62e2-4504-bad9-02848725956a",  # archive
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # object
    }
)
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
        return UNKNOWN if value in _UNKNOWNS else value
    if isinstance(value, Mapping):
        return _decode_mapping(value)
    if isinstance(value, list):
        return [decode(entry) for entry in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _decode_mapping(value: Properties) -> PropertyValue:
    signature = value.get(_SIGNATURE)
    if signature == _SECRET_SIGNATURE:
        return SECRET
    if signature == _OUTPUT_SIGNATURE:
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


def counts(value: PropertyValue) -> dict[str, int]:
    """An object of numbers: operation -> number of resources."""
    return {key: count for key, count in mapping(value).items() if isinstance(count, int)}
