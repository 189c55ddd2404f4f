"""A resource's properties as plain Python: what the policy SDK wraps, unwrapped once.

The SDK's proxies raise on almost every use of a mapping that holds one unknown value; only `keys`
and `len` never do. Here an unknown becomes the value UNKNOWN, and everything beside it stays.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from pulumi_policy import Secret, proxy
from pulumi_policy.proxy import UnknownValueError

from .absent import MISSING, UNKNOWN, Absent

Property: TypeAlias = (
    "str | int | float | Absent | Sequence[Property] | Mapping[str, Property] | None"
)
"""One property: JSON-like, UNKNOWN where there is no value yet; MISSING is a look-up's result."""

Properties: TypeAlias = Mapping[str, Property]
"""A resource's properties, or a structure among them."""

HIDDEN: Final = "[secret]"
"""Stands in an export for a secret that is not decrypted."""

SENTINELS: Final = frozenset(
    (
        proxy.UNKNOWN_ARCHIVE_VALUE,
        proxy.UNKNOWN_ARRAY_VALUE,
        proxy.UNKNOWN_ASSET_VALUE,
        proxy.UNKNOWN_BOOLEAN_VALUE,
        proxy.UNKNOWN_NUMBER_VALUE,
        proxy.UNKNOWN_OBJECT_VALUE,
        proxy.UNKNOWN_STRING_VALUE,
    )
)
"""The texts that the engine writes for unknown values: the SDK hides them from a validation, but
not from a remediation."""

_INTERNAL: Final = frozenset(("__defaults", "__meta", "__provider"))
"""Members that providers keep for themselves. Other names may begin so: of tags, of usernames."""


def properties(held: Any) -> Properties:
    """What the SDK holds as the properties of a resource, as plain Python."""
    bag = plain(held)
    return bag if isinstance(bag, Mapping) else {}


def plain(value: Any) -> Property:
    """The value as plain Python: whole numbers as ints, no null and no internal members."""
    if isinstance(value, Secret):
        return plain(value.value)
    if isinstance(value, str):
        return UNKNOWN if value == HIDDEN or value in SENTINELS else value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, Mapping):
        return _members(value)
    if isinstance(value, Sequence):
        return [_member(value, index) for index in range(len(value))]
    number: Property = value
    return number


def _members(container: Mapping[Any, Any]) -> Properties:
    members = {str(key): _member(container, key) for key in container if key not in _INTERNAL}
    return {key: member for key, member in members.items() if member is not None}


def _member(container: Any, key: Any) -> Property:
    try:
        return plain(container[key])
    except UnknownValueError:
        return UNKNOWN


def get(bag: Properties, path: str) -> Property:
    """The value at a dotted path; UNKNOWN if it, or anything that holds it, is unknown."""
    value: Property = bag
    for part in path.split("."):
        if value is UNKNOWN:
            return UNKNOWN
        if not isinstance(value, Mapping) or part not in value:
            return MISSING
        value = value[part]
    return MISSING if value is None or value == "" else value
