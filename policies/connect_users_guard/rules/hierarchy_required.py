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
    level = settings.integer("minLevel")
    if level <= 1:
        return
    if path is UNKNOWN or group is UNKNOWN:
        yield unknown("the hierarchy group")
    elif path is MISSING:
        yield NotApplicable("this resource type does not show the level of the hierarchy group")
    elif path.count("/") + 1 < level:
        yield Violation(
            f"its hierarchy group is on level {path.count('/') + 1}; level {level} is needed. "
            "Use a group further down.",
            user,
        )


RULE = Rule(
    name="connect-user-hierarchy-required",
    family="governance",
    title="A user should be in a hierarchy group.",
    severity="medium",
    level="advisory",
    framework=connect_security("Hierarchy-based access control"),
    why="Team reports and hierarchy-based access control find users by their group; a user "
    "without one is in no scope.",
    steps="Set `hierarchy_group`, on the level that reports need.",
    sources=(HIERARCHY_ACCESS,),
    config={
        "minLevel": integer("The least level, of 1 to 5.", 1, minimum=1, maximum=5),
        "exempt": texts("Usernames (globs) that need none."),
    },
    evaluate=_evaluate,
    good=case(),
    bad=case(hierarchyGroupId=None, hierarchyPath=None),
)
