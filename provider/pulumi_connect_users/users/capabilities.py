"""The fact `capabilities`: what the permissions of a user's security profiles allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
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

    ids: frozenset[str]
    profiles: frozenset[SecurityProfile] | None
    """None where one could not be read."""
    admin: SecurityProfile | None = None
    """The profile Admin, if these may lead there."""
    compared: Tags = frozenset()
    """Tags of users and profiles that they are restricted to."""
    by_hierarchy: bool = False
    """Whether they are restricted to users of a hierarchy group."""
    known: dict[bool, Value] = field(default_factory=dict)
    """The names where nothing else of a user matters, by whether passwords do."""

    def names(
        self, user: Properties, instance_arn: str, lookups: Lookups, *, with_passwords: bool
    ) -> Value:
        """What a user who holds them can do, None or UNKNOWN where that is not known."""
        if with_passwords in self.known:
            return self.known[with_passwords]
        if self.profiles is None:
            return None
        account = self._account(user, instance_arn, lookups)
        if account is None:
            return UNKNOWN
        names = capabilities_of(account, self.profiles, self.admin, with_passwords=with_passwords)
        if not self.compared and not self.by_hierarchy:
            self.known[with_passwords] = list(names)
        return list(names)

    def _account(self, user: Properties, instance_arn: str, lookups: Lookups) -> Account | None:
        """The user's own account, None where the rest of the run decides what matters of it."""
        tags, group = user.get("tags"), reference_of(user, HIERARCHY_GROUP.id)
        if self.compared and (tags is UNKNOWN or UNKNOWN in members(tags).values()):
            return None
        if self.by_hierarchy and group is UNKNOWN:
            return None
        own = {(k, v) for k, v in members(tags).items() if isinstance(v, str)}
        groups: tuple[str, ...] = ()
        if self.by_hierarchy and isinstance(group, str) and group:
            groups = _with_those_above(group, lookups.catalog(instance_arn, Kind.HIERARCHY_GROUP))
        return Account(self.ids, self.compared & own, groups)


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
    held = frozenset(ids)
    profiles = _profiles(held, instance_arn, lookups)
    if profiles is None or not holders(profiles, LEADING):
        return _Holding(held, profiles)
    compares = any(profile.scope("SecurityProfile").tags for profile in profiles)
    if compares:
        # Their own tags matter, whatever they permit.
        profiles = _profiles(held, instance_arn, lookups, whole=True)
        if profiles is None:
            return _Holding(held, None)
    compared = Tags().union(*(profile.allowed_tags for profile in profiles))
    admin = _admin(instance_arn, lookups, compared if compares else None)
    by_hierarchy = any(profile.scope("User").group is not None for profile in profiles)
    return _Holding(held, profiles, admin, compared, by_hierarchy)


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
