"""An ignored password hides that a rotation has no effect."""

from ..examples.cases import Case, user
from ..results import Results, Violation
from ..rule import Rule
from ..settings import Settings, matches, texts
from ..sources import PULUMI_OPTIONS, connect_security
from ..subject import UserView
from ..user_resources import SINGLE_USERS


def _evaluate(one: UserView, settings: Settings) -> Results:
    if one.resource.ignores("password") and not matches(one.urn, settings.texts("allow")):
        yield Violation(
            "password is in ignore_changes. Remove it, or list the resource under allow.", one
        )


RULE = Rule(
    name="connect-user-password-ignore-changes",
    family="password",
    title="Only listed resources may ignore changes of a password.",
    severity="low",
    level="disabled",
    framework=connect_security("Rotation of credentials"),
    why=(
        "With `ignore_changes` a rotated password looks applied, but is not. The rule is for teams "
        "that replace users to rotate passwords, so it is off by default."
    ),
    steps="Remove `password` from `ignore_changes`, or list the resource's URN under `allow`.",
    sources=(PULUMI_OPTIONS,),
    types=SINGLE_USERS,
    config={"allow": texts("Globs of URNs that may ignore changes.")},
    evaluate=_evaluate,
    good=Case(users=(user(),)),
    bad=Case(users=(user(),), ignore_changes=("password",)),
)
