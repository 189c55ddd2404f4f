"""The resources of the aws provider: Terraform's shapes, in camelCase."""

from __future__ import annotations

from ..subject import InstanceView, ProfileView, Resource, UserView
from .adapter import Adapter, is_generated, renamed

_USER = {"name": "username", "instanceId": "instanceArn"}
_PROFILE = {"name": "securityProfileName", "instanceId": "instanceArn"}


def _user(resource: Resource) -> tuple[UserView, ...]:
    # A user's `tagsAll` holds the provider's default tags too, and exists in state only.
    bag = renamed(resource.bag, _USER)
    return (UserView(resource=resource, bag=bag, username_generated=is_generated(resource, bag)),)


def _profile(resource: Resource) -> tuple[ProfileView, ...]:
    return (ProfileView(resource=resource, bag=renamed(resource.bag, _PROFILE)),)


def _instance(resource: Resource) -> tuple[InstanceView, ...]:
    bag = dict(resource.bag)
    if "arn" in bag:
        bag["instanceArn"] = bag["arn"]
    return (InstanceView(resource=resource, bag=bag),)


AWS_USER = Adapter(type="aws:connect/user:User", read=_user)
AWS_PROFILE = Adapter(type="aws:connect/securityProfile:SecurityProfile", read=_profile)
AWS_INSTANCE = Adapter(type="aws:connect/instance:Instance", read=_instance)
