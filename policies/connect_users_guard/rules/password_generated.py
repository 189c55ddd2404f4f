"""A password chosen by a person is known to that person."""

from ..absent import MISSING
from ..examples.cases import Case, user
from ..results import NotApplicable, Results, Violation
from ..rule import Rule
from ..settings import Settings, texts
from ..sources import ASVS_TEXT, asvs
from ..subject import Stack
from ..user_resources import SINGLE_USERS


def _evaluate(stack: Stack, settings: Settings) -> Results:
    generators = set(settings.texts("generators"))
    evaluated = False
    for one in stack.users:
        if one.get("password") is MISSING:
            continue
        evaluated = True
        if not generators & set(one.resource.depends_on.get("password", ())):
            yield Violation(
                "password does not come from one of the generators. Generate it.",
                one,
            )
    if not evaluated:
        yield NotApplicable("no user of the stack has a password")


RULE = Rule(
    name="connect-user-password-generated",
    family="password",
    title="A password should come from a generator, not from a person.",
    severity="medium",
    level="disabled",
    framework=asvs("6.4.1, 6.4.6 Initial passwords"),
    why="Initial passwords should be random; no administrator should choose or know them. "
    "The dependencies of a value show which resource it comes from.",
    steps="Take `password` from a `random.RandomPassword`, one resource per user.",
    sources=(ASVS_TEXT,),
    scope="stack",
    types=SINGLE_USERS,
    config={
        "generators": texts(
            "Types of the resources that generate passwords.",
            ["random:index/randomPassword:RandomPassword"],
        )
    },
    evaluate=_evaluate,
    good=Case(users=(user(),), generated=True),
    bad=Case(users=(user(),)),
)
