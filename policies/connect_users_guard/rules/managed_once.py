"""Two resources for one user undo each other."""

from collections import defaultdict

from ..examples.cases import Case, user
from ..results import Results, Violation, unknown
from ..rule import Rule
from ..settings import Settings
from ..sources import CREATE_USER, DELETE_USERS, connect_security
from ..subject import Stack, UserView


def _evaluate(stack: Stack, _settings: Settings) -> Results:
    managers: dict[tuple[str, str], list[UserView]] = defaultdict(list)
    for one in stack.users:
        name, instance = one.text("username"), one.instance
        if isinstance(name, str) and isinstance(instance, str):
            managers[instance, name].append(one)
        else:
            yield unknown("a username or an instance")
    for users in managers.values():
        if len(users) > 1:
            for one in users:
                yield Violation(
                    f"is managed by {len(users)} resources of this stack. Keep one of them; take "
                    "the others out of the state without deleting the user.",
                    one,
                )


RULE = Rule(
    name="connect-user-managed-once",
    family="lifecycle",
    title="A user must be managed by one resource.",
    severity="critical",
    level="mandatory",
    framework=connect_security("Change management"),
    why="Two resources that manage one user, of the same type or not, overwrite each other at "
    "every `up`; removing one of them deletes the user that the other one needs.",
    steps="Remove one resource; `pulumi state delete` leaves the user as it is.",
    sources=(CREATE_USER, DELETE_USERS),
    scope="stack",
    evaluate=_evaluate,
    reads=("username",),
    good=Case(users=(user(), user(username="jane.roe"))),
    bad=Case(users=(user(), user())),
)
