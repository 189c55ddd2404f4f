"""Permissions that lead to all others."""

from ..absent import MISSING, UNKNOWN
from ..edit import Edit, Edits
from ..examples.cases import Case, profile
from ..results import NotApplicable, Results, Violation, unknown
from ..rule import Rule
from ..settings import Settings, matches, texts
from ..sources import PROFILE_BEST_PRACTICES, PROFILE_LIST, connect_security
from ..subject import ProfileView
from ..user_resources import PROFILES

_RISKY = [
    "Users.Create",
    "Users.Edit",
    "Users.EditPermission",
    "Users.Delete",
    "SecurityProfiles.Create",
    "SecurityProfiles.Edit",
    "SecurityProfiles.Delete",
    "RoutingPolicies.Edit",
    "ScreenRecording.Access",
]


def _allowed(one: ProfileView, settings: Settings) -> bool | None:
    """Whether the profile may hold them; None if its name is not known."""
    name = one.text("securityProfileName")
    listed = settings.texts("allowedProfiles")
    if isinstance(name, str):
        return matches(name, listed) or matches(one.urn, listed)
    return True if matches(one.urn, listed) else None


def _evaluate(one: ProfileView, settings: Settings) -> Results:
    permissions = one.texts("permissions")
    if permissions is MISSING:
        yield NotApplicable("the security profile has no permissions")
        return
    if permissions is UNKNOWN:
        yield unknown("permissions")
        return
    globs = settings.texts("permissions")
    risky = sorted(p for p in permissions if isinstance(p, str) and matches(p, globs))
    allowed = _allowed(one, settings) if risky else True
    if allowed is None:
        yield unknown("securityProfileName")
    elif not allowed:
        yield Violation(
            f"grants {', '.join(risky)}, but is not in allowedProfiles. Remove it, or list the "
            "profile.",
            one,
        )
    if any(p is UNKNOWN for p in permissions):
        yield unknown("a permission")


def _fix(one: ProfileView, settings: Settings) -> Edits:
    permissions = one.texts("permissions")
    if _allowed(one, settings) is not False or not isinstance(permissions, tuple):
        return
    if any(not isinstance(p, str) for p in permissions):
        return
    globs = settings.texts("permissions")
    kept = [p for p in permissions if isinstance(p, str) and not matches(p, globs)]
    if len(kept) != len(permissions):
        yield Edit(("permissions",), kept)


RULE = Rule(
    name="connect-user-risky-permission",
    family="access",
    title="Only listed security profiles may grant risky permissions.",
    severity="critical",
    level="mandatory",
    framework=connect_security("Least privilege"),
    why="Whoever edits users can reset an Admin's password, grant Admin, or change the e-mail "
    "address that a reset goes to. `ScreenRecording.Access` plays recordings unredacted.",
    steps="Remove the permission from the profile, or list the profile after a review.",
    sources=(PROFILE_LIST, PROFILE_BEST_PRACTICES),
    types=PROFILES,
    config={
        "permissions": texts("Permissions (globs) that are risky.", _RISKY),
        "allowedProfiles": texts("Names or URNs (globs) of profiles with them.", ["Admin"]),
    },
    evaluate=_evaluate,
    fix=_fix,
    reads=("permissions",),
    good=Case(profiles=(profile(),)),
    bad=Case(profiles=(profile(permissions=["BasicAgentAccess", "Users.Edit"]),)),
)
