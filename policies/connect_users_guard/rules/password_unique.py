"""Each user needs a password of their own."""

import secrets
from collections import defaultdict
from hashlib import blake2b

from ..absent import UNKNOWN
from ..examples.cases import Case, user
from ..results import NotApplicable, Results, Violation, unknown
from ..rule import Rule
from ..settings import Settings
from ..sources import ASVS_TEXT, CIS_TEXT, asvs
from ..subject import Stack, UserView

_KEY = secrets.token_bytes(32)
"""Of this process alone: passwords are compared by a keyed hash that never leaves it."""


def _evaluate(stack: Stack, _settings: Settings) -> Results:
    sharing: dict[bytes, list[UserView]] = defaultdict(list)
    for one in stack.users:
        password = one.text("password")
        if isinstance(password, str):
            sharing[blake2b(password.encode(), key=_KEY).digest()].append(one)
        elif password is UNKNOWN:
            yield unknown("a password")
    if not sharing:
        yield NotApplicable("the stack holds no known password")
    for users in sharing.values():
        if len(users) > 1:
            for one in users:
                yield Violation(
                    f"password is shared by {len(users)} users. Generate one per user.",
                    one,
                )


RULE = Rule(
    name="connect-user-password-unique",
    family="password",
    title="Two users must not share a password.",
    severity="critical",
    level="mandatory",
    framework=asvs("6.4.1 Initial passwords"),
    why="A shared initial password lets every new agent log in as any other agent who has not "
    "changed it. Passwords are compared by a keyed hash in memory, never shown or kept.",
    steps="Generate a password for each user.",
    sources=(ASVS_TEXT, CIS_TEXT),
    scope="stack",
    evaluate=_evaluate,
    reads=("password",),
    good=Case(
        users=(user(), user(username="jane.roe", password="Walrus-4-gravel-Tulip")),
    ),
    bad=Case(users=(user(), user(username="jane.roe"))),
)
