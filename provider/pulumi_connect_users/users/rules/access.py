"""Profiles and hierarchy: given once, as an id or as a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...core.arns import last_part
from ...core.check_failure import Failure
from ...core.properties import texts
from ..declared_user import DeclaredUser
from .registry import CREATE_USER, refuse, rule

_PAIRS = (
    ("routingProfileId", "routingProfile"),
    ("securityProfileIds", "securityProfiles"),
    ("hierarchyGroupId", "hierarchyGroup"),
)
_PROGRAM = {
    "routingProfileId": "routing_profile_id",
    "securityProfileIds": "security_profile_ids",
    "hierarchyGroupId": "hierarchy_group_id",
    "routingProfile": "routing_profile",
    "securityProfiles": "security_profiles",
    "hierarchyGroup": "hierarchy_group",
}


@rule("The instance is required.", CREATE_USER)
def instance_required(user: DeclaredUser) -> Iterator[Failure]:
    if user.absent("instanceArn"):
        yield refuse("instanceArn", "is missing", "Give instance=Instance(id or ARN).")


@rule("A routing profile is required.", CREATE_USER)
def routing_profile_required(user: DeclaredUser) -> Iterator[Failure]:
    yield from _required(user, "routingProfileId", "routingProfile")


@rule("1 to 10 security profiles are required.", CREATE_USER)
def security_profiles_required(user: DeclaredUser) -> Iterator[Failure]:
    yield from _required(user, "securityProfileIds", "securityProfiles")


def _required(user: DeclaredUser, by_id: str, by_name: str) -> Iterator[Failure]:
    # A user that exists has one, whoever manages it.
    if user.creates and user.absent(by_id) and user.absent(by_name):
        yield refuse(by_name, "is missing", f"Give {_PROGRAM[by_name]} or {_PROGRAM[by_id]}.")


@rule("An id and a name for the same thing exclude each other.", CREATE_USER, kind="ours")
def id_or_name(user: DeclaredUser) -> Iterator[Failure]:
    for by_id, by_name in _PAIRS:
        if user.has(by_id) and user.has(by_name):
            yield refuse(by_name, f"is given beside {_PROGRAM[by_id]}", "Keep one of the two.")


@rule("A security profile is assigned once.", CREATE_USER, kind="ours")
def security_profiles_unique(user: DeclaredUser) -> Iterator[Failure]:
    for path in ("securityProfileIds", "securityProfiles"):
        # An id and the ARN that it ends are the same profile; no name holds a slash.
        counts = Counter(last_part(given) for given in texts(user.get(path)))
        for value, count in counts.items():
            if count > 1:
                yield refuse(path, f"names {value} {count} times", "Keep one.")
