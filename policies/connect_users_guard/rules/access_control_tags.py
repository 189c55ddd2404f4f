"""A scope that matches no user shows no users."""

from collections.abc import Mapping, Sequence

from ..absent import UNKNOWN
from ..examples.cases import Case, profile, user
from ..property_values import Properties
from ..results import NotApplicable, Results, Violation, unknown
from ..rule import Rule
from ..settings import Settings
from ..sources import TAG_ACCESS, connect_security
from ..subject import ProfileView, Stack, UserView
from ..user_resources import AWS_NATIVE_PROFILE, USERS


def _evaluate(stack: Stack, _settings: Settings) -> Results:
    scoped = False
    for one in stack.profiles:
        tags = one.get("allowedAccessControlTags")
        if tags is UNKNOWN:
            yield unknown("allowedAccessControlTags")
        if not isinstance(tags, Mapping) or not tags:
            continue
        scoped = True
        users = [u for u in stack.users if u.instance == one.instance or u.instance is UNKNOWN]
        if not users:
            yield NotApplicable("the stack holds no users of the security profile's instance")
            continue
        yield from _unused_tags(one, tags, users)
    if not scoped:
        yield NotApplicable("the stack holds no security profile with access-control tags")


def _unused_tags(one: ProfileView, tags: Properties, users: Sequence[UserView]) -> Results:
    for key, value in tags.items():
        held = [u.tag(key) for u in users]
        if value is UNKNOWN or (value not in held and UNKNOWN in held):
            yield unknown(f"the tag {key}")
        elif value not in held:
            yield Violation(
                f"is scoped by the tag {key}, and no user of this stack carries its value. "
                "Holders of the profile would see no users: tag the users.",
                one,
            )


_SCOPED = profile(allowedAccessControlTags={"Team": "West"}, tagRestrictedResources=["User"])

RULE = Rule(
    name="connect-user-access-control-tags",
    family="access",
    title="Access-control tags of a security profile must exist on users.",
    severity="high",
    level="advisory",
    framework=connect_security("Tag-based access control"),
    why="Tag-based access control compares keys and values exactly. A supervisor whose profile "
    "names a tag that no user carries sees an empty list, and agents without it are invisible.",
    steps="Tag the users, or correct the profile's `allowed_access_control_tags`.",
    sources=(TAG_ACCESS,),
    scope="stack",
    types=(*USERS, AWS_NATIVE_PROFILE),
    evaluate=_evaluate,
    reads=("tags",),
    good=Case(users=(user(),), profiles=(_SCOPED,)),
    bad=Case(users=(user(tags={"Team": "East"}),), profiles=(_SCOPED,)),
)
