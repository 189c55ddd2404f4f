"""SAML: the identity provider has the password, and Connect refuses one."""

from __future__ import annotations

from collections.abc import Iterator

from ..absent import MISSING
from ..edit import REMOVE, Edit
from ..examples.cases import case
from ..results import Results, Violation
from ..rule import Rule
from ..settings import Settings
from ..sources import CREATE_USER, connect_api
from ..subject import UserView


def _evaluate(user: UserView, _settings: Settings) -> Results:
    # A password that is not known yet is still one.
    if user.get("password") is not MISSING:
        yield Violation("password is set. Remove it: users log in at the identity provider.", user)


def _fix(user: UserView, _settings: Settings) -> Iterator[Edit]:
    if user.get("password") is not MISSING:
        yield Edit(("password",), REMOVE)


RULE = Rule(
    name="connect-user-saml-no-password",
    family="identity",
    title="A user of a SAML instance must not have a password.",
    severity="high",
    level="mandatory",
    framework=connect_api("CreateUser: Password"),
    why="CreateUser fails if a password is given for an instance with SAML identities. A password "
    "that serves no purpose is a secret that can only leak.",
    steps="Remove `password`; the identity provider decides how the user logs in.",
    sources=(CREATE_USER,),
    modes=("SAML",),
    evaluate=_evaluate,
    fix=_fix,
    good=case("SAML"),
    bad=case("SAML", password="Quokka-9-lattice-Moss"),
)
