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

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from ..core.security_profile import OWN_GROUP, Scope, SecurityProfile, Tags
from .changes import (
    CONTROLS,
    FULL,
    HOLDS,
    LEADING,
    Account,
    Fact,
    Round,
    Way,
    length,
    merged,
)
from .profiles import holders

ADMIN: Final = "Admin"
"""AWS's own security profile (Administrator guide, Default security profiles)."""


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
        # Their own tags are not known either: they may have whatever others are restricted to.
        tags = Tags().union(*(one.allowed_tags for one in self._profiles.values()))
        worst = {
            i: replace(p, permissions=LEADING, tags=tags) if p.permissions is None else p
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
        known: dict[Fact, Way] = {(CONTROLS, start, ""): ()}
        self._add_holdings(known)
        while True:
            arrivals = list(self._arrivals(known))
            if arrivals:
                return min(arrivals, key=length)
            new: dict[Fact, Way] = {}
            for fact, way in Round(self, known, start, self._leading).changes():
                if fact not in known and (fact not in new or length(way) < length(new[fact])):
                    new[fact] = way
            if not new:
                return None
            known |= new
            self._add_holdings(known)

    def _add_holdings(self, known: dict[Fact, Way]) -> None:
        for (kind, account, _), way in list(known.items()):
            if kind == CONTROLS and account is not None:
                for profile in account.profiles:
                    known.setdefault((HOLDS, account, profile), way)

    def _arrivals(self, known: Mapping[Fact, Way]) -> Iterator[Way]:
        for (kind, account, profile), way in known.items():
            controlled = known.get((CONTROLS, account, ""))
            if kind != HOLDS or controlled is None:
                continue
            if profile in self._admins:
                yield merged(controlled, way)
            elif (FULL, None, profile) in known:
                yield merged(controlled, way, known[FULL, None, profile])

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
