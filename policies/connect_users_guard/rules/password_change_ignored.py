"""The aws provider accepts a changed password and does nothing with it."""

from ..absent import MISSING
from ..examples.cases import Case, user
from ..results import NotApplicable, Results, Violation
from ..rule import Rule
from ..settings import Settings
from ..sources import PASSWORD_RESET, connect_security
from ..subject import UserView
from ..user_resources import AWS_USER


def _evaluate(one: UserView, _settings: Settings) -> Results:
    if one.get("password") is MISSING:
        yield NotApplicable("the user has no password")
    elif not one.resource.ignores("password"):
        yield Violation(
            "password may be changed in the program, which changes it in state only. "
            'Set ignore_changes=["password"], and reset passwords in the console.',
            one,
        )


RULE = Rule(
    name="connect-user-password-change-ignored",
    family="password",
    title="A password that cannot be changed must not look as if it could.",
    severity="high",
    level="advisory",
    framework=connect_security("Password reset"),
    why=(
        "No API changes a password. `aws.connect.User` stores a new one without a call, so state "
        "then has the wrong password. This project's user refuses the change."
    ),
    steps='Set `ignore_changes=["password"]` on the resource.',
    sources=(PASSWORD_RESET,),
    types=(AWS_USER,),
    evaluate=_evaluate,
    good=Case(users=(user(),), ignore_changes=("password",)),
    bad=Case(users=(user(),)),
)
