"""The fact `capabilities`: what the permissions of a user's security profiles allow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ..access.admin import ADMIN
from ..access.changes import LEADING, Account
from ..access.effective import capabilities_of
from ..access.profiles import holders
from ..core.errors import LookUpUnavailable
from ..core.lookups import Kind, Lookups
from ..core.properties import Properties, Value, entries, members, text, texts
from ..core.security_profile import SecurityProfile, Tags
from ..core.unknowns import UNKNOWN
from ..core.user_resources import PART
from ..model.references import HIERARCHY_GROUP, SECURITY_PROFILES

CAPABILITIES: Final = "capabilities"


def fact_of(
    user: Properties, instance_arn: Value, identity_type: str | None, lookups: Lookups
) -> Properties:
    """The fact for a user whose references are resolved; nothing where it cannot be read.

    UNKNOWN where it depends on what a preview cannot know.
    """
    ids = reference_of(user, SECURITY_PROFILES.id)
    if ids is None or instance_arn is None:
        return {}
    if not isinstance(instance_arn, str) or ids is UNKNOWN or UNKNOWN in entries(ids):
        return {CAPABILITIES: UNKNOWN}
    # Of an instance that is not known, passwords count as kept there: nothing is understated.
    with_passwords = identity_type in (None, "CONNECT_MANAGED")
    try:
        names = _names(user, texts(ids), instance_arn, lookups, with_passwords=with_passwords)
    except LookUpUnavailable:
        return {}
    return {} if names is None else {CAPABILITIES: names}


def _names(
    user: Properties,
    ids: Sequence[str],
    instance_arn: str,
    lookups: Lookups,
    *,
    with_passwords: bool,
) -> Value:
    profiles = _profiles(ids, instance_arn, lookups)
    if profiles is None:
        return None
    account: Account | None = Account(frozenset(ids))
    admin = None
    if holders(profiles, LEADING):
        account = _account(user, profiles, instance_arn, lookups)
        admin = _admin(profiles, instance_arn, lookups)
    if account is None:
        return UNKNOWN
    known = frozenset(profiles)
    return list(capabilities_of(account, known, admin, with_passwords=with_passwords))


def reference_of(user: Properties, wire: str) -> Value:
    """An id, or ids, that the user has; of a part what others decide."""
    own = user.get(wire)
    return members(user.get(PART)).get(wire) if own is None else own


def _profiles(
    ids: Sequence[str], instance_arn: str, lookups: Lookups
) -> list[SecurityProfile] | None:
    """All of them, None if one cannot be read; whole where a restriction compares their tags."""
    profiles = [lookups.security_profile(instance_arn, one) for one in ids]
    read = [profile for profile in profiles if profile is not None]
    if len(read) == len(ids) and _compares_profiles(read):
        profiles = [lookups.security_profile(instance_arn, one, whole=True) for one in ids]
        read = [profile for profile in profiles if profile is not None]
    return read if len(read) == len(ids) else None


def _compares_profiles(profiles: Iterable[SecurityProfile]) -> bool:
    return any(profile.scope("SecurityProfile").tags for profile in profiles)


def _admin(
    profiles: Iterable[SecurityProfile], instance_arn: str, lookups: Lookups
) -> SecurityProfile | None:
    """The profile Admin, with its tags where they are compared."""
    for one in lookups.catalog(instance_arn, Kind.SECURITY_PROFILE).ids_of(ADMIN):
        if not _compares_profiles(profiles):
            return SecurityProfile(one, ADMIN, None)
        admin = lookups.security_profile(instance_arn, one, whole=True)
        # What cannot be read counts as within every restriction.
        return admin or SecurityProfile(one, ADMIN, None, tags=_compared(profiles))
    return None


def _account(
    user: Properties, profiles: Sequence[SecurityProfile], instance_arn: str, lookups: Lookups
) -> Account | None:
    """The user's own account, None where the rest of the run decides what matters of it."""
    tags, groups = frozenset[tuple[str, str]](), tuple[str, ...]()
    if compared := _compared(profiles):
        declared = user.get("tags")
        if declared is UNKNOWN or UNKNOWN in members(declared).values():
            return None
        tags = compared & {(k, v) for k, v in members(declared).items() if isinstance(v, str)}
    if any(profile.scope("User").group is not None for profile in profiles):
        group = reference_of(user, HIERARCHY_GROUP.id)
        if group is UNKNOWN:
            return None
        groups = _groups(text(group) or "", instance_arn, lookups)
    return Account(frozenset(profile.id for profile in profiles), tags, groups)


def _compared(profiles: Iterable[SecurityProfile]) -> Tags:
    """The tags that the profiles are restricted to."""
    return Tags().union(*(profile.allowed_tags for profile in profiles))


def _groups(group_id: str, instance_arn: str, lookups: Lookups) -> tuple[str, ...]:
    """The ids of a hierarchy group and those above it, from the top."""
    if not group_id:
        return ()
    paths = lookups.catalog(instance_arn, Kind.HIERARCHY_GROUP).names
    own = f"{paths.get(group_id, '')}/"
    above = [one for one, path in paths.items() if own.startswith(f"{path}/")]
    return tuple(sorted({*above, group_id}, key=lambda one: len(paths.get(one, own))))
