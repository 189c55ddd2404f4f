"""SAML: the username is the RoleSessionName, so it must be valid as one."""

import re

from ..absent import Absent
from ..examples.cases import case
from ..results import Results, Violation, absent
from ..rule import Rule
from ..settings import Settings
from ..sources import ASSUME_ROLE, CONFIGURE_SAML, CREATE_USER, connect_api
from ..subject import UserView

# What AWS STS (2-64 of [\w+=,.@-]) and Connect (64 of [a-zA-Z0-9_-.@]) both accept.
_ALPHABET = re.compile(r"[a-zA-Z0-9_.@-]*\Z")


def _evaluate(user: UserView, _settings: Settings) -> Results:
    name = user.text("username")
    if isinstance(name, Absent):
        yield absent(name, "username")
    elif not 2 <= len(name) <= 64:
        yield Violation(
            f"username has {len(name)} characters; a RoleSessionName has 2 to 64. "
            "Use the value that the identity provider sends.",
            user,
        )
    elif not _ALPHABET.match(name):
        yield Violation(
            "username has a character that Connect or AWS STS does not allow. "
            "Use a-z A-Z 0-9 _ - . @ only, here and in the identity provider.",
            user,
        )


RULE = Rule(
    name="connect-user-saml-role-session-name",
    family="identity",
    title="A SAML username must be a valid RoleSessionName.",
    severity="high",
    level="mandatory",
    framework=connect_api("CreateUser: Username"),
    why="The username must equal the RoleSessionName that the identity provider sends. AWS STS "
    "accepts 2 to 64 characters; Connect accepts fewer kinds of character. A user whose name only "
    "one of them accepts is created, but can never log in.",
    steps="Choose an attribute of the identity provider that fits both, and use its exact value.",
    sources=(CONFIGURE_SAML, ASSUME_ROLE, CREATE_USER),
    modes=("SAML",),
    checked=True,
    evaluate=_evaluate,
    reads=("username",),
    good=case("SAML"),
    bad=case("SAML", username="m"),
)
