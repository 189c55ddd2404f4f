"""Usernames that differ only in case are two logins."""

from collections import defaultdict

from ..examples.cases import Case, user
from ..results import Results, Violation, unknown
from ..rule import Rule
from ..settings import Settings
from ..sources import CONFIGURE_SAML, CREATE_USER, connect_security
from ..subject import Stack, UserView


def _evaluate(stack: Stack, _settings: Settings) -> Results:
    spellings: dict[tuple[str, str], list[UserView]] = defaultdict(list)
    for one in stack.users:
        name, instance = one.text("username"), one.instance
        if isinstance(name, str) and isinstance(instance, str):
            spellings[instance, name.casefold()].append(one)
        else:
            yield unknown("a username or an instance")
    for users in spellings.values():
        if len({u.text("username") for u in users}) > 1:
            for one in users:
                yield Violation(
                    f"username is one of {len(users)} that differ only in case. Keep one.",
                    one,
                )


RULE = Rule(
    name="connect-user-username-unique",
    family="identity",
    title="Usernames of an instance must differ in more than case.",
    severity="high",
    level="mandatory",
    framework=connect_security("Unique accounts"),
    why="Usernames are case sensitive: `Jane` and `jane` are two users with two logins, and "
    "usually one person who knows only one of them.",
    steps="Remove one of the users, or rename it.",
    sources=(CREATE_USER, CONFIGURE_SAML),
    scope="stack",
    evaluate=_evaluate,
    reads=("username",),
    good=Case(users=(user(username="jane.doe"), user(username="john.doe"))),
    bad=Case(users=(user(username="jane.doe"), user(username="Jane.Doe"))),
)
