"""SAML: the e-mail address comes from the identity provider."""

from ..examples.cases import case
from ..rule import Rule
from ..sources import IDENTITY_INFO, connect_api
from ..unset import removal, unset

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
    checked=True,
    evaluate=unset(
        "identityInfo.email",
        remedy=". Remove it; identityInfo.secondaryEmail receives notifications.",
    ),
    fix=removal("identityInfo.email"),
    reads=("identityInfo",),
    good=case("SAML"),
    bad=case("SAML", identityInfo={"email": "marym@example.com"}),
)
