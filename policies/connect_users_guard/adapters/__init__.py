"""Resource types that the rules know, one module for each family; a table of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..subject import InstanceView, ProfileView, Resource, Stack, Subject, UserView
from .adapter import Adapter
from .aws import AWS_INSTANCE, AWS_PROFILE, AWS_USER
from .aws_native import NATIVE_INSTANCE, NATIVE_PROFILE, NATIVE_USER
from .dynamic import DYNAMIC_USER
from .roster import ROSTER

ADAPTERS: Mapping[str, Adapter] = {
    adapter.type: adapter
    for adapter in (
        DYNAMIC_USER,
        ROSTER,
        AWS_USER,
        NATIVE_USER,
        AWS_PROFILE,
        NATIVE_PROFILE,
        AWS_INSTANCE,
        NATIVE_INSTANCE,
    )
}

USERS = (DYNAMIC_USER.type, ROSTER.type, AWS_USER.type, NATIVE_USER.type)
SINGLE_USERS = (DYNAMIC_USER.type, AWS_USER.type, NATIVE_USER.type)
PROFILES = (AWS_PROFILE.type, NATIVE_PROFILE.type)
INSTANCES = (AWS_INSTANCE.type, NATIVE_INSTANCE.type)


def subjects_of(resource: Resource) -> tuple[Subject, ...]:
    """What a resource holds for the rules: none, one, or every user of a roster."""
    adapter = ADAPTERS.get(resource.type)
    return () if adapter is None else adapter.read(resource)


def stack_of(resources: Iterable[Resource]) -> Stack:
    """All that the resources of a stack hold for the rules."""
    subjects = [s for resource in resources for s in subjects_of(resource)]
    return Stack(
        users=tuple(s for s in subjects if isinstance(s, UserView)),
        profiles=tuple(s for s in subjects if isinstance(s, ProfileView)),
        instances=tuple(s for s in subjects if isinstance(s, InstanceView)),
    )
