"""What the security profiles of one user allow, as far as they alone show it. Pure.

Whether they lead to Admin is searched in a small centre: the user's own account and profiles, the
profile Admin, and an administrator without tags or hierarchy group. Ways over other people's
accounts and profiles are not in it; a review of the instance finds those.
"""

from __future__ import annotations

from functools import lru_cache

from ..core.security_profile import SecurityProfile
from .admin import Centre
from .capabilities import BECOME_ADMIN, possible
from .changes import Account
from .profiles import powers


@lru_cache(maxsize=4096)
def capabilities_of(
    own: Account,
    profiles: frozenset[SecurityProfile],
    admin: SecurityProfile | None,
    *,
    with_passwords: bool,
) -> tuple[str, ...]:
    """The names, sorted; all profiles of the account `own` were read. `admin` is Admin, if known.

    `with_passwords` says whether Amazon Connect keeps the passwords.
    """
    found = powers(profiles)
    names = [name for name in possible(with_passwords=with_passwords) if name in found]
    known = {profile.id: profile for profile in profiles}
    administrator = {} if admin is None else {Account(frozenset({admin.id})): ""}
    if admin is not None:
        known = {admin.id: admin, **known}
    centre = Centre(known, {own: "", **administrator}, with_passwords=with_passwords)
    if centre.way(own) is not None:
        names.append(BECOME_ADMIN)
    return tuple(sorted(names))
