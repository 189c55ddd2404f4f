"""What the security profiles of one user allow, as far as they alone show it. Pure.

Whether they lead to Admin is searched in a small centre: the user's own account and profiles, the
profile Admin, and an administrator without tags or hierarchy group. Ways over other people's
accounts and profiles are not in it; a review of the instance finds those.
"""

from __future__ import annotations

from ..core.security_profile import SecurityProfile
from .admin import Centre
from .capabilities import BECOME_ADMIN, possible
from .changes import Account
from .profiles import powers


def capabilities_of(
    own: Account,
    profiles: frozenset[SecurityProfile],
    admin: SecurityProfile | None,
    *,
    with_passwords: bool,
) -> list[str]:
    """The names, sorted.

    `profiles` are those of the account `own`, all of them read; `admin` is the profile Admin, None
    where these cannot lead there. `with_passwords`: whether Amazon Connect keeps the passwords.
    """
    found = powers(profiles)
    names = [name for name in possible(with_passwords=with_passwords) if name in found]
    known = {profile.id: profile for profile in profiles}
    accounts = {own: ""}
    if admin is not None:
        known.setdefault(admin.id, admin)
        accounts.setdefault(Account(frozenset({admin.id})), "")
    centre = Centre(known, accounts, with_passwords=with_passwords)
    if centre.way(own) is not None:
        names.append(BECOME_ADMIN)
    return sorted(names)
