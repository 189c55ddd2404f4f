"""SAML: a company's usernames have one form."""

import re

from ..absent import Absent
from ..examples.cases import case
from ..results import Results, Violation, absent
from ..rule import Rule
from ..settings import Settings, flag, text, texts
from ..sources import CONFIGURE_SAML, TROUBLESHOOT_SAML, connect_security
from ..subject import UserView
from ..usernames import is_service_cloud_voice

_EMAIL_FORM = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def _evaluate(user: UserView, settings: Settings) -> Results:
    name = user.text("username")
    if isinstance(name, Absent):
        yield absent(name, "username")
        return
    pattern = settings.pattern("pattern")
    from_salesforce = is_service_cloud_voice(name)
    if from_salesforce and not pattern.pattern:
        return
    if not (pattern if pattern.pattern else _EMAIL_FORM).fullmatch(name):
        yield Violation(
            "username does not match the pattern (by default an e-mail address, or a Service Cloud "
            "Voice name). Use the value that the identity provider sends.",
            user,
        )
        return
    # The last part of a name from Salesforce is its organisation's id, not a domain.
    if not from_salesforce:
        yield from _foreign_domain(user, name.rpartition("@")[2], settings)


def _foreign_domain(user: UserView, domain: str, settings: Settings) -> Results:
    domains = settings.domains()
    if settings.flag("caseFold"):
        domains, domain = frozenset(d.casefold() for d in domains), domain.casefold()
    if domains and domain not in domains:
        yield Violation(
            "username has a domain that is not in domains. Correct it, or list it.",
            user,
        )


RULE = Rule(
    name="connect-user-saml-username-pattern",
    family="identity",
    title="SAML usernames must match the company's pattern.",
    severity="medium",
    level="advisory",
    framework=connect_security("SAML sign-in"),
    why="A username that differs from the identity provider's RoleSessionName, if only by its "
    "case, shows up at the first login: access denied. Identity providers mostly send e-mail "
    "addresses, but Connect does not demand them, so the form is yours to configure.",
    steps="Correct the username, or configure `pattern` and `domains`.",
    sources=(CONFIGURE_SAML, TROUBLESHOOT_SAML),
    modes=("SAML",),
    config={
        "pattern": text(
            "A regular expression for whole usernames. Empty: an e-mail address, or a name from "
            "Salesforce Service Cloud Voice (`ALIAS@USERID@ORGID`, `USERID@ORGID`)."
        ),
        "domains": texts("The domains behind the @ that are allowed. Empty: any."),
        "caseFold": flag("Whether domains are compared without regard to case.", default=False),
    },
    verify=lambda settings: (settings.pattern("pattern"), settings.domains()),
    evaluate=_evaluate,
    reads=("username",),
    good=case("SAML", config={"domains": ["example.com"]}),
    bad=case("SAML", config={"domains": ["example.com"]}, username="mary.major@example.org"),
)
