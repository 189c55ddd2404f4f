"""What each person gains and loses when users of an instance change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ..core.security_profile import Tags
from .capabilities import BECOME_ADMIN, TEXTS
from .changes import Way
from .reading import Reading, User
from .review import UNRESTRICTED, Access, Person, Reviewer

_NONE: Final = User("", "", frozenset())
_NOBODY: Final = Person("", "", (), {})
_BETWEEN: Final = "; "


@dataclass(frozen=True, slots=True)
class Gains:
    """The difference that a change makes to one person; `username` is as texts show it."""

    username: str
    gained: Mapping[str, str] = field(default_factory=dict)
    """Name -> limit as in `Person.capabilities`: not had before, or not as far."""
    lost: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    """Capabilities that may be gained: what gives them could not be read."""
    way: Way = ()
    """The changes that newly lead to Admin."""

    @property
    def is_any(self) -> bool:
        """Whether there is a difference, or may be one."""
        return bool(self.gained or self.lost or self.uncertain)


def gains(before: Reading, after: Reading, reviewer: Reviewer) -> list[Gains]:
    """Everyone who gains or loses something by the change, by username.

    People who do not change themselves are among them: their way to Admin may lead over an account
    that does.
    """
    sides = reviewer.review(before), reviewer.review(after)
    old, new = ({one.user_id: one for one in side.people} for side in sides)
    doubts = _Doubts(before, after, sides[1])
    found = (
        Gains(
            username=(new.get(i) or old[i]).username,
            gained=_gained(old.get(i, _NOBODY), new.get(i, _NOBODY)),
            lost=tuple(_lost(old.get(i, _NOBODY), new.get(i, _NOBODY))),
            uncertain=tuple(doubts.of(old.get(i, _NOBODY), new.get(i, _NOBODY))),
            way=new[i].way if i in new else (),
        )
        for i in {**old, **new}
    )
    return sorted((one for one in found if one.is_any), key=lambda one: one.username)


def _gained(old: Person, new: Person) -> dict[str, str]:
    return {
        name: new.capabilities[name]
        for name in TEXTS
        if name in new.capabilities
        and (
            name not in old.capabilities
            or _is_wider(name, old.capabilities[name], new.capabilities[name])
        )
    }


def _is_wider(name: str, old: str, new: str) -> bool:
    """Whether one limit includes what the other does not."""
    if name == BECOME_ADMIN or old == UNRESTRICTED:
        return False
    return new == UNRESTRICTED or not {*new.split(_BETWEEN)} <= {*old.split(_BETWEEN)}


def _lost(old: Person, new: Person) -> Iterator[str]:
    kept = {*new.capabilities, *new.unknown}
    return (name for name in TEXTS if name in old.capabilities and name not in kept)


class _Doubts:
    """What permissions that could not be read may give."""

    def __init__(self, before: Reading, after: Reading, access: Access) -> None:
        self._is_any = bool(access.unreadable)
        self._before, self._after = ({u.id: u for u in side.users} for side in (before, after))
        self._profiles = after.profiles
        # By all tags: what an unread profile is restricted to is not known either.
        kinds = ({_kind(user) for user in side.users} for side in (after, before))
        self._is_anyone_new = self._is_any and not next(kinds) <= next(kinds)

    def of(self, old: Person, new: Person) -> Iterator[str]:
        """The capabilities that the person may gain."""
        if not self._is_any:
            return
        former, user = (side.get(new.user_id, _NONE) for side in (self._before, self._after))
        # Ways lead over accounts: where none is of a new kind, there is no new way.
        differs = self._is_anyone_new or _kind(user) != _kind(former)
        if differs and BECOME_ADMIN in new.unknown and BECOME_ADMIN not in old.capabilities:
            yield BECOME_ADMIN
        if any(map(self._is_unread, user.profiles - former.profiles)):
            yield from (
                name
                for name in new.unknown
                if name != BECOME_ADMIN and old.capabilities.get(name) != UNRESTRICTED
            )

    def _is_unread(self, profile: str) -> bool:
        return profile not in self._profiles or self._profiles[profile].permissions is None


def _kind(user: User) -> tuple[frozenset[str], Tags, str]:
    return user.profiles, user.tags, user.hierarchy_group
