"""The resource types that declare users, and how each spells what a user is.

Everything else is counted and listed by its name alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from ..model.references import OF_USER
from ..users.directory_id import without_assigned
from .input.property_values import UNKNOWN, Marker
from .user_change import Wire

USER: Final = "pulumi-python:dynamic/connect:User"
USER_BATCH: Final = "pulumi-python:dynamic/connect:UserBatch"
USER_STATUS: Final = "pulumi-python:dynamic/connect:UserStatus"
OWN: Final = frozenset({USER, USER_BATCH, USER_STATUS})
"""The types whose provider is this project's."""
AWS_USER: Final = "aws:connect/user:User"
AWS_NATIVE_USER: Final = "aws-native:connect:User"

ROSTER: Final = "connect:index:UserRoster"
"""A component: its users are in its batches."""
STACK: Final = "pulumi:pulumi:Stack"
_INTERNAL: Final = ("pulumi:pulumi:", "pulumi:providers:")


def is_internal(type_token: str) -> bool:
    """Whether nobody asked for the resource itself: stacks, providers, what holds batches."""
    return type_token == ROSTER or type_token.startswith(_INTERNAL)


def declared_name(type_token: str, name: str) -> str:
    """A resource's name as its program has it: a roster names its up to 64 batches `west-07`."""
    return _NUMBER.sub("", name) if type_token == USER_BATCH else name


_NUMBER: Final = re.compile(r"-\d\d\Z")


def short_name(type_token: str) -> str:
    """The type as a program would write it: `connect.User`, `aws.connect.User`."""
    if type_token == USER_BATCH:
        return "connect.UserRoster"
    package, _, rest = type_token.partition(":")
    module, _, name = rest.rpartition(":")
    module = module.removeprefix("dynamic/")
    # A bridged type repeats its own name: connect/user:User.
    folders = [part for part in module.split("/") if part.lower() != name.lower()]
    parts = [package, *folders, name] if package != "pulumi-python" else [*folders, name]
    return ".".join(part for part in parts if part)


def _own(inputs: Wire) -> Wire:
    """Our own user: of an instance that is not made yet only names are known, which stand in."""
    inputs = without_assigned(inputs)
    stand_in = {
        r.id: inputs[r.fact]
        for r in OF_USER
        if _is_not_known_yet(inputs.get(r.id)) and not isinstance(inputs.get(r.fact), Marker | None)
    }
    return {**inputs, **stand_in} if stand_in else inputs


def _is_not_known_yet(value: Any) -> bool:
    entries = value if isinstance(value, list) else [value]
    return bool(entries) and all(entry is UNKNOWN for entry in entries)


_AWS_NAMES = {"name": "username"}
_AWS_DERIVED = ("tagsAll",)


def _aws(inputs: Wire) -> Wire:
    """`aws:connect/user:User`: the username is `name`; `tagsAll` repeats the provider's tags."""
    return {_AWS_NAMES.get(k, k): v for k, v in inputs.items() if k not in _AWS_DERIVED}


_NATIVE_NAMES = {
    "routingProfileArn": "routingProfileId",
    "securityProfileArns": "securityProfileIds",
    "hierarchyGroupArn": "hierarchyGroupId",
    "userProficiencies": "proficiencies",
}


def _native(inputs: Wire) -> Wire:
    """`aws-native:connect:User`: ARNs instead of ids, tags as a list."""
    wire = {_NATIVE_NAMES.get(k, k): v for k, v in inputs.items()}
    tags = wire.get("tags")
    if isinstance(tags, list):
        entries = [t for t in tags if isinstance(t, Mapping)]
        wire["tags"] = {_key(t.get("key", "")): t.get("value") for t in entries}
    return wire


ADAPTERS: Final[Mapping[str, Callable[[Wire], Wire]]] = {
    USER: _own,
    AWS_USER: _aws,
    AWS_NATIVE_USER: _native,
}
"""User type -> from its inputs to our wire shape."""


def _key(written: Any) -> str:
    return "?" if isinstance(written, Marker) else str(written)


NAMED: Final[Mapping[str, tuple[str, str]]] = {
    "aws:connect/securityProfile:SecurityProfile": ("securityProfileId", "name"),
    "aws:connect/routingProfile:RoutingProfile": ("routingProfileId", "name"),
    "aws:connect/userHierarchyGroup:UserHierarchyGroup": ("hierarchyGroupId", "name"),
    "aws-native:connect:SecurityProfile": ("securityProfileArn", "securityProfileName"),
    "aws-native:connect:RoutingProfile": ("routingProfileArn", "name"),
    "aws-native:connect:UserHierarchyGroup": ("userHierarchyGroupArn", "name"),
}
"""Types that give an id a name: the outputs that hold the id (or ARN) and the name."""


def renamed(type_token: str, property_path: str) -> str:
    """A property path of a type as our wire shape calls it."""
    first = property_path.split(".")[0].split("[")[0]
    names = {AWS_USER: _AWS_NAMES, AWS_NATIVE_USER: _NATIVE_NAMES}.get(type_token, {})
    return str(names.get(first, first))


def wire_of(type_token: str, inputs: Mapping[str, Any], outputs: Mapping[str, Any]) -> Wire:
    """A user's inputs in our wire shape; outputs stand in where a state holds no inputs."""
    return ADAPTERS[type_token](inputs or outputs)
