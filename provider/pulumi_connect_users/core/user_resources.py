"""The resource types that declare users, and how each spells a user's properties.

The policy pack stands alone and has a copy, which `make generate` makes: this module imports the
standard library only.
"""

from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

T = TypeVar("T")

USER: Final = "pulumi-python:dynamic/connect:User"
USER_BATCH: Final = "pulumi-python:dynamic/connect:UserBatch"
USER_STATUS: Final = "pulumi-python:dynamic/connect:UserStatus"
NATIVE_USER: Final = "connect-users:index:User"
NATIVE_ROSTER: Final = "connect-users:index:UserRoster"
NATIVE_STATUS: Final = "connect-users:index:UserStatus"
"""Those of the native plugin, with the same properties."""
AWS_USER: Final = "aws:connect/user:User"
AWS_NATIVE_USER: Final = "aws-native:connect:User"
OWN_USERS: Final = (USER, NATIVE_USER)
STATUSES: Final = (USER_STATUS, NATIVE_STATUS)
ROSTERS: Final = (USER_BATCH, NATIVE_ROSTER)
"""The types of which one resource is many users."""
SINGLE_USERS: Final = (*OWN_USERS, AWS_USER, AWS_NATIVE_USER)
"""The types of which one resource is one user."""
USERS: Final = (*SINGLE_USERS, *ROSTERS)

AWS_PROFILE: Final = "aws:connect/securityProfile:SecurityProfile"
AWS_NATIVE_PROFILE: Final = "aws-native:connect:SecurityProfile"
AWS_INSTANCE: Final = "aws:connect/instance:Instance"
AWS_NATIVE_INSTANCE: Final = "aws-native:connect:Instance"
PROFILES: Final = (AWS_PROFILE, AWS_NATIVE_PROFILE)
INSTANCES: Final = (AWS_INSTANCE, AWS_NATIVE_INSTANCE)

_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    AWS_USER: {"name": "username", "instanceId": "instanceArn"},
    AWS_NATIVE_USER: {
        "routingProfileArn": "routingProfileId",
        "securityProfileArns": "securityProfileIds",
        "hierarchyGroupArn": "hierarchyGroupId",
        "userProficiencies": "proficiencies",
    },
    AWS_PROFILE: {"name": "securityProfileName", "instanceId": "instanceArn"},
    AWS_INSTANCE: {"arn": "instanceArn"},
    AWS_NATIVE_INSTANCE: {"arn": "instanceArn"},
}
"""Type -> its property -> the wire name; all others are equal."""
_DERIVED: Final = ("tagsAll",)
"""The tags again, with the provider's default tags."""
TAG_LISTS: Final = ("tags", "allowedAccessControlTags")
"""Maps that aws-native writes as lists of key and value."""

PART: Final = "part"
"""Marks a part of a user: holds the ids of what is left to others, as Connect last had them."""

SHARED: Final = ("instanceArn", "identityManagementType")
"""What a batch holds once for all of its users."""


def wire_name(type_token: str, name: str) -> str:
    """The wire name of a type's property."""
    return _NAMES.get(type_token, {}).get(name, name)


def names_of(type_token: str) -> Mapping[str, str]:
    """Wire name -> the type's own name, where the two differ."""
    return {wire: own for own, wire in _NAMES.get(type_token, {}).items()}


def wire_properties(type_token: str, properties: Mapping[str, T], unknown: T) -> dict[str, T]:
    """A type's properties under their wire names, lists of tags as maps.

    `unknown` stands for tags of which not every key is known.
    """
    if not type_token.startswith("aws"):
        return dict(properties)
    wire = {
        wire_name(type_token, name): value
        for name, value in properties.items()
        if name not in _DERIVED
    }
    for name in TAG_LISTS:
        if isinstance(wire.get(name), list):
            wire[name] = _tags(wire[name], unknown)
    return wire


def _tags(entries: T, unknown: T) -> T:
    tags = {}
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, Mapping) or not isinstance(entry.get("key"), str):
            return unknown
        tags[entry["key"]] = entry.get("value", "")
    return tags  # type: ignore[return-value]  # a map of T's own members is a T


def batch_members(batch: Mapping[str, T]) -> Iterator[tuple[str, T, dict[str, T]]]:
    """Each user of a roster's batch: username, JSON text, and what stands beside the text.

    None where all users together are secret or unknown.
    """
    users, passwords = batch.get("users"), batch.get("passwords")
    for username, text in users.items() if isinstance(users, Mapping) else ():
        beside = {key: batch[key] for key in SHARED if key in batch}
        if isinstance(passwords, Mapping) and username in passwords:
            beside["password"] = passwords[username]
        yield username, text, beside
