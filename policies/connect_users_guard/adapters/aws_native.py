"""The resources of the aws-native provider: CloudFormation's shapes, in camelCase."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

from pulumi_policy import Secret

from ..absent import UNKNOWN
from ..edit import REMOVE, Edit
from ..remediation import apply, below
from ..subject import InstanceView, ProfileView, Resource, Subject, UserView
from .adapter import Adapter, is_generated, renamed

_USER = {
    "routingProfileArn": "routingProfileId",
    "securityProfileArns": "securityProfileIds",
    "hierarchyGroupArn": "hierarchyGroupId",
    "userProficiencies": "proficiencies",
}
_TAG_LISTS = ("tags", "allowedAccessControlTags")


def _bag(resource: Resource, names: Mapping[str, str]) -> dict[str, Any]:
    bag = renamed(resource.bag, names)
    for key in _TAG_LISTS:
        if isinstance(bag.get(key), list):
            bag[key] = _tags(bag[key])
    return bag


def _tags(entries: list[Any]) -> Any:
    """A list of key and value as a map; UNKNOWN if a key is not known."""
    tags = {}
    for entry in entries:
        if not isinstance(entry, Mapping) or not isinstance(entry.get("key"), str):
            return UNKNOWN
        tags[entry["key"]] = entry.get("value", "")
    return tags


def _user(resource: Resource) -> tuple[UserView, ...]:
    bag = _bag(resource, _USER)
    return (UserView(resource=resource, bag=bag, username_generated=is_generated(resource, bag)),)


def _profile(resource: Resource) -> tuple[ProfileView, ...]:
    return (ProfileView(resource=resource, bag=_bag(resource, {})),)


def _instance(resource: Resource) -> tuple[InstanceView, ...]:
    return (InstanceView(resource=resource, bag=_bag(resource, {"arn": "instanceArn"})),)


def _write(raw: MutableMapping[str, Any], edits: list[Edit], _subject: Subject) -> bool:
    """Tags are a list here: it is replaced as a whole, its other entries as they are."""
    others = [edit for edit in edits if edit.path[0] != "tags"]
    changed = apply(raw, others)
    for edit in edits:
        if edit.path[0] == "tags":
            changed = _write_tag(raw, str(edit.path[1]), edit.value) or changed
    return changed


def _write_tag(raw: MutableMapping[str, Any], key: str, value: Any) -> bool:
    held = raw.get("tags")
    tags = below(held)
    if tags is not None and not isinstance(tags, list):
        return False
    kept = [t for t in tags or [] if not (isinstance(t, Mapping) and t.get("key") == key)]
    new = kept if value is REMOVE else [*kept, {"key": key, "value": value}]
    raw["tags"] = Secret(new) if isinstance(held, Secret) else new
    return True


NATIVE_USER = Adapter(type="aws-native:connect:User", read=_user, write=_write)
NATIVE_PROFILE = Adapter(type="aws-native:connect:SecurityProfile", read=_profile)
NATIVE_INSTANCE = Adapter(type="aws-native:connect:Instance", read=_instance)
