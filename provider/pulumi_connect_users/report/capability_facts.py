"""What users of the program gain and lose, from the fact `capabilities` that check adds. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ..access.admin import ADMIN
from ..access.capabilities import BECOME_ADMIN, TEXTS
from ..access.gains import Gains
from ..access.review import IS_ADMIN, UNRESTRICTED
from ..model.references import SECURITY_PROFILES
from .account_changes import PROFILES, changes_profiles
from .instance_changes import NOTHING, adopts, is_unknown
from .user_changes import UserChange, Wire, is_hidden

FACT: Final = "capabilities"


@dataclass(frozen=True)
class OwnCapabilities:
    """What a user's own security profiles permit; None where the input does not show it."""

    username: str
    before: frozenset[str] | None
    after: frozenset[str] | None
    is_admin: bool = False
    """Whether Admin itself is among the profiles after."""

    @property
    def is_known(self) -> bool:
        """Whether the input shows both."""
        return self.before is not None and self.after is not None

    @property
    def gains(self) -> Gains:
        """The difference; names that this version does not know are left out."""
        before, after = self.before or frozenset(), self.after or frozenset()
        if self.after is None:
            return Gains(self.username)
        if self.before is None:
            return Gains(self.username, uncertain=tuple(name for name in TEXTS if name in after))
        gained = dict.fromkeys((n for n in TEXTS if n in after - before), UNRESTRICTED)
        if self.is_admin and BECOME_ADMIN in gained:
            gained[BECOME_ADMIN] = IS_ADMIN
        return Gains(
            self.username,
            gained=gained,
            lost=tuple(name for name in TEXTS if name in before - after),
        )


def own_capabilities(changes: Iterable[UserChange]) -> Iterator[OwnCapabilities]:
    """Before and after of each change; what does not change needs not be known."""
    for change in changes:
        is_admin = ADMIN in (_profile_names(change.new) or ())
        found = OwnCapabilities(change.username, _before(change), _after(change), is_admin)
        if found.is_known or changes_profiles(change):
            yield found


def _before(change: UserChange) -> frozenset[str] | None:
    if change.old is None and not adopts(change):
        return frozenset()
    return _fact(change.old or NOTHING, change)


def _after(change: UserChange) -> frozenset[str] | None:
    return frozenset() if change.new is None else _fact(change.new, change)


def _fact(wire: Wire, change: UserChange) -> frozenset[str] | None:
    names = wire.get(FACT)
    if is_hidden(change) or is_unknown(wire, PROFILES) or not isinstance(names, list):
        return None
    return frozenset(name for name in names if isinstance(name, str))


def may_lose_admin(change: UserChange) -> bool:
    """Whether an existing user may have Admin before, and not after."""
    if not changes_profiles(change) or (change.op == "create" and not adopts(change)):
        return False
    before, after = _profile_names(change.old), _profile_names(change.new)
    return (before is None or ADMIN in before) and (after is None or ADMIN not in after)


def _profile_names(wire: Wire | None) -> frozenset[str] | None:
    """The names of a user's security profiles; None where not all of them are in the input."""
    if wire is None:
        return None
    ids, names = wire.get(PROFILES), wire.get(SECURITY_PROFILES.fact)
    if not isinstance(ids, list) or not isinstance(names, list) or len(ids) != len(names):
        return None
    return frozenset(name for name in names if isinstance(name, str))
