"""Profiles and hierarchy: given once, as an id or as a name."""

from collections import Counter
from collections.abc import Iterator

from ...core.arns import last_part
from ...core.check_failure import Failure
from ...core.properties import texts
from ...model.attributes import by_wire
from ...model.references import OF_USER, ROUTING_PROFILE, SECURITY_PROFILES, Reference
from ..declared_user import DeclaredUser
from .registry import CREATE_USER, missing, refuse, rule


@rule("The instance is required.", CREATE_USER)
def instance_required(user: DeclaredUser) -> Iterator[Failure]:
    if user.absent("instanceArn"):
        yield missing("instanceArn")


@rule("A routing profile is required.", CREATE_USER)
def routing_profile_required(user: DeclaredUser) -> Iterator[Failure]:
    yield from _required(user, ROUTING_PROFILE)


@rule("1 to 10 security profiles are required.", CREATE_USER)
def security_profiles_required(user: DeclaredUser) -> Iterator[Failure]:
    yield from _required(user, SECURITY_PROFILES)


def _required(user: DeclaredUser, reference: Reference) -> Iterator[Failure]:
    # A user that exists has one, whoever manages it.
    if user.creates and user.absent(reference.id) and user.absent(reference.name):
        yield missing(reference.name)


@rule("An id and a name for the same thing exclude each other.", CREATE_USER, kind="ours")
def id_or_name(user: DeclaredUser) -> Iterator[Failure]:
    for reference in OF_USER:
        if user.has(reference.id) and user.has(reference.name):
            cause = f"is given together with {by_wire()[reference.id].program}"
            yield refuse(reference.name, cause, "Keep one of the two.")


@rule("A security profile is assigned once.", CREATE_USER, kind="ours")
def security_profiles_unique(user: DeclaredUser) -> Iterator[Failure]:
    for path in ("securityProfileIds", "securityProfiles"):
        # An id and the ARN that it ends are the same profile; no name holds a slash.
        counts = Counter(last_part(given) for given in texts(user.get(path)))
        for value, count in counts.items():
            if count > 1:
                yield refuse(path, f"names {value} {count} times", "Keep one.")
