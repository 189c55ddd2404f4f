"""Managed identities: Connect needs a name, an e-mail address and an initial password."""

from collections.abc import Iterator

from ..absent import MISSING, UNKNOWN
from ..examples.cases import case
from ..results import Results, Violation, unknown
from ..rule import Rule
from ..settings import Settings, flag
from ..sources import CREATE_USER, IDENTITY_INFO, connect_api
from ..subject import UserView


def _evaluate(user: UserView, settings: Settings) -> Results:
    if user.is_part or user.get("adopt") is True:
        # An existing user has what is not declared, or is not created by CreateUser.
        return
    for path in _needed(user, settings):
        value = user.get(path)
        if value is MISSING:
            yield Violation(f"{path} is missing. Set it{_else(user, path)}.", user)
        elif value is UNKNOWN and user.get(path.partition(".")[0]) is UNKNOWN and "." in path:
            yield unknown("identityInfo")


def _needed(user: UserView, settings: Settings) -> Iterator[str]:
    yield from ("identityInfo.firstName", "identityInfo.lastName")
    if settings.flag("requireEmail"):
        yield "identityInfo.email"
    # A program does not know the password of a user that it imported, and no one knows a generated
    # one (InitialPassword).
    if not user.resource.ignores("password") and user.get("initialPassword") is MISSING:
        yield "password"


def _else(user: UserView, path: str) -> str:
    """The alternative to a password that is unknown."""
    if path != "password":
        return ""
    ours = user.resource.type.startswith("pulumi-python:")
    how = "set adopt" if ours else 'set ignore_changes=["password"]'
    return f"; for an existing user, {how}"


RULE = Rule(
    name="connect-user-managed-identity-complete",
    family="identity",
    title="A managed user should have a first name, a last name, an e-mail address and a password.",
    severity="medium",
    level="advisory",
    framework=connect_api("CreateUser: IdentityInfo, Password"),
    why="The API documents them as required where Connect manages identities; it has been seen "
    "to accept users without an e-mail address, whose password cannot be reset by e-mail.",
    steps="Set what is missing. For an existing user, set `adopt`; for an "
    'imported user of another provider, `ignore_changes=["password"]`.',
    sources=(CREATE_USER, IDENTITY_INFO),
    modes=("CONNECT_MANAGED",),
    config={"requireEmail": flag("Whether an e-mail address is needed.", default=True)},
    evaluate=_evaluate,
    reads=("identityInfo",),
    good=case(),
    bad=case(identityInfo={"lastName": None}),
)
