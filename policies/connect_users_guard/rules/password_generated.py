"""A password that a person has written is known to that person."""

from __future__ import annotations

from ..absent import MISSING
from ..adapters import SINGLE_USERS
from ..examples.cases import Case, user
from ..results import NotApplicable, Results, Violation
from ..rule import Rule
from ..settings import Settings, texts
from ..sources import ASVS_TEXT, asvs
from ..subject import Stack


def _evaluate(stack: Stack, settings: Settings) -> Results:
    generators = set(settings.texts("generators"))
    judged = False
    for one in stack.users:
        if one.get("password") is MISSING:
            continue
        judged = True
        if not generators & set(one.resource.depends_on.get("password", ())):
            yield Violation(
                "password does not come from a generator (see generators). "
                "Generate it, and hand it over by a way of its own.",
                one,
            )
    if not judged:
        yield NotApplicable("no user of the stack has a password")


RULE = Rule(
    name="connect-user-password-generated",
    family="password",
    title="A password should come from a generator, not from a person.",
    severity="medium",
    level="advisory",
    framework=asvs("6.4.1, 6.4.6 Initial passwords"),
    why="First passwords should be random, and no administrator should choose or know them. "
    "Which resource a value comes from shows in its dependencies.",
    steps="Take `password` from a `random.RandomPassword`, with a resource for each user.",
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
