"""Existing directory: it owns names, e-mail address and password."""

from __future__ import annotations

from collections.abc import Iterator

from ..absent import MISSING, UNKNOWN
from ..edit import REMOVE, Edit
from ..examples.cases import case
from ..results import Results, Violation, unknown
from ..rule import Rule
from ..settings import Settings
from ..sources import CREATE_USER, DIRECTORY, IDENTITY_INFO, connect_api
from ..subject import UserView

_OWNED = ("password", "identityInfo.firstName", "identityInfo.lastName", "identityInfo.email")


def _set(user: UserView) -> list[str]:
    hidden = user.get("identityInfo") is UNKNOWN
    return [p for p in _OWNED if user.get(p) is not MISSING and not (hidden and "." in p)]


def _evaluate(user: UserView, _settings: Settings) -> Results:
    for path in _set(user):
        yield Violation(f"{path} is set, but the directory owns it. Remove it.", user)
    if user.get("identityInfo") is UNKNOWN:
        yield unknown("identityInfo")


def _fix(user: UserView, _settings: Settings) -> Iterator[Edit]:
    for path in _set(user):
        yield Edit(tuple(path.split(".")), REMOVE)


RULE = Rule(
    name="connect-user-directory-identity-unmanaged",
    family="identity",
    title="A user of an existing directory must have no password, names or e-mail address here.",
    severity="medium",
    level="mandatory",
    framework=connect_api("UserIdentityInfo"),
    why="The directory owns these attributes: Connect answers a password with an error and does "
    "not let names and e-mail addresses be changed, so values here go out of date.",
    steps="Remove `password` and the names and e-mail address in `identity_info`; change them in "
    "the directory.",
    sources=(CREATE_USER, IDENTITY_INFO, DIRECTORY),
    modes=("EXISTING_DIRECTORY",),
    evaluate=_evaluate,
    fix=_fix,
    reads=("identityInfo",),
    good=case("EXISTING_DIRECTORY"),
    bad=case("EXISTING_DIRECTORY", identityInfo={"email": "marym@example.com"}),
)
