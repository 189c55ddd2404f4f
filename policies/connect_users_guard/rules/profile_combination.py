"""Security profiles that one user must not hold together."""

from itertools import permutations

from ..access import cannot_tell, held, is_one_of
from ..examples.cases import case
from ..results import Results, Violation
from ..rule import Rule
from ..settings import PROFILES, ConfigError, Settings
from ..sources import PROFILE_BEST_PRACTICES, SECURITY_BEST_PRACTICES, connect_security
from ..subject import UserView

_DEFAULT = [["Agent", "Admin"], ["Agent", "CallCenterManager"]]


def _evaluate(user: UserView, settings: Settings) -> Results:
    profiles = held(user, settings)
    doubt = cannot_tell(profiles)
    if isinstance(profiles, tuple):
        for pair in settings.entries("pairs"):
            if not isinstance(pair, list) or len(pair) != 2:
                raise ConfigError("pairs must be a list of pairs of names or ids")
            one, other = ([str(glob)] for glob in pair)
            # Two globs may fit the same profile, which is not a combination.
            if any(is_one_of(a, one) and is_one_of(b, other) for a, b in permutations(profiles, 2)):
                yield Violation(f"holds {pair[0]} and {pair[1]} together. Keep one of them.", user)
    if doubt:
        yield doubt


_TWO = ["profile-agent", "profile-admin"]

RULE = Rule(
    name="connect-user-profile-combination",
    family="access",
    title="A user must not hold security profiles that exclude each other.",
    severity="high",
    level="mandatory",
    framework=connect_security("Separation of duties"),
    why="Permissions of several security profiles add up. AWS advises that agents should not "
    "create, read or change users: an agent who manages users can grant anything to anyone.",
    steps="Remove one of the profiles, or create a second user for the other work.",
    sources=(SECURITY_BEST_PRACTICES, PROFILE_BEST_PRACTICES),
    config={
        "pairs": {
            "type": "array",
            "items": {
                "type": "array",
                "items": {"type": "string"},
                "minItems": 2,
                "maxItems": 2,
            },
            "default": _DEFAULT,
            "description": "Pairs of names or ids (globs) that exclude each other.",
        },
        **PROFILES,
    },
    evaluate=_evaluate,
    reads=("securityProfileIds",),
    good=case(securityProfileIds=["profile-agent"], securityProfileNames=["Agent"]),
    bad=case(securityProfileIds=_TWO, securityProfileNames=["Agent", "Admin"]),
)
