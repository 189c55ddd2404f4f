"""SAML: the e-mail address comes from the identity provider."""

from __future__ import annotations

from collections.abc import Iterator

from ..absent import MISSING, UNKNOWN
from ..edit import REMOVE, Edit
from ..examples.cases import case
from ..results import Results, Violation, unknown
from ..rule import Rule
from ..settings import Settings
from ..sources import IDENTITY_INFO, connect_api
from ..subject import UserView

_EMAIL = "identityInfo.email"


def _evaluate(user: UserView, _settings: Settings) -> Results:
    if user.get("identityInfo") is UNKNOWN:
        yield unknown("identityInfo")
    elif user.get(_EMAIL) is not MISSING:
        yield Violation(
            f"{_EMAIL} is set. Remove it; identityInfo.secondaryEmail receives notifications.",
            user,
        )


def _fix(user: UserView, _settings: Settings) -> Iterator[Edit]:
    if user.get(_EMAIL) is not MISSING and user.get("identityInfo") is not UNKNOWN:
        yield Edit(("identityInfo", "email"), REMOVE)


RULE = Rule(
    name="connect-user-saml-no-email",
    family="identity",
    title="A user of a SAML instance must not have an e-mail address.",
    severity="high",
    level="mandatory",
    framework=connect_api("UserIdentityInfo: Email"),
    why="The API answers with an error if `Email` is given for an instance with SAML identities.",
    steps="Remove `identity_info.email`. Notifications go to `secondary_email`.",
    sources=(IDENTITY_INFO,),
    modes=("SAML",),
    evaluate=_evaluate,
    fix=_fix,
    reads=("identityInfo",),
    good=case("SAML"),
    bad=case("SAML", identityInfo={"email": "marym@example.com"}),
)
