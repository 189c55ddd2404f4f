"""Without SAML, usernames are short."""

from ..absent import Absent
from ..examples.cases import case
from ..results import Results, Violation, absent
from ..rule import Rule
from ..settings import Settings
from ..sources import CREATE_USER, connect_api
from ..subject import UserView
from ..usernames import is_service_cloud_voice

_LONGEST = 20


def _evaluate(user: UserView, _settings: Settings) -> Results:
    name = user.text("username")
    if isinstance(name, Absent):
        yield absent(name, "username")
    elif user.get("adopt") is True or is_service_cloud_voice(name):
        return
    elif len(name) > _LONGEST:
        yield Violation(
            f"username has {len(name)} characters; {_LONGEST} is the documented limit. Shorten it.",
            user,
        )


RULE = Rule(
    name="connect-user-username-length",
    family="identity",
    title="Without SAML, a username should have at most 20 characters.",
    severity="medium",
    level="advisory",
    framework=connect_api("CreateUser: Username"),
    why="The API documents at most 20 characters for usernames outside SAML (64 with SAML), but "
    "has been seen to accept longer ones. Names from Salesforce Service Cloud Voice are longer, "
    "and pass; so do adopted users, whose names exist already.",
    steps="Choose a shorter username.",
    sources=(CREATE_USER,),
    modes=("CONNECT_MANAGED", "EXISTING_DIRECTORY"),
    evaluate=_evaluate,
    reads=("username",),
    good=case(),
    bad=case(username="mary.elizabeth.major-minor"),
)
