"""Privileged profiles for a time only, with a reason."""

from datetime import timedelta

from ..absent import UNKNOWN, Absent, Value
from ..access import ADMIN, ADMIN_HELD, cannot_tell, catalogue, held, is_one_of
from ..examples.cases import case
from ..in_time import Period, current_time
from ..property_values import Properties
from ..results import Results, Violation, unknown
from ..rule import Rule
from ..settings import PROFILES, Settings, integer, texts
from ..sources import PROFILE_BEST_PRACTICES, SECURITY_BEST_PRACTICES, connect_security
from ..subject import Profile, UserView, last_segment
from ..user_resources import OWN_USERS, ROSTERS


def _evaluate(user: UserView, settings: Settings) -> Results:
    profiles, listed = held(user, settings), settings.texts("privileged")
    if doubt := cannot_tell(profiles):
        yield doubt
    grants, standing = user.entries("grants"), user.texts("standingSecurityProfileIds")
    for profile in profiles if isinstance(profiles, tuple) else ():
        if not is_one_of(profile, listed):
            continue
        if UNKNOWN in (grants, standing):
            yield unknown("the grants")
        elif isinstance(grants, Absent) or not grants or _stays(profile, standing):
            yield Violation(
                f"holds {profile.label} without an end. Give it with a grant: until, reason.", user
            )
        else:
            own = [grant for grant in grants if _gives(grant, profile, catalogue(settings))]
            if not own:
                yield unknown("the grant")
            for fault in sorted({_fault(grant, settings.integer("maxDays")) for grant in own}):
                if fault:
                    yield Violation(f"holds {profile.label} by a grant {fault}", user)


def _stays(profile: Profile, standing: Value[tuple[Value[str], ...]]) -> bool:
    """Whether the user has the profile without its grants too; without ids that is not known."""
    return isinstance(standing, tuple) and profile.id in [last_segment(one) for one in standing]


def _gives(grant: Properties, profile: Profile, names: dict[str, str]) -> bool:
    given = grant.get("securityProfileId")
    identifier = last_segment(given) if isinstance(given, str) else None
    if identifier is not None:
        return identifier == profile.id or names.get(identifier) == profile.name
    return grant.get("securityProfile") == profile.name


def _fault(grant: Properties, most: int) -> str:
    """What is wrong with a grant; empty for one that is over, and for a good one."""
    until, now = grant.get("until"), current_time()
    try:
        period = Period.of(grant.get("starts"), until)
    except ValueError:
        return "without a valid end. Give until."
    if period.is_over(now):
        return ""
    if not str(grant.get("reason") or "").strip():
        return "without a reason. Give reason."
    if period.end is None:
        return "without an end. Give until."
    longest = timedelta(days=most)
    lasts = period.end - (period.start or now)
    return f"of more than {most} days. End it earlier." if lasts > longest else ""


RULE = Rule(
    name="connect-user-privileged-grant",
    family="access",
    title="Privileged profiles should be held for a time, with a reason.",
    severity="high",
    level="disabled",
    framework=connect_security("Least privilege"),
    why="Rights that were given for a task stay when the task is done. A grant ends on its date, "
    "and its reason is there for the review.",
    steps="Move the profile from `security_profiles` to `grants`, with `until` and `reason`. Waive "
    "those who keep it.",
    sources=(PROFILE_BEST_PRACTICES, SECURITY_BEST_PRACTICES),
    # No other type has grants.
    types=(*OWN_USERS, *ROSTERS),
    config={
        "privileged": texts("Names or ids (globs) of privileged profiles.", [ADMIN]),
        "maxDays": integer("Days that a grant can last, from its start or today.", 90, minimum=1),
        **PROFILES,
    },
    evaluate=_evaluate,
    reads=("securityProfileIds",),
    good=case(
        grants=[
            {
                "securityProfile": ADMIN,
                "starts": "2026-12-01",
                "until": "2026-12-31",
                "reason": "Cover during a migration",
            }
        ],
        securityProfileIds=["profile-admin", "profile-frontline"],
        securityProfileNames=[ADMIN, "Frontline"],
    ),
    bad=case(**ADMIN_HELD),
)
