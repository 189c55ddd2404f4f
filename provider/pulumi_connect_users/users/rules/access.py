"""Profiles and hierarchy: given once, as an id or as a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...core.arns import last_part
from ...core.check_failure import Failure
from .draft import Draft
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
def instance_required(draft: Draft) -> Iterator[Failure]:
    if draft.lacks("instanceArn"):
        yield refuse("instanceArn", "is missing", "Give instance=Instance(id or ARN).")


@rule("A routing profile is required.", CREATE_USER)
def routing_profile_required(draft: Draft) -> Iterator[Failure]:
    yield from _required(draft, "routingProfileId", "routingProfile")


@rule("1 to 10 security profiles are required.", CREATE_USER)
def security_profiles_required(draft: Draft) -> Iterator[Failure]:
    yield from _required(draft, "securityProfileIds", "securityProfiles")


def _required(draft: Draft, by_id: str, by_name: str) -> Iterator[Failure]:
    # A user that exists has one, whoever manages it.
    if draft.creates and draft.lacks(by_id) and draft.lacks(by_name):
        yield refuse(by_name, "is missing", f"Give {_PROGRAM[by_name]} or {_PROGRAM[by_id]}.")


@rule("An id and a name for the same thing exclude each other.", CREATE_USER, kind="ours")
def id_or_name(draft: Draft) -> Iterator[Failure]:
    for by_id, by_name in _PAIRS:
        if draft.has(by_id) and draft.has(by_name):
            yield refuse(by_name, f"is given beside {_PROGRAM[by_id]}", "Keep one of the two.")


@rule("A security profile is assigned once.", CREATE_USER, kind="ours")
def security_profiles_unique(draft: Draft) -> Iterator[Failure]:
    for path in ("securityProfileIds", "securityProfiles"):
        # An id and the ARN that it ends are the same profile; no name holds a slash.
        counts = Counter(last_part(given) for given in draft.get(path) or ())
        for value, count in counts.items():
            if count > 1:
                yield refuse(path, f"names {value} {count} times", "Keep one.")
