"""An unreadable id defeats a review."""

from collections.abc import Mapping

from ..absent import MISSING, UNKNOWN
from ..access import NAMES_NEEDED, catalogue, held
from ..examples.cases import case
from ..results import NotApplicable, Results, Violation, unknown
from ..rule import Rule
from ..settings import Settings, mapping
from ..sources import PROFILE_BEST_PRACTICES, connect_security
from ..subject import Profile, UserView


def _evaluate(user: UserView, settings: Settings) -> Results:
    profiles = held(user, settings)
    reviewed = catalogue(settings)
    if profiles is UNKNOWN:
        yield unknown("the list of security profiles")
    elif profiles is MISSING:
        yield NotApplicable("the user has no security profiles")
    else:
        for one in profiles:
            if one.name is UNKNOWN:
                yield unknown("a security profile")
            elif reviewed:
                yield from _unreviewed(user, one, reviewed)
            elif one.name is MISSING:
                yield NAMES_NEEDED


def _unreviewed(user: UserView, one: Profile, reviewed: Mapping[str, str]) -> Results:
    if one.id is UNKNOWN and one.name not in reviewed.values():
        yield unknown("a security profile")
    elif isinstance(one.id, str) and one.id not in reviewed:
        yield Violation(
            f"security profile {one.label} is not in profiles. Review and list it.",
            user,
        )


_CATALOGUE = {"profiles": {"profile-frontline": "Frontline"}}

RULE = Rule(
    name="connect-user-profile-known",
    family="access",
    title="Security profiles must be on the reviewed list.",
    severity="medium",
    level="advisory",
    framework=connect_security("Least privilege"),
    why="A pull request shows only ids. A list of reviewed profiles reveals a new one.",
    steps="Review the security profile, then list it under `profiles`.",
    sources=(PROFILE_BEST_PRACTICES,),
    config={
        "profiles": mapping(
            "Reviewed profiles: name by id. Those of `connect-user-identity-known` count too. "
            "Empty: every profile passes."
        )
    },
    evaluate=_evaluate,
    reads=("securityProfileIds",),
    good=case(config=_CATALOGUE),
    bad=case(config=_CATALOGUE, securityProfileIds=["profile-x"], securityProfileNames=["X"]),
)
