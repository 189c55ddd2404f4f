"""Contacts that are put through automatically."""

from ..absent import MISSING, UNKNOWN, Value
from ..examples.cases import case
from ..results import NotApplicable, Results, Violation, unknown
from ..rule import Rule
from ..settings import TEAM_TAG, Settings, matches, texts
from ..sources import PHONE_CONFIG, UPDATE_USER_CONFIG, connect_security
from ..subject import UserView


def _accepts(user: UserView) -> Value[bool]:
    """Whether contacts of any channel are accepted automatically."""
    found: list[object] = [user.get("phoneConfig.autoAccept")]
    entries = user.entries("autoAcceptConfigs")
    if entries is UNKNOWN:
        found.append(UNKNOWN)
    for entry in entries if isinstance(entries, tuple) else ():
        found += [entry.get("autoAccept"), entry.get("agentFirstCallbackAutoAccept")]
    if True in found:
        return True
    return UNKNOWN if UNKNOWN in found else False


def _evaluate(user: UserView, settings: Settings) -> Results:
    teams, key = settings.texts("teams"), settings.text("teamTag")
    accepts, team = _accepts(user), user.tag(key)
    if not teams:
        yield NotApplicable("no teams are configured")
    elif accepts is UNKNOWN:
        yield unknown("auto-accept")
    elif accepts is True and team is UNKNOWN:
        yield unknown(f"the tag {key}")
    elif accepts is True and (team is MISSING or not matches(str(team), teams)):
        yield Violation(
            "has auto-accept, but its team is not in teams. Switch it off, or list the team.",
            user,
        )


RULE = Rule(
    name="connect-user-auto-accept",
    family="operations",
    title="Auto-accept should be on only for teams that want it.",
    severity="low",
    level="advisory",
    framework=connect_security("Availability of agents"),
    why="Auto-accept may connect a caller to an empty chair. Some teams use it on purpose.",
    steps="Switch `auto_accept` off, or list the team.",
    sources=(PHONE_CONFIG, UPDATE_USER_CONFIG),
    config={
        "teams": texts("Teams (globs) that may use it. Empty: the rule is not applied."),
        **TEAM_TAG,
    },
    evaluate=_evaluate,
    reads=("phoneConfig",),
    good=case(config={"teams": ["West"]}, phoneConfig={"autoAccept": True}),
    bad=case(config={"teams": ["East"]}, phoneConfig={"autoAccept": True}),
)
