"""A routing profile gives access to queues."""

from ..absent import MISSING, UNKNOWN
from ..access import by_id
from ..examples.cases import case
from ..property_values import Property
from ..results import NotApplicable, Results, Violation, unknown
from ..rule import Rule
from ..settings import TEAM_TAG, ConfigError, Settings, mapping, matches
from ..sources import SECURITY_BEST_PRACTICES, connect_security
from ..subject import UserView, last_segment


def _evaluate(user: UserView, settings: Settings) -> Results:
    key, teams = settings.text("teamTag"), settings.mapping("map")
    team = user.tag(key)
    if not teams:
        yield NotApplicable("no map of teams to routing profiles is configured")
    elif team is UNKNOWN:
        yield unknown(f"the tag {key}")
    elif team is MISSING or team not in teams:
        yield NotApplicable("the map has no entry for the user's team")
    else:
        yield from _unlisted(user, teams[team])


def _unlisted(user: UserView, allowed: Property) -> Results:
    if not isinstance(allowed, list):
        raise ConfigError("map must map a team to a list of routing profiles")
    listed = [by_id(str(entry)) for entry in allowed]
    names = (last_segment(user.text("routingProfileId")), user.text("routingProfileName"))
    if any(isinstance(name, str) and matches(name, listed) for name in names):
        return
    if UNKNOWN in names:
        yield unknown("the routing profile")
    elif names == (MISSING, MISSING):
        yield NotApplicable("the user has no routing profile")
    else:
        yield Violation(
            "its routing profile is not listed for its team. Use a listed one, or fix the tag.",
            user,
        )


_CONFIG = {"map": {"West": ["routing-basic", "Basic Routing Profile"]}}

RULE = Rule(
    name="connect-user-routing-profile-allowed",
    family="governance",
    title="A user must have a routing profile of their team.",
    severity="medium",
    level="advisory",
    framework=connect_security("Least privilege"),
    why="The routing profile decides which queues an agent serves and which data they see.",
    steps="Use a routing profile of the team, or list it.",
    sources=(SECURITY_BEST_PRACTICES,),
    config={
        "map": mapping(
            "Ids or names (globs) of routing profiles, by team.",
            {"type": "array", "items": {"type": "string"}},
        ),
        **TEAM_TAG,
    },
    evaluate=_evaluate,
    reads=("tags", "routingProfileId"),
    good=case(config=_CONFIG),
    bad=case(
        config=_CONFIG, routingProfileId="routing-vip", routingProfileName="VIP Routing Profile"
    ),
)
