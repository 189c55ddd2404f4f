"""The address that receives notifications."""

from ..absent import MISSING, UNKNOWN
from ..examples.cases import case
from ..results import NotApplicable, Results, Violation, unknown
from ..rule import Rule
from ..settings import Settings, texts
from ..sources import IDENTITY_INFO, connect_security
from ..subject import UserView

_SECONDARY = "identityInfo.secondaryEmail"


def _evaluate(user: UserView, settings: Settings) -> Results:
    secondary, email = user.text(_SECONDARY), user.text("identityInfo.email")
    if secondary is UNKNOWN:
        yield unknown(_SECONDARY)
        return
    if secondary is MISSING:
        yield NotApplicable("the user has no secondary e-mail address")
        return
    if email is UNKNOWN:
        yield unknown("identityInfo.email")
    elif email is not MISSING and email.casefold() == secondary.casefold():
        yield Violation(f"{_SECONDARY} equals identityInfo.email. Remove it.", user)
    domains = {domain.casefold() for domain in settings.domains()}
    if domains and secondary.rpartition("@")[2].casefold() not in domains:
        yield Violation(
            f"{_SECONDARY} has a domain that is not in domains. Change it, or list the domain.",
            user,
        )


RULE = Rule(
    name="connect-user-secondary-email",
    family="identity",
    title="A secondary e-mail address must differ from the first, and have an allowed domain.",
    severity="low",
    level="advisory",
    framework=connect_security("Notifications"),
    why="Notifications about contacts and customers go to the secondary address. A private "
    "mailbox takes them out of the company; an equal address adds nothing.",
    steps="Remove the address, or use one of a listed domain.",
    sources=(IDENTITY_INFO,),
    config={"domains": texts("The domains that are allowed. Empty: any.")},
    verify=Settings.domains,
    evaluate=_evaluate,
    reads=(_SECONDARY,),
    good=case(identityInfo={"secondaryEmail": "west-team@example.com"}),
    bad=case(identityInfo={"secondaryEmail": "marym@example.com"}),
)
