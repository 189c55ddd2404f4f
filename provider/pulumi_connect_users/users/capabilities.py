"""The fact `capabilities`: what the permissions of a user's security profiles allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final
from weakref import WeakKeyDictionary

from ..access.admin import ADMIN
from ..access.changes import LEADING, Account
from ..access.effective import capabilities_of
from ..access.profiles import holders
from ..core.errors import LookUpUnavailable
from ..core.lookups import Catalog, Kind, Lookups
from ..core.properties import Properties, Value, entries, members
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
    given = reference_of(user, SECURITY_PROFILES.id)
    if given is None or instance_arn is None:
        return {}
    ids = tuple(one for one in entries(given) if isinstance(one, str))
    if not isinstance(instance_arn, str) or len(ids) < len(entries(given)) or given is UNKNOWN:
        return {CAPABILITIES: UNKNOWN}
    # Of an instance that is not known, passwords count as kept there: nothing is understated.
    kept = identity_type in (None, "CONNECT_MANAGED")
    try:
        holding = _holding(ids, instance_arn, lookups)
        names = holding.names(user, instance_arn, lookups, with_passwords=kept)
    except LookUpUnavailable:
        return {}
    return {} if names is None else {CAPABILITIES: names}


def reference_of(user: Properties, wire: str) -> Value:
    """An id, or ids, that the user has; of a part what others decide."""
    own = user.get(wire)
    return members(user.get(PART)).get(wire) if own is None else own


@dataclass(frozen=True)
class _Holding:
    """Security profiles that users hold together, in one instance."""

    account: Account
    """That of a user who holds them, without tags and hierarchy group."""
    profiles: frozenset[SecurityProfile] | None
    """None where one could not be read."""
    admin: SecurityProfile | None = None
    """The profile Admin, if these may lead there."""
    compared: Tags = frozenset()
    """Tags of users and profiles that they are restricted to."""
    by_hierarchy: bool = False
    """Whether they are restricted to users of a hierarchy group."""
    known: dict[tuple[Account, bool], list[str]] = field(default_factory=dict)
    """The names, by account and whether Amazon Connect keeps passwords."""

    def names(
        self, user: Properties, instance_arn: str, lookups: Lookups, *, with_passwords: bool
    ) -> Value:
        """What a user who holds them can do, None or UNKNOWN where that is not known."""
        if self.profiles is None:
            return None
        own = self._account(user, instance_arn, lookups)
        if own is None:
            return UNKNOWN
        names = self.known.get((own, with_passwords))
        if names is None:
            names = capabilities_of(own, self.profiles, self.admin, with_passwords=with_passwords)
            self.known[own, with_passwords] = names
        return names

    def _account(self, user: Properties, instance_arn: str, lookups: Lookups) -> Account | None:
        """The user's own account, None where the rest of the run decides what matters of it."""
        tags, groups = Tags(), tuple[str, ...]()
        if self.compared:
            declared = user.get("tags")
            if declared is UNKNOWN or UNKNOWN in members(declared).values():
                return None
            tags = self.compared & {
                (k, v) for k, v in members(declared).items() if isinstance(v, str)
            }
        if self.by_hierarchy and (group := reference_of(user, HIERARCHY_GROUP.id)):
            if not isinstance(group, str):
                return None
            groups = _with_those_above(group, lookups.catalog(instance_arn, Kind.HIERARCHY_GROUP))
        return replace(self.account, tags=tags, groups=groups) if tags or groups else self.account


_HOLDINGS: Final[WeakKeyDictionary[Lookups, dict[tuple[str, tuple[str, ...]], _Holding]]] = (
    WeakKeyDictionary()
)
"""Those of each process's look-ups: most users of a roster share some sets of profiles."""


def _holding(ids: tuple[str, ...], instance_arn: str, lookups: Lookups) -> _Holding:
    holdings = _HOLDINGS.setdefault(lookups, {})
    known = holdings.get((instance_arn, ids))
    if known is None:
        known = holdings[instance_arn, ids] = _read(ids, instance_arn, lookups)
    return known


def _read(ids: tuple[str, ...], instance_arn: str, lookups: Lookups) -> _Holding:
    account = Account(frozenset(ids))
    profiles = _profiles(ids, instance_arn, lookups)
    if profiles is None or not holders(profiles, LEADING):
        return _Holding(account, profiles)
    compares = any(profile.scope("SecurityProfile").tags for profile in profiles)
    if compares:
        # Their own tags matter, whatever they permit.
        profiles = _profiles(ids, instance_arn, lookups, whole=True)
        if profiles is None:
            return _Holding(account, None)
    compared = Tags().union(*(profile.allowed_tags for profile in profiles))
    admin = _admin(instance_arn, lookups, compared if compares else None)
    by_hierarchy = any(profile.scope("User").group is not None for profile in profiles)
    return _Holding(account, profiles, admin, compared, by_hierarchy)


def _profiles(
    ids: Iterable[str], instance_arn: str, lookups: Lookups, *, whole: bool = False
) -> frozenset[SecurityProfile] | None:
    profiles = [lookups.security_profile(instance_arn, one, whole=whole) for one in ids]
    read = frozenset(profile for profile in profiles if profile is not None)
    return None if None in profiles else read


def _admin(instance_arn: str, lookups: Lookups, compared: Tags | None) -> SecurityProfile | None:
    """The profile Admin, with its tags if they are compared with others."""
    for one in lookups.catalog(instance_arn, Kind.SECURITY_PROFILE).ids_of(ADMIN):
        if compared is None:
            return SecurityProfile(one, ADMIN, None)
        whole = lookups.security_profile(instance_arn, one, whole=True)
        # What cannot be read counts as within every restriction.
        return whole or SecurityProfile(one, ADMIN, None, tags=compared)
    return None


def _with_those_above(group_id: str, groups: Catalog) -> tuple[str, ...]:
    """The ids of a hierarchy group and of those above it, from the top."""
    names = groups.names.get(group_id, "").split("/")
    paths = ["/".join(names[:depth]) for depth in range(1, len(names))]
    return (*(one for path in paths for one in groups.ids_of(path)), group_id)
