"""Hierarchy group and tag both name a user's team."""

from ..absent import MISSING, UNKNOWN, Value
from ..access import by_id
from ..edit import Edit, Edits
from ..examples.cases import case
from ..results import NotApplicable, Results, Violation, unknown
from ..rule import Rule
from ..settings import TEAM_TAG, Settings, closest, mapping
from ..sources import HIERARCHY_ACCESS, TAG_ACCESS, connect_security
from ..subject import UserView, last_segment


def _expected(user: UserView, settings: Settings) -> Value[str]:
    """The tag's value for the user's group, by its id or path; MISSING if there is none."""
    names = (last_segment(user.text("hierarchyGroupId")), user.text("hierarchyPath"))
    tags = {by_id(str(group)): tag for group, tag in settings.mapping("map").items()}
    glob = closest([name for name in names if isinstance(name, str)], tags)
    if glob is not None:
        return str(tags[glob])
    return UNKNOWN if UNKNOWN in names else MISSING


def _evaluate(user: UserView, settings: Settings) -> Results:
    key = settings.text("teamTag")
    expected, value = _expected(user, settings), user.tag(key)
    if not settings.mapping("map"):
        yield NotApplicable("no map of groups to tags is configured")
    elif expected is UNKNOWN:
        yield unknown("the hierarchy group")
    elif expected is MISSING:
        yield NotApplicable("the map has no entry for the hierarchy group")
    elif value is UNKNOWN:
        yield unknown(f"the tag {key}")
    elif value != expected:
        yield Violation(
            f"the tag {key} does not match the hierarchy group. Correct one of them.", user
        )


def _fix(user: UserView, settings: Settings) -> Edits:
    key, expected = settings.text("teamTag"), _expected(user, settings)
    if isinstance(expected, str) and user.tag(key) not in (expected, UNKNOWN):
        yield Edit(("tags", key), expected)


_CONFIG = {"map": {"group-west": "West", "AMER/West*": "West"}}

RULE = Rule(
    name="connect-user-hierarchy-tag",
    family="governance",
    title="Hierarchy group and team tag must agree.",
    severity="medium",
    level="advisory",
    framework=connect_security("Tag- and hierarchy-based access control"),
    why="If hierarchy and tag disagree, a supervisor scoped by one sees another team.",
    steps="Correct the group or the tag; with the level remediate, the tag follows the group.",
    sources=(HIERARCHY_ACCESS, TAG_ACCESS),
    config={
        "map": mapping(
            "The tag's value, by hierarchy group: id, or glob on its path; longest match wins."
        ),
        **TEAM_TAG,
    },
    evaluate=_evaluate,
    fix=_fix,
    reads=("tags", "hierarchyGroupId"),
    good=case(config=_CONFIG),
    bad=case(config=_CONFIG, tags={"Team": "East"}),
)
