"""The program should say which user it is."""

from ..absent import MISSING, UNKNOWN
from ..examples.cases import case
from ..results import Results, Violation
from ..rule import Rule
from ..settings import IDENTITY_TYPES, PROFILES, Settings
from ..sources import CONFIGURE_SAML, CREATE_USER, connect_security
from ..subject import UserView

_PATHS = {"username": "username", "instanceArn": "the instance"}


def _evaluate(user: UserView, _settings: Settings) -> Results:
    for path, what in _PATHS.items():
        value = user.text(path)
        if value is UNKNOWN:
            yield Violation(
                f"{what} is not known yet, so other rules cannot run. Use a known value.",
                user,
            )
        elif value is MISSING:
            yield Violation(f"{what} is missing, so a tool may generate one. Set it.", user)
    if user.username_generated:
        yield Violation("username is missing: the provider has generated one. Set it.", user)


RULE = Rule(
    name="connect-user-identity-known",
    family="lifecycle",
    title="Username and instance should be known at preview.",
    severity="medium",
    level="advisory",
    framework=connect_security("Review before deployment"),
    why="No rule can evaluate what a preview does not know. A missing username is generated "
    "with a random suffix by the aws and aws-native providers; SAML users cannot log in with it.",
    steps="Set the username; take the instance's id from configuration.",
    sources=(CREATE_USER, CONFIGURE_SAML),
    config={**IDENTITY_TYPES, **PROFILES},
    evaluate=_evaluate,
    good=case(),
    bad=case(username=None),
)
