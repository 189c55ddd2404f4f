"""Enough Admins to keep access, few enough to watch."""

from collections import defaultdict

from ..absent import is_known
from ..access import ADMIN, ADMIN_HELD, privileged
from ..examples.cases import Case, user
from ..results import NotApplicable, Results, Violation
from ..rule import Rule
from ..settings import PROFILES, Settings, integer, texts
from ..sources import PROFILE_BEST_PRACTICES, connect_security
from ..subject import Stack, UserView


def _evaluate(stack: Stack, settings: Settings) -> Results:
    admins: dict[str, list[UserView]] = defaultdict(list)
    others: dict[str, UserView] = {}
    doubts: dict[str, NotApplicable] = {}
    for one in stack.users:
        instance = str(one.instance) if is_known(one.instance) else "?"
        labels, doubt = privileged(one, settings, "adminProfiles")
        others.setdefault(instance, one)
        if labels:
            admins[instance].append(one)
        elif doubt:
            doubts[instance] = doubt
    least, most = settings.limits()
    for instance, first in others.items():
        found = admins[instance]
        if len(found) > most:
            for one in found:
                yield Violation(
                    f"is one of {len(found)} users with an Admin profile; "
                    f"at most {most} are allowed. Use a smaller profile for some of them.",
                    one,
                )
        elif instance in doubts:
            yield doubts[instance]
        elif len(found) < least:
            yield Violation(
                f"its instance has {len(found)} users with an Admin profile in this stack; "
                f"at least {least} are needed. Keep an administrator.",
                first,
            )


_ADMINS = tuple(user(username=f"admin.{n}", **ADMIN_HELD) for n in range(2))

RULE = Rule(
    name="connect-user-admin-count",
    family="access",
    title="An instance must have few users with an Admin profile.",
    severity="high",
    level="mandatory",
    framework=connect_security("Least privilege"),
    why="Every additional Admin is another way to take everything over. With `min`, a stack that "
    "holds all users of an instance cannot lose its last one either; it defaults to 0.",
    steps="Use smaller security profiles, or raise `max` after a review.",
    sources=(PROFILE_BEST_PRACTICES,),
    scope="stack",
    config={
        "adminProfiles": texts("Names or ids (globs) of profiles that count as Admin.", [ADMIN]),
        "max": integer("Maximum number of users per instance.", 3, minimum=0),
        "min": integer("Minimum number of users per instance.", 0, minimum=0),
        **PROFILES,
    },
    verify=Settings.limits,
    evaluate=_evaluate,
    reads=("securityProfileIds",),
    good=Case(users=_ADMINS, config={"max": 2}),
    bad=Case(users=_ADMINS, config={"max": 1}),
)
