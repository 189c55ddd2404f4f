"""Existing directory: it owns names, e-mail address and password."""

from ..examples.cases import case
from ..rule import Rule
from ..sources import CREATE_USER, DIRECTORY, IDENTITY_INFO, connect_api
from ..unset import removal, unset

_OWNED = ("password", "identityInfo.firstName", "identityInfo.lastName", "identityInfo.email")

RULE = Rule(
    name="connect-user-directory-identity-unmanaged",
    family="identity",
    title="A user of an existing directory must have no password, names or e-mail address here.",
    severity="medium",
    level="mandatory",
    framework=connect_api("UserIdentityInfo"),
    why="The directory owns these attributes: Connect answers a password with an error and does "
    "not let names and e-mail addresses be changed, so values here go out of date.",
    steps="Remove `password`, names and e-mail address; change them in the directory.",
    sources=(CREATE_USER, IDENTITY_INFO, DIRECTORY),
    modes=("EXISTING_DIRECTORY",),
    evaluate=unset(*_OWNED, remedy=", but the directory owns it. Remove it."),
    fix=removal(*_OWNED),
    reads=("identityInfo",),
    good=case("EXISTING_DIRECTORY"),
    bad=case("EXISTING_DIRECTORY", identityInfo={"email": "marym@example.com"}),
)
