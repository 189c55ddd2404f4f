"""SAML: there is no directory to have an id in."""

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
    if user.get("directoryUserId") is not MISSING:
        yield Violation("directoryUserId is set. Remove it.", user)


def _fix(user: UserView, _settings: Settings) -> Iterator[Edit]:
    if user.get("directoryUserId") is not MISSING:
        yield Edit(("directoryUserId",), REMOVE)


RULE = Rule(
    name="connect-user-saml-no-directory-id",
    family="identity",
    title="A user of a SAML instance must not have a directory id.",
    severity="high",
    level="mandatory",
    framework=connect_api("CreateUser: DirectoryUserId"),
    why="CreateUser fails if `DirectoryUserId` is given for an instance with SAML identities.",
    steps="Remove `directory_user_id`.",
    sources=(CREATE_USER,),
    modes=("SAML",),
    evaluate=_evaluate,
    fix=_fix,
    good=case("SAML"),
    bad=case("SAML", directoryUserId="directory-7"),
)
