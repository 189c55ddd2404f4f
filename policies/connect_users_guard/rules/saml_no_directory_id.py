"""SAML: there is no directory that an id could be of."""

from __future__ import annotations

from collections.abc import Iterator

from ..edit import REMOVE, Edit
from ..rule import Rule
from ..sample import case
from ..settings import Settings
from ..sources import CREATE_USER, connect_api
from ..subject import UserView
from ..value import MISSING
from ..verdict import Findings, Violation


def _judge(user: UserView, _settings: Settings) -> Findings:
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
    judge=_judge,
    fix=_fix,
    good=case("SAML"),
    bad=case("SAML", directoryUserId="directory-7"),
)
