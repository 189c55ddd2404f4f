"""Keeps a number of users with the security profile Admin on each instance, whoever manages them.

SearchUsers finds them once a process, by an index that lags behind: as many as the minimum needs
are described before they count. On top of that comes what the run itself did, which the tally
holds for all of its processes. What checks foresee counts for other checks alone: who is refused
there changes nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

from ..core.arns import last_part
from ..core.described_user import DescribedUser
from ..core.errors import (
    ApiError,
    ConnectUsersError,
    LookUpUnavailable,
    NotFound,
    OutcomeUnknown,
    ServiceFailure,
    TooFewAdmins,
)
from ..core.messages import counted
from ..core.privacy import display_name, shorten
from ..core.properties import entries, texts
from ..core.unknowns import UNKNOWN
from ..model.facts import UPDATE_SECURITY
from ..model.references import ADMIN, SECURITY_PROFILES
from .allowance import OwnTally, Tally, if_intended, variable_of
from .deletion_limit import key_of
from .inputs import KnownInputs, UserInputs
from .plan import known_causes, plan
from .ports import UserApi

_SETTING: Final = "minAdmins"
_NAMED: Final = 10
_GIVEN, _TAKEN, _FORESEEN = "given", "taken", "foreseen"
_TAKING: Final = (UPDATE_SECURITY, "DeleteUser")
_REMEDY: Final = (
    f"Give {ADMIN} to others first, in a run of its own; {if_intended(_SETTING, 'lower')}"
)


@dataclass
class _Admins:
    """The users of one instance that the search showed with the profile."""

    ids: dict[str, str]
    """By the key of a tally."""
    described: set[str] = field(default_factory=set)


def _no_api(instance_arn: str) -> UserApi:
    raise LookUpUnavailable(f"{instance_arn} is not reached from here.")


class AdminMinimum:
    """One for each process; its threads share it."""

    def __init__(
        self,
        least: int | None = None,
        api_of: Callable[[str], UserApi] = _no_api,
        tally: Tally | None = None,
    ) -> None:
        """Makes a guard.

        Args:
            least: the value of `connect:minAdmins`; None or 0 for any number.
            api_of: the users of an instance (ARN).
            tally: the run's, where it has several processes.
        """
        self._least = least or 0
        self._api = api_of
        self._tally = tally or OwnTally()
        self._lock = threading.Lock()
        self._admins: dict[str, _Admins] = {}
        self._names: dict[str, str] = {}

    @contextmanager
    def change(
        self,
        instance_arn: str,
        user: DescribedUser,
        after: Collection[str] = (),
        made: Callable[[], bool] = lambda: False,
    ) -> Iterator[None]:
        """Makes a change after which a user, as described, has these security profiles (ids).

        Raises TooFewAdmins before it if it takes Admin from one of the last. `made` says of a
        change that failed whether it did so by then.
        """
        if not self._takes(instance_arn, user, after):
            yield
            return
        key = _key(instance_arn, user.username)
        left = self._without(instance_arn, [key], _TAKEN)
        if left < self._least:
            raise TooFewAdmins(
                f"it has the security profile {ADMIN}, and without it there would be "
                f"{self._too_few(left)} It was not changed. {_REMEDY}"
            )
        try:
            yield
        except ConnectUsersError as error:
            if not (made() or _may_be_made(error)):
                self._give(key)  # it has just been described with the profile
            raise

    def give(self, inputs: KnownInputs) -> None:
        """Counts a user that now has the declared security profiles."""
        declares = SECURITY_PROFILES.id in inputs.attributes
        if self._least and declares and ADMIN in texts(inputs.get(SECURITY_PROFILES.fact)):
            self._give(_key(inputs.instance_arn, inputs.username))

    def _give(self, key: str) -> None:
        with self._tally.change() as tally:
            tally[key] = _GIVEN

    def foresee(self, users: Iterable[tuple[UserInputs | None, UserInputs | None]]) -> str | None:
        """Why a run that takes Admin from some of these users must not begin.

        What it gives to others meanwhile does not count, since either may come first.

        Args:
            users: the old inputs and the checked ones; None before it exists, and if it leaves.
        """
        if not self._least:
            return None
        try:
            return self._foreseen([old for old, new in users if old and self._loses(old, new)])
        except TooFewAdmins as error:
            return str(error)

    def _foreseen(self, losing: list[UserInputs]) -> str | None:
        for instance_arn in {str(user.instance_arn) for user in losing}:
            names = {
                _key(instance_arn, str(user.username)): display_name(user.username)
                for user in losing
                if user.instance_arn == instance_arn
            }
            left = self._without(instance_arn, names, _FORESEEN)
            with self._lock:
                self._names |= names
                named = [n for k, n in self._names.items() if k.startswith(_prefix(instance_arn))]
            if left < self._least:
                return (
                    f"{counted(len(named), 'user')} would lose the security profile {ADMIN} "
                    f"({shorten(named, _NAMED)}), and there would be {self._too_few(left)} This "
                    f"counts the users checked so far; more may follow. {_REMEDY}"
                )
        return None

    def _too_few(self, left: int) -> str:
        return f"{left} left on the instance, where connect:{_SETTING} keeps {self._least}."

    def _takes(self, instance_arn: str, user: DescribedUser, after: Collection[str]) -> bool:
        removed = set(texts(user.get("SecurityProfileIds"))).difference(after)
        return bool(self._least and removed) and self._admin(instance_arn) in removed

    def _loses(self, old: UserInputs, new: UserInputs | None) -> bool:
        """Whether a user has Admin and loses it, as far as a check sees.

        For good, or until it is created again: a replacement that deletes first may fail halfway.
        """
        if not (isinstance(old.instance_arn, str) and self._has(old)):
            return False
        if new is None:
            return True
        changes = plan(old, new)
        causes = known_causes(changes, new)
        if changes.deletes_first or "instanceArn" in causes:
            return bool(causes)
        takes = causes or any(step.operation == UPDATE_SECURITY for step in changes.steps)
        return bool(takes) and not self._has(new)

    def _has(self, user: UserInputs) -> bool:
        """Whether a user is declared with Admin, or may be."""
        ids, names = user.get(SECURITY_PROFILES.id), user.get(SECURITY_PROFILES.fact)
        if UNKNOWN in (ids, names) or UNKNOWN in entries(ids):
            return True
        if names is not None:
            return ADMIN in texts(names)
        given = texts(ids)
        return bool(given) and self._admin(str(user.instance_arn)) in given

    def _without(self, instance_arn: str, users: Collection[str], state: str) -> int:
        """How many users have Admin without these, which are noted as in this state.

        Those to be taken are noted only if enough are left. The number may be too high where it is
        enough: no more users are described than that needs.
        """
        with self._lock:
            admins = self._read(instance_arn)
            while True:
                with self._tally.change() as tally:
                    given = _given(instance_arn, tally)
                    left = {k for k in {*admins.ids, *given} if tally.get(k) not in (_TAKEN, state)}
                    left.difference_update(users)
                    unsure = sorted(left - admins.described - given)
                    enough = len(left) - len(unsure) >= self._least
                    if enough or state == _FORESEEN:
                        tally |= {k: state for k in users if tally.get(k) != _TAKEN}
                if enough or len(left) < self._least:
                    return len(left)
                self._describe(instance_arn, admins, unsure[0])

    def _read(self, instance_arn: str) -> _Admins:
        if instance_arn not in self._admins:
            profile = self._admin(instance_arn)
            with _closed():
                found = self._api(instance_arn).holders(profile) if profile else {}
            ids = {_key(instance_arn, name): user_id for user_id, name in found.items()}
            self._admins[instance_arn] = _Admins(ids)
        return self._admins[instance_arn]

    def _describe(self, instance_arn: str, admins: _Admins, key: str) -> None:
        """Counts a user for sure, or no more."""
        profiles: list[str] = []
        with _closed(), suppress(NotFound):
            user = self._api(instance_arn).describe(admins.ids[key])
            profiles = texts(user.get("SecurityProfileIds"))
        if self._admin(instance_arn) in profiles:
            admins.described.add(key)
        else:
            del admins.ids[key]

    def _admin(self, instance_arn: str) -> str | None:
        """The id of the profile; None where the instance has none."""
        with _closed():
            return self._api(instance_arn).security_profile(ADMIN)


@contextmanager
def _closed() -> Iterator[None]:
    """Raises TooFewAdmins where Connect does not say how many there are."""
    try:
        yield
    except ConnectUsersError as error:
        raise TooFewAdmins(
            f"connect:{_SETTING} is set, but the users with the security profile {ADMIN} could not "
            f"be counted: {str(error).rstrip('.')}. Allow connect:ListSecurityProfiles, "
            "connect:SearchUsers and connect:DescribeUser, or set "
            f"{variable_of(_SETTING)}=0 for one run."
        ) from None


def _may_be_made(error: ConnectUsersError) -> bool:
    """Whether Connect may have made the call that takes the profile."""
    unsure = isinstance(error, (OutcomeUnknown, ServiceFailure))
    return isinstance(error, ApiError) and unsure and error.operation in _TAKING


def _given(instance_arn: str, tally: Mapping[str, str]) -> set[str]:
    start = _prefix(instance_arn)
    return {key for key, state in tally.items() if state == _GIVEN and key.startswith(start)}


def _key(instance_arn: str, username: str) -> str:
    return _prefix(instance_arn) + key_of(instance_arn, username)


def _prefix(instance_arn: str) -> str:
    return f"{last_part(instance_arn)}/"
