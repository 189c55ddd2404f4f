"""SAML: the identity provider has the password, and Connect refuses one."""

from ..examples.cases import case
from ..rule import Rule
from ..sources import CREATE_USER, connect_api
from ..unset import removal, unset

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
    checked=True,
    evaluate=unset("password", remedy=". Remove it: users log in at the identity provider."),
    fix=removal("password"),
    good=case("SAML"),
    bad=case("SAML", password="Quokka-9-lattice-Moss"),
)
