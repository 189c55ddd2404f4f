"""Property values as Pulumi writes them into JSON, with secrets and unknowns made visible.

Source of the constants: Pulumi, sdk/go/common/resource/plugin/rpc.go and resource/sig/sig.go.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final


class Marker(Enum):
    """A value that is not there to be seen."""

    SECRET = "[secret]"  # noqa: S105
    UNKNOWN = "[unknown]"


SECRET: Final = Marker.SECRET
UNKNOWN: Final = Marker.UNKNOWN

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
"""Other names may begin so: of tags, of usernames in a roster."""


def decode(value: Any) -> Any:
    """A JSON value with SECRET and UNKNOWN in place of what Pulumi writes for them.

    Members that providers keep for themselves are dropped at every depth; numbers
    without a fraction become integers, since the same number arrives both as `60` and as `60.0`.
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


def _decode_mapping(value: Mapping[str, Any]) -> Any:
    signature = value.get(_SIGNATURE)
    if signature == _SECRET_SIGNATURE:
        return SECRET
    if signature == _OUTPUT_SIGNATURE:
        if value.get("secret"):
            return SECRET
        return decode(value["value"]) if "value" in value else UNKNOWN
    return {str(key): decode(member) for key, member in value.items() if key not in _INTERNAL}


def properties(value: Any) -> dict[str, Any]:
    """The decoded inputs or outputs of a resource; empty where there are none."""
    decoded = decode(value) if isinstance(value, Mapping) else {}
    return decoded if isinstance(decoded, dict) else {}
