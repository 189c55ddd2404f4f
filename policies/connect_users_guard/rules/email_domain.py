"""Whoever reads the mailbox can reset the password."""

from ..absent import MISSING, UNKNOWN
from ..examples.cases import case
from ..results import NotApplicable, Results, Violation, unknown
from ..rule import Rule
from ..settings import Settings, texts
from ..sources import PASSWORD_RESET, PROFILE_BEST_PRACTICES, connect_security
from ..subject import UserView

_EMAIL = "identityInfo.email"


def _evaluate(user: UserView, settings: Settings) -> Results:
    domains = {domain.casefold() for domain in settings.domains()}
    email = user.text(_EMAIL)
    if not domains:
        yield NotApplicable("no domains are configured")
    elif email is UNKNOWN:
        yield unknown(_EMAIL)
    elif email is MISSING:
        yield NotApplicable("the user has no e-mail address")
    elif email.rpartition("@")[2].casefold() not in domains:
        yield Violation(
            f"{_EMAIL} has a domain that is not in domains. Use the company's address.",
            user,
        )


RULE = Rule(
    name="connect-user-email-domain",
    family="identity",
    title="E-mail addresses must belong to the company's domains.",
    severity="medium",
    level="advisory",
    framework=connect_security("Account takeover by password reset"),
    why="A password is reset by e-mail: whoever owns the mailbox owns the user. AWS advises "
    "monitoring changed e-mail addresses for that reason.",
    steps="Use an address of a listed domain, or list the domain.",
    sources=(PROFILE_BEST_PRACTICES, PASSWORD_RESET),
    config={"domains": texts("The domains that are allowed. Empty: the rule is not applied.")},
    verify=Settings.domains,
    evaluate=_evaluate,
    reads=(_EMAIL,),
    good=case(config={"domains": ["example.com"]}),
    bad=case(config={"domains": ["example.com"]}, identityInfo={"email": "marym@example.org"}),
)
