"""Admins are a reviewed list."""

from ..absent import UNKNOWN
from ..access import ADMIN, ADMIN_HELD, privileged
from ..examples.cases import case
from ..results import Results, Violation, unknown
from ..rule import Rule
from ..settings import PROFILES, Settings, matches, texts
from ..sources import PROFILE_BEST_PRACTICES, SECURITY_BEST_PRACTICES, connect_security
from ..subject import UserView


def _evaluate(user: UserView, settings: Settings) -> Results:
    labels, doubt = privileged(user, settings, "adminProfiles")
    if not labels:
        if doubt:
            yield doubt
        return
    allowed, name = settings.texts("allowedUsers"), user.text("username")
    if matches(user.address, allowed) or (isinstance(name, str) and matches(name, allowed)):
        return
    if allowed and name is UNKNOWN:
        yield unknown("username")
    else:
        yield Violation(
            f"holds {', '.join(sorted(labels))}, but is not listed under allowedUsers. "
            "Use a smaller security profile, or list the user.",
            user,
        )


RULE = Rule(
    name="connect-user-admin-allowed",
    family="access",
    title="Only listed users may hold an Admin profile.",
    severity="critical",
    level="mandatory",
    framework=connect_security("Least privilege"),
    why="Admin can do everything, including resetting other Admins' passwords and granting Admin. "
    "AWS advises limiting who has it; a reviewed list does that.",
    steps="Give the user a smaller security profile, or list the username under `allowedUsers`.",
    sources=(PROFILE_BEST_PRACTICES, SECURITY_BEST_PRACTICES),
    config={
        "adminProfiles": texts("Names or ids (globs) of profiles that count as Admin.", [ADMIN]),
        "allowedUsers": texts("Usernames or URNs (globs) that may hold them."),
        **PROFILES,
    },
    evaluate=_evaluate,
    reads=("securityProfileIds",),
    good=case(config={"allowedUsers": ["mary.major"]}, **ADMIN_HELD),
    bad=case(config={"allowedUsers": ["jane.*"]}, **ADMIN_HELD),
)
