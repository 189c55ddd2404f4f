"""The users who can restore access."""

from dataclasses import replace

from ..absent import UNKNOWN
from ..access import ADMIN, privileged
from ..examples.cases import case
from ..results import Results, Violation, unknown
from ..rule import Rule
from ..settings import PROFILES, Settings, matches, texts
from ..sources import DELETE_USERS, PULUMI_OPTIONS, SECURITY_BEST_PRACTICES, connect_security
from ..subject import UserView
from ..user_resources import ROSTERS

_IN_ROSTER = (
    "but is in a roster, whose protect=True does not keep a user who leaves it. "
    "Declare a User of its own, with protect=True."
)


def _evaluate(user: UserView, settings: Settings) -> Results:
    in_roster = user.resource.type in ROSTERS
    if user.resource.protect and not in_roster:
        return
    name, users = user.text("username"), settings.texts("users")
    listed = isinstance(name, str) and matches(name, users)
    labels, doubt = privileged(user, settings, "privileged")
    if listed or labels:
        cause = "is listed under users" if listed else f"holds {', '.join(sorted(labels))}"
        remedy = _IN_ROSTER if in_roster else "but is not protected. Set protect=True."
        yield Violation(f"{cause}, {remedy}", user)
        return
    if users and name is UNKNOWN:
        yield unknown("username")
    if doubt:
        yield doubt


_BAD = case(securityProfileIds=["profile-admin"], securityProfileNames=[ADMIN])

RULE = Rule(
    name="connect-user-break-glass-protected",
    family="lifecycle",
    title="Admins and break-glass users must be protected.",
    severity="high",
    level="mandatory",
    framework=connect_security("Emergency access"),
    why="Deleting a user cannot be undone, and a replacement is a deletion. The users who can "
    "restore everyone's access must not be deleted by accident. A protected roster is kept as a "
    "whole, and still deletes whoever is removed from it.",
    steps="Declare a `User` with the resource option `protect=True`, not a user of a roster.",
    sources=(DELETE_USERS, SECURITY_BEST_PRACTICES, PULUMI_OPTIONS),
    config={
        "privileged": texts("Names or ids (globs) of profiles with protected users.", [ADMIN]),
        "users": texts("Usernames (globs) of other protected users."),
        **PROFILES,
    },
    evaluate=_evaluate,
    reads=("securityProfileIds",),
    good=replace(_BAD, protect=True),
    bad=_BAD,
)
