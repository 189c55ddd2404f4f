"""In how many steps a person can become Admin: what each change in Connect makes possible next.

A step is one change that Connect lets the person make, on the admin website or by API:

- give a user, themself included, a security profile (Users.EditPermission);
- edit or create a security profile, with whatever permissions (SecurityProfiles.Edit, .Create);
- reset a user's password, or create a user, and log in as that user (Users.Edit, .Create), where
  Amazon Connect keeps the passwords.

All of it within the profiles' access-control tags and hierarchy restrictions. What the person
controls only ever grows, so each round makes every change that is possible; the way that is
returned has the changes that led to Admin and no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from typing import Final

from .capabilities import (
    CREATE_PROFILES,
    CREATE_USERS,
    EDIT_PROFILES,
    EDIT_USERS,
    GIVE_PROFILES,
)
from .profiles import OWN_GROUP, Scope, SecurityProfile, Tags, holders

ADMIN: Final = "Admin"
"""AWS's own security profile (Administrator guide, Default security profiles)."""
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


_HOLDS, _FULL = "holds", "full"
_Fact = tuple[str, Account | None, str]
"""An account that the person controls, a profile that an account has (`_HOLDS`), or a profile
that the person has given every permission (`_FULL`)."""
_CONTROLS: Final = "controls"
_NEW: Final = SecurityProfile("", "", frozenset())


class Centre:
    """The profiles and accounts of an instance; finds ways to Admin."""

    def __init__(
        self,
        profiles: Mapping[str, SecurityProfile],
        names: Mapping[Account, str],
        *,
        with_passwords: bool,
    ) -> None:
        """`names` has one username for each account, as texts show it."""
        self._profiles = profiles
        self._names = names
        self._with_passwords = with_passwords
        self._admins = _admins(profiles.values())
        self._leading = {p.id for p in holders(profiles.values(), LEADING)} | self._admins
        self._ways: dict[Account, Way | None] = {}
        self._within: dict[tuple[Scope, str | None], list[Account]] = {}
        self._tagged: dict[Tags, list[SecurityProfile]] = {}

    def way(self, start: Account) -> Way | None:
        """The changes after which the person is Admin; None where no changes make that so."""
        if start not in self._ways:
            self._ways[start] = self._search(start)
        return self._ways[start]

    def assuming_the_worst(self) -> Centre:
        """The same, as if profiles that could not be read had every leading permission."""
        if all(one.permissions is not None for one in self._profiles.values()):
            return self
        worst = {
            i: replace(p, permissions=LEADING) if p.permissions is None else p
            for i, p in self._profiles.items()
        }
        return Centre(worst, self._names, with_passwords=self._with_passwords)

    def accounts_in(self, scope: Scope, actor: Account) -> list[Account]:
        """The accounts that an actor's permission on users reaches."""
        own = actor.groups[-1] if scope.group == OWN_GROUP and actor.groups else None
        if (scope, own) not in self._within:
            self._within[scope, own] = [one for one in self._names if one.is_in(scope, actor)]
        return self._within[scope, own]

    def profiles_in(self, scope: Scope) -> list[SecurityProfile]:
        """The security profiles that a permission on them reaches."""
        if scope.tags not in self._tagged:
            profiles = self._profiles.values()
            self._tagged[scope.tags] = [one for one in profiles if scope.tags <= one.tags]
        return self._tagged[scope.tags]

    def _search(self, start: Account) -> Way | None:
        known: dict[_Fact, Way] = {(_CONTROLS, start, ""): ()}
        self._add_holdings(known)
        while True:
            arrivals = list(self._arrivals(known))
            if arrivals:
                return min(arrivals, key=_length)
            new: dict[_Fact, Way] = {}
            for fact, way in _Round(self, known, start, self._leading).changes():
                if fact not in known and (fact not in new or _length(way) < _length(new[fact])):
                    new[fact] = way
            if not new:
                return None
            known |= new
            self._add_holdings(known)

    def _add_holdings(self, known: dict[_Fact, Way]) -> None:
        for (kind, account, _), way in list(known.items()):
            if kind == _CONTROLS and account is not None:
                for profile in account.profiles:
                    known.setdefault((_HOLDS, account, profile), way)

    def _arrivals(self, known: Mapping[_Fact, Way]) -> Iterator[Way]:
        for (kind, account, profile), way in known.items():
            controlled = known.get((_CONTROLS, account, ""))
            if kind != _HOLDS or controlled is None:
                continue
            if profile in self._admins:
                yield _merged(controlled, way)
            elif (_FULL, None, profile) in known:
                yield _merged(controlled, way, known[_FULL, None, profile])

    @property
    def profiles(self) -> Mapping[str, SecurityProfile]:
        """All profiles by id."""
        return self._profiles

    @property
    def names(self) -> Mapping[Account, str]:
        """One username for each account."""
        return self._names

    @property
    def with_passwords(self) -> bool:
        """Whether a password lets the person log in as someone else."""
        return self._with_passwords


class _Round:
    """All changes that are possible with what is known, and that may lead anywhere."""

    def __init__(
        self,
        centre: Centre,
        known: Mapping[_Fact, Way],
        start: Account,
        leading: Set[str],
    ) -> None:
        """`leading` are the profiles that are worth having; those with every permission are too."""
        self._centre = centre
        self._known = known
        self._start = start
        self._worth = {*leading, *(p for kind, _, p in known if kind == _FULL)}
        self._holdings: dict[Account, list[str]] = {}
        for kind, account, profile in known:
            if kind == _HOLDS and account is not None and profile in self._worth:
                self._holdings.setdefault(account, []).append(profile)

    def changes(self) -> Iterator[tuple[_Fact, Way]]:
        for account in self._holdings:
            way = self._known.get((_CONTROLS, account, ""))
            if way is not None:
                yield from self._of(account, self._held(account, way))

    def _held(self, account: Account, controlled: Way) -> list[tuple[SecurityProfile, Way]]:
        profiles = self._centre.profiles
        return [
            (profiles[profile], _merged(controlled, self._known[_HOLDS, account, profile]))
            for profile in self._holdings[account]
            if profile in profiles
        ]

    def _of(
        self, actor: Account, held: list[tuple[SecurityProfile, Way]]
    ) -> Iterator[tuple[_Fact, Way]]:
        givable = list(self._givable(held))
        for profile, way in held:
            has = profile.permissions or frozenset()
            users = profile.scope("User")
            if EDIT_PROFILES in has:
                yield from self._edits(profile.scope("SecurityProfile"), way)
            if CREATE_PROFILES in has:
                change = "create a security profile with every permission"
                yield (_FULL, None, _NEW.id), (*way, change)
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
        if (new := self._known.get((_FULL, None, _NEW.id))) is not None:
            yield _NEW, new

    def _edits(self, scope: Scope, way: Way) -> Iterator[tuple[_Fact, Way]]:
        for one in self._centre.profiles_in(scope):
            change = f"give the security profile {one.name} every permission"
            yield (_FULL, None, one.id), (*way, change)

    def _gifts(
        self,
        actor: Account,
        users: Scope,
        way: Way,
        givable: Iterable[tuple[SecurityProfile, Way]],
    ) -> Iterator[tuple[_Fact, Way]]:
        receivers = dict.fromkeys(self._centre.accounts_in(users, actor))
        if actor.is_in(users, actor):
            receivers[actor] = None
        for profile, how in givable:
            for one in receivers:
                if profile.id not in one.profiles:
                    change = f"give {self._name(one)} {_noun(profile)}"
                    yield (_HOLDS, one, profile.id), (*_merged(way, how), change)

    def _log_ins(self, actor: Account, users: Scope, way: Way) -> Iterator[tuple[_Fact, Way]]:
        for account in self._centre.accounts_in(users, actor):
            if account in self._holdings or not self._worth.isdisjoint(account.profiles):
                change = f"reset the password of {self._name(account)} and log in"
                yield (_CONTROLS, account, ""), (*way, change)

    def _new_users(
        self, users: Scope, way: Way, givable: Iterable[tuple[SecurityProfile, Way]]
    ) -> Iterator[tuple[_Fact, Way]]:
        group = (users.group,) if users.group else ()
        for profile, how in givable:
            made = Account(frozenset({profile.id}), users.tags, group)
            change = f"create a user with {_noun(profile)} and log in"
            yield (_CONTROLS, made, ""), (*_merged(way, how), change)

    def _name(self, account: Account) -> str:
        if account == self._start:
            return "themself"
        return self._centre.names.get(account, "the new user")


def _admins(profiles: Iterable[SecurityProfile]) -> frozenset[str]:
    """Admin, and profiles that have all of its permissions without a restriction."""
    known = list(profiles)
    own = [p for p in known if p.name == ADMIN]
    needed = [p.permissions for p in own if p.permissions]
    alike = (
        p
        for p in known
        if p.permissions is not None
        and not p.tag_restricted
        and not p.hierarchy_restricted
        and any(permissions <= p.permissions for permissions in needed)
    )
    return frozenset(p.id for p in (*own, *alike))


def _noun(profile: SecurityProfile) -> str:
    return f"the security profile {profile.name}" if profile.name else "the new security profile"


def _merged(*ways: Way) -> Way:
    return tuple(dict.fromkeys(change for way in ways for change in way))


def _length(way: Way) -> tuple[int, Way]:
    return len(way), way
