"""Many security profiles on one user are hard to review."""

from ..access import cannot_tell
from ..examples.cases import case
from ..results import Results, Violation
from ..rule import Rule
from ..settings import Settings, integer
from ..sources import PROFILE_BEST_PRACTICES, connect_security
from ..subject import UserView


def _evaluate(user: UserView, settings: Settings) -> Results:
    profiles, most = user.profiles({}), settings.integer("max")
    if not isinstance(profiles, tuple):
        doubt = cannot_tell(profiles)
        if doubt:
            yield doubt
    elif len(profiles) > most:
        yield Violation(
            f"holds {len(profiles)} security profiles; at most {most} are allowed. Combine them.",
            user,
        )


_FOUR = ["profile-a", "profile-b", "profile-c", "profile-d"]

RULE = Rule(
    name="connect-user-profile-count",
    family="access",
    title="A user should hold few security profiles.",
    severity="medium",
    level="advisory",
    framework=connect_security("Least privilege"),
    why="Permissions add up, and so does what a reviewer has to know. Connect's own limit is 10.",
    steps="Create one security profile with what the user needs.",
    sources=(PROFILE_BEST_PRACTICES,),
    config={"max": integer("Maximum number of profiles per user.", 3, minimum=1, maximum=10)},
    evaluate=_evaluate,
    reads=("securityProfileIds",),
    good=case(),
    bad=case(securityProfileIds=_FOUR, securityProfileNames=["A", "B", "C", "D"]),
)
