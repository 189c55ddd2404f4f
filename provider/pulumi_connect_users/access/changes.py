"""What a person controls on the way to Admin, and the changes that add to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..core.security_profile import OWN_GROUP, Scope, SecurityProfile, Tags
from .capabilities import (
    CREATE_PROFILES,
    CREATE_USERS,
    EDIT_PROFILES,
    EDIT_USERS,
    GIVE_PROFILES,
)

if TYPE_CHECKING:
    from .admin import Centre

LEADING: Final = frozenset(
    {CREATE_PROFILES, CREATE_USERS, EDIT_PROFILES, EDIT_USERS, GIVE_PROFILES}
)
"""The permissions without which there is no step."""

Way = tuple[str, ...]
"""The changes, in order; none for who is Admin."""


@dataclass(frozen=True, slots=True)
class Account:
    """What matters of a user; all who share it can do the same, and have the same done to them."""

    profiles: frozenset[str] = frozenset()
    tags: Tags = frozenset()
    groups: tuple[str, ...] = ()
    """The ids of the hierarchy group and of those above it, from the top."""

    def is_in(self, scope: Scope, actor: Account) -> bool:
        """Whether a user's permission on users reaches it."""
        if not scope.tags <= self.tags:
            return False
        if scope.group is None:
            return True
        if scope.group != OWN_GROUP:
            return scope.group in self.groups
        # A person without a group: nothing says what their own is, so nothing is ruled out.
        return not actor.groups or actor.groups[-1] in self.groups


CONTROLS: Final = "controls"
HOLDS: Final = "holds"
FULL: Final = "full"
Fact = tuple[str, Account | None, str]
"""One of the three of an account and a profile: the person controls the account, the account has
the profile, the person has given the profile every permission."""
NEW: Final = SecurityProfile("", "", frozenset())


class Round:
    """All changes that are possible with what is known, and that may lead anywhere."""

    def __init__(
        self,
        centre: Centre,
        known: Mapping[Fact, Way],
        start: Account,
        leading: Set[str],
    ) -> None:
        """`leading` are the profiles that are worth having; those with every permission are too."""
        self._centre = centre
        self._known = known
        self._start = start
        self._worth = {*leading, *(p for kind, _, p in known if kind == FULL)}
        self._holdings: dict[Account, list[str]] = {}
        for kind, account, profile in known:
            if kind == HOLDS and account is not None and profile in self._worth:
                self._holdings.setdefault(account, []).append(profile)

    def changes(self) -> Iterator[tuple[Fact, Way]]:
        """What each change adds, and the way to it."""
        for account in self._holdings:
            way = self._known.get((CONTROLS, account, ""))
            if way is not None:
                yield from self._of(account, self._held(account, way))

    def _held(self, account: Account, controlled: Way) -> list[tuple[SecurityProfile, Way]]:
        profiles = self._centre.profiles
        return [
            (profiles[profile], merged(controlled, self._known[HOLDS, account, profile]))
            for profile in self._holdings[account]
            if profile in profiles
        ]

    def _of(
        self, actor: Account, held: list[tuple[SecurityProfile, Way]]
    ) -> Iterator[tuple[Fact, Way]]:
        givable = list(self._givable(held))
        for profile, way in held:
            has = profile.permissions or frozenset()
            users = profile.scope("User")
            if EDIT_PROFILES in has:
                yield from self._edits(profile.scope("SecurityProfile"), way)
            if CREATE_PROFILES in has:
                change = "create a security profile with every permission"
                yield (FULL, None, NEW.id), (*way, change)
            if GIVE_PROFILES in has:
                yield from self._gifts(actor, users, way, givable)
            if self._centre.with_passwords and has & {EDIT_USERS, CREATE_USERS}:
                yield from self._log_ins(actor, users, way)
            if self._centre.with_passwords and CREATE_USERS in has:
                yield from self._new_users(users, way, givable)

    def _givable(
        self, held: list[tuple[SecurityProfile, Way]]
    ) -> Iterator[tuple[SecurityProfile, Way]]:
        """The profiles that an account can give to users, and how it came to that."""
        for profile, way in held:
            has = profile.permissions or ()
            if any(p in LEADING or p.startswith("SecurityProfiles.") for p in has):
                for one in self._centre.profiles_in(profile.scope("SecurityProfile")):
                    if one.id in self._worth:
                        yield one, way
        if (new := self._known.get((FULL, None, NEW.id))) is not None:
            yield NEW, new

    def _edits(self, scope: Scope, way: Way) -> Iterator[tuple[Fact, Way]]:
        for one in self._centre.profiles_in(scope):
            change = f"give the security profile {one.name} every permission"
            yield (FULL, None, one.id), (*way, change)

    def _gifts(
        self,
        actor: Account,
        users: Scope,
        way: Way,
        givable: Iterable[tuple[SecurityProfile, Way]],
    ) -> Iterator[tuple[Fact, Way]]:
        receivers = dict.fromkeys(self._centre.accounts_in(users, actor))
        if actor.is_in(users, actor):
            receivers[actor] = None
        for profile, how in givable:
            for one in receivers:
                if profile.id not in one.profiles:
                    change = f"give {self._name(one)} {_noun(profile)}"
                    yield (HOLDS, one, profile.id), (*merged(way, how), change)

    def _log_ins(self, actor: Account, users: Scope, way: Way) -> Iterator[tuple[Fact, Way]]:
        for account in self._centre.accounts_in(users, actor):
            if account in self._holdings or not self._worth.isdisjoint(account.profiles):
                change = f"reset the password of {self._name(account)} and log in"
                yield (CONTROLS, account, ""), (*way, change)

    def _new_users(
        self, users: Scope, way: Way, givable: Iterable[tuple[SecurityProfile, Way]]
    ) -> Iterator[tuple[Fact, Way]]:
        group = (users.group,) if users.group else ()
        for profile, how in givable:
            made = Account(frozenset({profile.id}), users.tags, group)
            change = f"create a user with {_noun(profile)} and log in"
            yield (CONTROLS, made, ""), (*merged(way, how), change)

    def _name(self, account: Account) -> str:
        if account == self._start:
            return "themself"
        return self._centre.names.get(account, "the new user")


def _noun(profile: SecurityProfile) -> str:
    return f"the security profile {profile.name}" if profile.name else "the new security profile"


def merged(*ways: Way) -> Way:
    """All changes of the ways, each once."""
    return tuple(dict.fromkeys(change for way in ways for change in way))


def length(way: Way) -> tuple[int, Way]:
    """Orders ways: the shortest first, and always the same of those."""
    return len(way), way
