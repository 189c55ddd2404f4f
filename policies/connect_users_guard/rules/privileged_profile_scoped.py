"""Privileged profiles that reach every user."""

from collections.abc import Sequence

from ..absent import MISSING, UNKNOWN
from ..examples.cases import Case, profile
from ..results import NotApplicable, Results, Violation, unknown
from ..rule import Rule
from ..settings import Settings, matches, texts
from ..sources import HIERARCHY_ACCESS, TAG_ACCESS, connect_security
from ..subject import ProfileView
from ..user_resources import AWS_NATIVE_PROFILE, PROFILES

_SCOPES = ("allowedAccessControlTags", "allowedAccessControlHierarchyGroupId")
_PRIVILEGED = ["Users.*", "SecurityProfiles.*", "RoutingPolicies.Edit"]


def _evaluate(one: ProfileView, settings: Settings) -> Results:
    permissions, globs = one.texts("permissions"), settings.texts("permissions")
    if one.resource.type != AWS_NATIVE_PROFILE:
        yield NotApplicable("this resource type has no attribute for a scope")
    elif permissions is UNKNOWN:
        yield unknown("permissions")
    elif permissions is MISSING:
        yield NotApplicable("the security profile has no permissions")
    elif not any(isinstance(p, str) and matches(p, globs) for p in permissions):
        if any(p is UNKNOWN for p in permissions):
            yield unknown("a permission")
    else:
        yield from _unscoped(one, settings.texts("unscopedProfiles"))


def _unscoped(one: ProfileView, exempt: Sequence[str]) -> Results:
    if isinstance(name := one.text("securityProfileName"), str) and matches(name, exempt):
        return
    scopes = [one.get(path) for path in _SCOPES]
    if UNKNOWN in scopes:
        yield unknown("the scope of the security profile")
    elif not any(scope is not MISSING and scope != {} for scope in scopes):
        yield Violation(
            "grants privileged permissions on all users. Scope it with "
            "allowedAccessControlTags or allowedAccessControlHierarchyGroupId.",
            one,
        )


_EDITOR = {"securityProfileName": "Team lead", "permissions": ["Users.View", "Users.Edit"]}
_SCOPED = {"allowedAccessControlTags": {"Team": "West"}, "tagRestrictedResources": ["User"]}

RULE = Rule(
    name="connect-user-privileged-profile-scoped",
    family="access",
    title="A privileged security profile should be scoped by tags or by hierarchy.",
    severity="high",
    level="advisory",
    framework=connect_security("Tag- and hierarchy-based access control"),
    why="A team lead who edits users needs those of one team only. Access-control tags and "
    "hierarchy groups limit them; without a scope a profile reaches every user.",
    steps="Set the profile's access-control tags or hierarchy group.",
    sources=(TAG_ACCESS, HIERARCHY_ACCESS),
    types=PROFILES,
    config={
        "permissions": texts("Permissions (globs) that make a profile privileged.", _PRIVILEGED),
        "unscopedProfiles": texts("Names (globs) of exempt profiles.", ["Admin"]),
    },
    evaluate=_evaluate,
    reads=("permissions",),
    good=Case(profiles=(profile(**_EDITOR, **_SCOPED),)),
    bad=Case(profiles=(profile(**_EDITOR),)),
)
