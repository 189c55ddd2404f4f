"""The resources of the aws and aws-native providers, under this project's property names."""

from pulumi_policy import Secret

from ..absent import UNKNOWN
from ..edit import REMOVE, Edit
from ..property_values import Properties
from ..remediation import Raw, apply, unwrapped
from ..subject import InstanceView, ProfileView, Resource, Subject, UserView
from ..user_resources import (
    AWS_INSTANCE,
    AWS_NATIVE_INSTANCE,
    AWS_NATIVE_PROFILE,
    AWS_NATIVE_USER,
    AWS_PROFILE,
    AWS_USER,
    wire_properties,
)
from .adapter import Adapter, is_generated


def _wire(resource: Resource) -> Properties:
    return wire_properties(resource.type, resource.bag, UNKNOWN)


def _user(resource: Resource) -> tuple[UserView, ...]:
    bag = _wire(resource)
    return (UserView(resource=resource, bag=bag, username_generated=is_generated(resource, bag)),)


def _profile(resource: Resource) -> tuple[ProfileView, ...]:
    return (ProfileView(resource=resource, bag=_wire(resource)),)


def _instance(resource: Resource) -> tuple[InstanceView, ...]:
    return (InstanceView(resource=resource, bag=_wire(resource)),)


def _write_native(raw: Raw, edits: list[Edit], _subject: Subject) -> bool:
    """Tags are a list here: it is replaced as a whole, its other entries as they are."""
    others = [edit for edit in edits if edit.path[0] != "tags"]
    changed = apply(raw, others)
    for edit in edits:
        if edit.path[0] == "tags":
            changed = _write_tag(raw, edit) or changed
    return changed


def _write_tag(raw: Raw, edit: Edit) -> bool:
    held, key = raw.get("tags"), edit.path[1]
    tags = unwrapped(held)
    if tags is not None and not isinstance(tags, list):
        return False
    kept = [t for t in tags or [] if not (isinstance(t, dict) and t.get("key") == key)]
    new = kept if edit.value is REMOVE else [*kept, {"key": key, "value": edit.value}]
    raw["tags"] = Secret(new) if isinstance(held, Secret) else new
    return True


ADAPTERS = (
    Adapter(type=AWS_USER, read=_user),
    Adapter(type=AWS_NATIVE_USER, read=_user, write=_write_native),
    Adapter(type=AWS_PROFILE, read=_profile),
    Adapter(type=AWS_NATIVE_PROFILE, read=_profile),
    Adapter(type=AWS_INSTANCE, read=_instance),
    Adapter(type=AWS_NATIVE_INSTANCE, read=_instance),
)
