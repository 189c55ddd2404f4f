"""What the rules on security profiles share: who holds which profile, and who is privileged."""

from collections.abc import Sequence

from .absent import MISSING, UNKNOWN, Value, is_known
from .results import Gap, NotApplicable, unknown
from .settings import Settings, matches
from .subject import Profile, UserView, last_segment

ADMIN = "Admin"
ADMIN_HELD = {"securityProfileIds": ["profile-admin"], "securityProfileNames": [ADMIN]}
"""In examples: what a user has who is an Admin."""
DEFAULT_PROFILES = ("Admin", "Agent", "CallCenterManager", "QualityAnalyst")
"""The security profiles that every instance begins with."""

NAMES_NEEDED = NotApplicable(
    "the names of the security profiles are not given: list their ids, or set profiles", Gap.NAMES
)


def catalogue(settings: Settings) -> dict[str, str]:
    """The `profiles` setting: names by id, in any form that programs have it."""
    return {by_id(str(k)): str(v) for k, v in settings.mapping("profiles").items()}


def held(user: UserView, settings: Settings) -> Value[tuple[Profile, ...]]:
    """The user's profiles, with the names that the rule's `profiles` setting adds."""
    return user.profiles(catalogue(settings))


def is_one_of(profile: Profile, globs: Sequence[str]) -> bool:
    """Whether its name or id is listed."""
    listed = [by_id(glob) for glob in globs]
    return any(isinstance(n, str) and matches(n, listed) for n in (profile.name, profile.id))


def by_id(entry: str) -> str:
    """An entry of the settings for names and ids: of an ARN or `INSTANCE:ID` the id."""
    # A name may hold a slash.
    return last_segment(entry) if entry.startswith("arn:") or "/" not in entry else entry


def cannot_tell(profiles: Value[tuple[Profile, ...]]) -> NotApplicable | None:
    """Why it is not certain that none of the profiles is a listed one; None if it is."""
    if profiles is UNKNOWN:
        return unknown("the list of security profiles")
    if profiles is MISSING:
        return NotApplicable("the user has no security profiles")
    if any(p.name is UNKNOWN or (p.id is UNKNOWN and not is_known(p.name)) for p in profiles):
        return unknown("a security profile")
    return NAMES_NEEDED if any(p.name is MISSING for p in profiles) else None


def privileged(
    user: UserView, settings: Settings, key: str
) -> tuple[list[str], NotApplicable | None]:
    """The labels of the user's profiles that the setting lists, and why there might be more."""
    profiles = held(user, settings)
    if not isinstance(profiles, tuple):
        return [], cannot_tell(profiles)
    listed = settings.texts(key)
    return [p.label for p in profiles if is_one_of(p, listed)], cannot_tell(profiles)
