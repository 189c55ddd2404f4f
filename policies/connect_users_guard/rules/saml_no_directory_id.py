"""SAML: there is no directory to have an id in."""

from ..examples.cases import case
from ..rule import Rule
from ..sources import CREATE_USER, connect_api
from ..unset import removal, unset

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
    checked=True,
    evaluate=unset("directoryUserId", remedy=". Remove it."),
    fix=removal("directoryUserId"),
    good=case("SAML"),
    bad=case("SAML", directoryUserId="directory-7"),
)
