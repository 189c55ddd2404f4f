"""The access review of one instance: each person's capabilities, and who has a capability."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ..core.messages import counted
from ..core.ownership import resource_hash
from ..core.security_profile import OWN_GROUP, Scope, SecurityProfile
from .admin import Centre
from .capabilities import BECOME_ADMIN, TEXTS, possible
from .changes import Account, Way
from .profiles import Reach, powers
from .reading import Reading, User

_NOUNS = {
    "User": "users",
    "SecurityProfile": "security profiles",
    "Queue": "queues",
    "RoutingProfile": "routing profiles",
    "": "the rest",
}
UNRESTRICTED = ""
IS_ADMIN = "is Admin"


@dataclass(frozen=True, slots=True)
class Person:
    """One user; `username` is as texts show it."""

    user_id: str
    username: str
    profiles: tuple[str, ...]
    capabilities: Mapping[str, str]
    """Name -> what it is restricted to, `UNRESTRICTED` for nothing; of `become-admin` the steps."""
    unknown: tuple[str, ...] = ()
    """Capabilities that a profile may give whose permissions could not be read."""
    way: Way = ()
    """The changes that lead to Admin."""

    @property
    def fingerprint(self) -> str:
        """Eight letters that change when capabilities, or what is unknown of them, change."""
        known = (f"{name}={limit}" for name, limit in sorted(self.capabilities.items()))
        return resource_hash((*known, "?", *sorted(self.unknown)))


@dataclass(frozen=True, slots=True)
class Access:
    """Who can do what in an instance at one moment."""

    instance: str
    taken: datetime
    people: Sequence[Person]
    unreadable: tuple[str, ...] = ()
    """Names of the security profiles whose permissions could not be read."""

    def holders(self, capability: str) -> list[Person]:
        """The people who have it."""
        return [person for person in self.people if capability in person.capabilities]

    def uncertain(self, capability: str) -> list[Person]:
        """The people who may have it: their profiles could not be read."""
        return [person for person in self.people if capability in person.unknown]

    def only(self, capabilities: Sequence[str]) -> Access:
        """The people who have, or may have, any of these."""
        kept = [
            person
            for person in self.people
            if any(one in person.capabilities or one in person.unknown for one in capabilities)
        ]
        return Access(self.instance, self.taken, kept, self.unreadable)


@dataclass(frozen=True, kw_only=True)
class Reviewer:
    """Makes the review of a reading."""

    instance: str
    taken: datetime
    with_passwords: bool
    """Whether Amazon Connect keeps the users' passwords."""
    shown: Callable[[str], str] = field(default=str)
    """How texts show a username."""

    def review(self, reading: Reading) -> Access:
        """The capabilities of all users, by username."""
        accounts = {user.id: _account(user, reading) for user in reading.users}
        users = sorted(reading.users, key=lambda user: user.username)
        names: dict[Account, str] = {}
        for user in users:
            names.setdefault(accounts[user.id], self.shown(user.username))
        profiles = {**reading.profiles, **_missing(reading)}
        centre = Centre(profiles, names, with_passwords=self.with_passwords)
        people = _People(self, profiles, reading.group_names, centre)
        unreadable = sorted(p.name for p in profiles.values() if p.permissions is None)
        return Access(
            self.instance,
            self.taken,
            [people.person(user, accounts[user.id]) for user in users],
            tuple(unreadable),
        )


class _People:
    def __init__(
        self,
        reviewer: Reviewer,
        profiles: Mapping[str, SecurityProfile],
        group_names: Mapping[str, str],
        centre: Centre,
    ) -> None:
        self._reviewer = reviewer
        self._profiles = profiles
        self._group_names = group_names
        self._centre = centre
        self._worst = centre.assuming_the_worst()
        self._limits: dict[frozenset[str], Mapping[str, str]] = {}

    def person(self, user: User, account: Account) -> Person:
        way = self._centre.way(account)
        capabilities = dict(self._capabilities(user.profiles))
        unknown: list[str] = []
        if way is not None:
            capabilities = {BECOME_ADMIN: _steps(way), **capabilities}
        elif self._worst.way(account) is not None:
            unknown.append(BECOME_ADMIN)
        if any(self._profiles[i].permissions is None for i in user.profiles):
            # A restricted capability may be wider than known: that is unknown as well.
            unknown += [n for n in self._possible() if capabilities.get(n) != UNRESTRICTED]
        return Person(
            user_id=user.id,
            username=self._reviewer.shown(user.username),
            profiles=tuple(sorted(self._profiles[i].name for i in user.profiles)),
            capabilities=capabilities,
            unknown=tuple(unknown),
            way=way or (),
        )

    def _possible(self) -> list[str]:
        return possible(with_passwords=self._reviewer.with_passwords)

    def _capabilities(self, profiles: frozenset[str]) -> Mapping[str, str]:
        if profiles not in self._limits:
            found = powers(self._profiles[i] for i in profiles)
            self._limits[profiles] = {
                name: self._limit(found[name]) for name in self._possible() if name in found
            }
        return self._limits[profiles]

    def _limit(self, reach: Reach) -> str:
        if not any(scope.is_narrow for scope in reach):
            return UNRESTRICTED
        return "; ".join(sorted(self._in_words(scope) for scope in reach))

    def _in_words(self, scope: Scope) -> str:
        words = [_NOUNS[scope.resource] if scope.is_narrow else f"all {_NOUNS[scope.resource]}"]
        if scope.tags:
            words.append("tagged " + ", ".join(f"{k}: {v}" for k, v in sorted(scope.tags)))
        if scope.group == OWN_GROUP:
            words.append("in their own hierarchy group or below")
        elif scope.group is not None:
            words.append(f"in {self._group_names.get(scope.group, scope.group)} or below")
        return " ".join(words)


def _account(user: User, reading: Reading) -> Account:
    """The user without the tags that no profile is restricted by."""
    compared = frozenset[tuple[str, str]]().union(
        *(profile.allowed_tags for profile in reading.profiles.values())
    )
    path = reading.groups.get(user.hierarchy_group, ())
    return Account(user.profiles, user.tags & compared, path)


def _missing(reading: Reading) -> dict[str, SecurityProfile]:
    """Profiles that users have and the list does not: made, or deleted, a moment ago."""
    held = frozenset[str]().union(*(user.profiles for user in reading.users))
    return {i: SecurityProfile(i, i, None) for i in sorted(held - reading.profiles.keys())}


def _steps(way: Way) -> str:
    return f"in {counted(len(way), 'step')}" if way else IS_ADMIN


def described(capability: str, limit: str) -> str:
    """A capability in words: `edit users (users tagged Team: West)`."""
    if capability == BECOME_ADMIN:
        return limit if limit == IS_ADMIN else f"become Admin {limit}"
    return TEXTS[capability] + (f" ({limit})" if limit else "")
