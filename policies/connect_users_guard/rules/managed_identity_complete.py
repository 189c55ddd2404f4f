"""Managed identities: Connect itself needs name, e-mail address and first password."""

from __future__ import annotations

from ..absent import MISSING, UNKNOWN
from ..examples.cases import case
from ..results import Results, Violation, unknown
from ..rule import Rule
from ..settings import Settings, flag
from ..sources import CREATE_USER, IDENTITY_INFO, connect_api
from ..subject import UserView


def _evaluate(user: UserView, settings: Settings) -> Results:
    if user.is_part or user.get("adopt") is True:
        # Who exists already has what is not declared, or is no case for CreateUser.
        return
    needed = ["identityInfo.firstName", "identityInfo.lastName"]
    if settings.flag("requireEmail"):
        needed.append("identityInfo.email")
    # The password of a user who exists already is not known to the program that has imported it,
    # and one that is made up (InitialPassword) is known to nobody.
    if not user.resource.ignores("password") and user.get("initialPassword") is MISSING:
        needed.append("password")
    for path in needed:
        value = user.get(path)
        if value is MISSING:
            yield Violation(f"{path} is missing. Give it{_else(user, path)}.", user)
        elif value is UNKNOWN and user.get(path.partition(".")[0]) is UNKNOWN and "." in path:
            yield unknown("identityInfo")


def _else(user: UserView, path: str) -> str:
    """What else can be done about a password that nobody knows."""
    if path != "password":
        return ""
    ours = user.resource.type.startswith("pulumi-python:")
    how = "set adopt" if ours else 'set ignore_changes=["password"]'
    return f"; for a user who exists already, {how}"


RULE = Rule(
    name="connect-user-managed-identity-complete",
    family="identity",
    title="A managed user should have a first name, a last name, an e-mail address and a password.",
    severity="medium",
    level="advisory",
    framework=connect_api("CreateUser: IdentityInfo, Password"),
    why="The API documents them as required where Connect itself manages identities; it was seen "
    "to take users without an e-mail address, whose password cannot be reset by e-mail.",
    steps="Give what is missing. For a user who exists already, set `adopt`; for an "
    'imported one of other providers, `ignore_changes=["password"]`.',
    sources=(CREATE_USER, IDENTITY_INFO),
    modes=("CONNECT_MANAGED",),
    config={"requireEmail": flag("Whether an e-mail address is needed.", default=True)},
    evaluate=_evaluate,
    reads=("identityInfo",),
    good=case(),
    bad=case(identityInfo={"lastName": None}),
)
