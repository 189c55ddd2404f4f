"""An id that nobody can read defeats a review."""

from __future__ import annotations

from ..access import catalogue, held
from ..rule import Rule
from ..sample import case
from ..settings import PROFILES, Settings
from ..sources import PROFILE_BEST_PRACTICES, connect_security
from ..subject import UserView
from ..value import MISSING, UNKNOWN
from ..verdict import Findings, Unjudged, Violation, unknown


def _judge(user: UserView, settings: Settings) -> Findings:
    profiles = held(user, settings)
    reviewed = catalogue(settings)
    if profiles is UNKNOWN:
        yield unknown("the list of security profiles")
    elif profiles is MISSING:
        yield Unjudged("the user has no security profiles")
    else:
        for one in profiles:
            if one.name is UNKNOWN:
                yield unknown("a security profile")
            elif not reviewed:
                if one.name is MISSING:
                    yield Unjudged("no profiles are configured")
            elif one.id is UNKNOWN and one.name not in reviewed.values():
                yield unknown("a security profile")
            elif isinstance(one.id, str) and one.id not in reviewed:
                yield Violation(
                    f"security profile {one.label} is not listed under profiles. "
                    "Review it, then list its id and name.",
                    user,
                )


_CATALOGUE = {"profiles": {"profile-frontline": "Frontline"}}

RULE = Rule(
    name="connect-user-profile-known",
    family="access",
    title="Security profiles must be of the reviewed list.",
    severity="medium",
    level="advisory",
    framework=connect_security("Least privilege"),
    why="A pull request shows ids; whether one of them is Admin, nobody sees. A list of the "
    "profiles that have been reviewed makes a new one stand out.",
    steps="Review the security profile, then list it under `profiles`.",
    sources=(PROFILE_BEST_PRACTICES,),
    config=PROFILES,
    judge=_judge,
    reads=("securityProfileIds",),
    good=case(config=_CATALOGUE),
    bad=case(config=_CATALOGUE, securityProfileIds=["profile-x"], securityProfileNames=["X"]),
)
