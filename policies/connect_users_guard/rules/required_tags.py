"""Tags that the company's reports and access rules depend on."""

from ..absent import MISSING, UNKNOWN
from ..edit import Edit, Edits
from ..examples.cases import case
from ..results import NotApplicable, Results, Violation, unknown
from ..rule import Rule
from ..settings import ConfigError, Settings, mapping
from ..sources import TAG_ACCESS, TAGGING_CONTROLS, connect_security
from ..subject import UserView


def _evaluate(user: UserView, settings: Settings) -> Results:
    required = settings.patterns("required")
    if not required:
        yield NotApplicable("no tags are required")
    for key, pattern in required.items():
        value = user.tag(key)
        if value is UNKNOWN:
            yield unknown(f"the tag {key}")
        elif value is MISSING:
            yield Violation(f"the tag {key} is missing. Add it.", user)
        elif not pattern.fullmatch(value):
            yield Violation(f"the tag {key} does not have an allowed value. Correct it.", user)


def _verify(settings: Settings) -> None:
    required = settings.patterns("required")
    for key, value in settings.mapping("defaults").items():
        if key in required and not required[key].fullmatch(str(value)):
            raise ConfigError("defaults must have values that required allows")


def _fix(user: UserView, settings: Settings) -> Edits:
    for key, value in settings.mapping("defaults").items():
        if key in settings.mapping("required") and user.tag(key) is MISSING:
            yield Edit(("tags", key), str(value))


RULE = Rule(
    name="connect-user-required-tags",
    family="governance",
    title="A user must have the required tags.",
    severity="medium",
    level="mandatory",
    framework=connect_security("Tagging"),
    why="Cost reports and tag-based access control depend on tags: a user without one is missing "
    "from the report, and invisible to the supervisor.",
    steps="Add the tags. With the level remediate, those with an entry in `defaults` are added.",
    sources=(TAG_ACCESS, TAGGING_CONTROLS),
    config={
        "required": mapping("Regular expression of allowed whole values, by tag."),
        "defaults": mapping("Values that a remediation adds where a tag is missing, by tag."),
    },
    verify=_verify,
    evaluate=_evaluate,
    fix=_fix,
    reads=("tags",),
    good=case(config={"required": {"Team": "East|West"}, "defaults": {"Team": "West"}}),
    bad=case(
        config={"required": {"Team": "East|West"}, "defaults": {"Team": "West"}},
        tags={"Team": None, "Floor": "2"},
    ),
)
