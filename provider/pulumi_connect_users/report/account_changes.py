"""What a preview does to the accounts of one instance, as far as power depends on them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from ..access.reading import User
from ..core.security_profile import Tags
from ..model.references import HIERARCHY_GROUP, SECURITY_PROFILES, SUSPENDED_SECURITY
from .id_names import bare_id
from .input.property_values import PropertyValue, entries, mapping
from .instance_changes import (
    NOTHING,
    Finder,
    InstanceChange,
    affects,
    is_unknown,
    left_to_others,
    name_of,
    reference,
)
from .user_changes import UserChange, Wire, is_hidden

PROFILES: Final = SECURITY_PROFILES.id
_GROUP: Final = HIERARCHY_GROUP.id
_TAGS: Final = "tags"
_ALL: Final = (PROFILES, _TAGS, _GROUP)
"""What decides who has power over which users: restrictions are by tag and hierarchy."""


def affecting(changes: Iterable[UserChange]) -> tuple[UserChange, ...]:
    """The changes that may change what anyone in the instance can do."""
    return tuple(c for c in changes if c.kind == "user" and affects(c, _ALL))


def changes_profiles(change: UserChange) -> bool:
    """Whether a user's security profiles may change, not tags or the hierarchy group alone."""
    return affects(change, (PROFILES,), compared=("update", "move", "replace"))


def may_gain(change: UserChange) -> bool:
    """Whether anyone can gain something by a change: not by what takes a user away."""
    return change.op != "delete"


@dataclass(frozen=True)
class AccountChange(InstanceChange):
    """The changes to accounts."""

    @property
    def elsewhere(self) -> int:
        """How many may give something to someone in another instance."""
        return self.elsewhere_of(may_gain)

    @cached_property
    def unknown(self) -> tuple[UserChange, ...]:
        """Those where the preview hides what a user will be permitted."""
        return tuple(
            change
            for change, new in self.arriving()
            if is_hidden(change) or not name_of(new) or any(is_unknown(new, key) for key in _ALL)
        )

    def after(self, users: Sequence[User]) -> list[User]:
        """The users after the change; what is not known yet counts as nothing."""
        after = {user.username: user for user in users}
        find, replaced = Finder(after), dict[str, str]()
        for change in self.leaving():
            username = find(name_of(change.old))
            user = after.pop(username, None)
            if user is not None and change.suspends:
                after[username] = replace(user, profiles=_left_to_suspended(change.old or NOTHING))
            elif user is not None and change.op == "replace":
                # Whoever takes the place is the same person.
                replaced[find(name_of(change.new))] = user.id
        for change, new in self.arriving():
            username = find(name_of(new))
            known = None if change.op == "replace" else after.get(username)
            old = NOTHING if known is None else change.old or NOTHING
            user = known or User(replaced.get(username, username), username, frozenset())
            after[username] = _altered(user, old, new)
        return list(after.values())


def _left_to_suspended(old: Wire) -> frozenset[str]:
    profile = old.get(SUSPENDED_SECURITY)
    return frozenset({bare_id(profile)} if isinstance(profile, str) else ())


def _altered(user: User, old: Wire, new: Wire) -> User:
    profiles = new.get(PROFILES)
    same = not isinstance(profiles, list) or profiles == old.get(PROFILES)
    return replace(
        user,
        profiles=user.profiles if same else _profile_ids(new),
        tags=_tags(user.tags, old, new),
        hierarchy_group=reference(user.hierarchy_group, old, new, _GROUP, clears=True),
    )


def _profile_ids(wire: Wire) -> frozenset[str]:
    """The security profiles that are known."""
    ids = entries(wire.get(PROFILES))
    return frozenset(bare_id(one) for one in ids if isinstance(one, str))


def _tags(current: Tags, old: Wire, new: Wire) -> Tags:
    """As `users.plan`: tag by tag; those that no program has declared stay."""
    if _TAGS in left_to_others(new):
        return current
    before, after = mapping(old.get(_TAGS)), mapping(new.get(_TAGS))
    tags: dict[str, PropertyValue] = dict(current)
    for key in before.keys() - after.keys():
        tags.pop(key, None)
    tags |= {key: value for key, value in after.items() if before.get(key) != value}
    return frozenset((key, value) for key, value in tags.items() if isinstance(value, str))
