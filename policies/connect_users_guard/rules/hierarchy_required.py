"""A user outside the hierarchy is missing from reports."""

from ..absent import MISSING, UNKNOWN
from ..examples.cases import case
from ..results import NotApplicable, Results, Violation, unknown
from ..rule import Rule
from ..settings import Settings, integer, matches, texts
from ..sources import HIERARCHY_ACCESS, connect_security
from ..subject import UserView


def _evaluate(user: UserView, settings: Settings) -> Results:
    group, path = user.text("hierarchyGroupId"), user.text("hierarchyPath")
    name, exempt = user.text("username"), settings.texts("exempt")
    if isinstance(name, str) and matches(name, exempt):
        yield NotApplicable("the user is listed under exempt")
        return
    if exempt and name is UNKNOWN:
        yield unknown("username")
    elif group is MISSING and path is MISSING:
        yield Violation("has no hierarchy group. Set one.", user)
        return
    if (level := settings.integer("minLevel")) > 1:
        yield from _too_high(user, level)


def _too_high(user: UserView, level: int) -> Results:
    path = user.text("hierarchyPath")
    if path is UNKNOWN or user.text("hierarchyGroupId") is UNKNOWN:
        yield unknown("the hierarchy group")
    elif path is MISSING:
        yield NotApplicable("this resource type does not show the level of the hierarchy group")
    elif path.count("/") + 1 < level:
        yield Violation(
            f"its hierarchy group is on level {path.count('/') + 1}, not {level}. Lower it.",
            user,
        )


RULE = Rule(
    name="connect-user-hierarchy-required",
    family="governance",
    title="A user should be in a hierarchy group.",
    severity="medium",
    level="disabled",
    framework=connect_security("Hierarchy-based access control"),
    why="Team reports and hierarchy-based access control miss users without a group.",
    steps="Set `hierarchy_group`, on the level that reports need.",
    sources=(HIERARCHY_ACCESS,),
    config={
        "minLevel": integer("Minimum level (1 to 5).", 1, minimum=1, maximum=5),
        "exempt": texts("Usernames (globs) that are exempt."),
    },
    evaluate=_evaluate,
    good=case(),
    bad=case(hierarchyGroupId=None, hierarchyPath=None),
)
