"""Resource types: which declare users, which give ids names, and what a reader calls them."""

import re
from collections.abc import Mapping
from typing import Final

from ..core.user_resources import (
    AWS_NATIVE_PROFILE,
    AWS_PROFILE,
    ROSTERS,
    USER_BATCH,
    wire_properties,
)
from ..model.references import OF_USER
from ..users.directory_id import without_assigned
from .input.property_values import UNKNOWN, Marker, Properties, PropertyValue

ROSTER: Final = "connect:index:UserRoster"
"""A component: its users are in its batches."""
STACK: Final = "pulumi:pulumi:Stack"
_INTERNAL: Final = ("pulumi:pulumi:", "pulumi:providers:")


def is_internal(type_token: str) -> bool:
    """Whether a program does not declare it as such: stacks, providers, what holds batches."""
    return type_token == ROSTER or type_token.startswith(_INTERNAL)


def declared_name(type_token: str, name: str) -> str:
    """A resource's name in its program: a roster names its batches `west-07`."""
    return _NUMBER.sub("", name) if type_token == USER_BATCH else name


_NUMBER: Final = re.compile(r"-\d\d\Z")


def short_name(type_token: str) -> str:
    """The type as a program would write it: `connect.User`, `aws.connect.User`."""
    if type_token in ROSTERS:
        return "connect.UserRoster"
    package, _, rest = type_token.partition(":")
    module, _, name = rest.rpartition(":")
    module = module.removeprefix("dynamic/")
    package = "connect" if package == "connect-users" else package
    module = "" if module == "index" else module
    # A bridged type repeats its own name: connect/user:User.
    folders = [part for part in module.split("/") if part.lower() != name.lower()]
    parts = [package, *folders, name] if package != "pulumi-python" else [*folders, name]
    return ".".join(part for part in parts if part)


def wire_of(type_token: str, properties: Properties) -> Properties:
    """A user's properties under their wire names."""
    wire = without_assigned(wire_properties(type_token, properties, UNKNOWN))
    return {**wire, **_stand_ins(wire)}


def _stand_ins(wire: Properties) -> Properties:
    """Names in the place of ids that are not known yet: those of an instance to be created."""
    return {
        r.id: name
        for r in OF_USER
        if _is_unknown(wire.get(r.id)) and not isinstance(name := wire.get(r.fact), Marker | None)
    }


def _is_unknown(value: PropertyValue) -> bool:
    entries = value if isinstance(value, list) else [value]
    return bool(entries) and all(entry is UNKNOWN for entry in entries)


NAMED: Final[Mapping[str, tuple[str, str]]] = {
    AWS_PROFILE: ("securityProfileId", "name"),
    "aws:connect/routingProfile:RoutingProfile": ("routingProfileId", "name"),
    "aws:connect/userHierarchyGroup:UserHierarchyGroup": ("hierarchyGroupId", "name"),
    AWS_NATIVE_PROFILE: ("securityProfileArn", "securityProfileName"),
    "aws-native:connect:RoutingProfile": ("routingProfileArn", "name"),
    "aws-native:connect:UserHierarchyGroup": ("userHierarchyGroupArn", "name"),
}
"""Types that name an id: the outputs with the id (or ARN) and the name."""
