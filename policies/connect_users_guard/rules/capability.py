"""What people can do follows from permissions, not from the names of profiles."""

from ..absent import MISSING, UNKNOWN
from ..capabilities import TEXTS
from ..examples.cases import case
from ..results import Gap, NotApplicable, Results, Violation, unknown
from ..rule import Rule
from ..settings import ConfigError, Settings, flag, matches, texts
from ..sources import PROFILE_BEST_PRACTICES, PROFILE_LIST, connect_security
from ..subject import UserView
from ..user_resources import OWN_USERS, ROSTERS

_JUDGED = ["become-admin", "change-rights", "edit-security-profiles"]
_READS = "connect:ListSecurityProfilePermissions and connect:DescribeSecurityProfile"


def _evaluate(user: UserView, settings: Settings) -> Results:
    found = user.texts("capabilities")
    judged = settings.texts("capabilities")
    if found is UNKNOWN or (isinstance(found, tuple) and UNKNOWN in found):
        yield unknown("what the security profiles allow")
    elif found is MISSING and settings.flag("allowUnread"):
        yield NotApplicable(Gap.CAPABILITIES.value, Gap.CAPABILITIES)
    elif found is MISSING:
        yield from _unless_allowed(user, settings, f"may do anything: {Gap.CAPABILITIES.value}")
    elif able := [one for one in TEXTS if one in found and matches(one, judged)]:
        can = ", ".join(f"{TEXTS[one]} ({one})" for one in able)
        yield from _unless_allowed(user, settings, f"can {can}{_source(user)}")


def _unless_allowed(user: UserView, settings: Settings, finding: str) -> Results:
    allowed, name = settings.texts("allowed"), user.text("username")
    if matches(user.address, allowed) or (isinstance(name, str) and matches(name, allowed)):
        return
    if allowed and name is UNKNOWN:
        yield unknown("username")
        return
    unread = f"Allow {_READS}" if user.get("capabilities") is MISSING else ""
    remedy = unread or "Use smaller security profiles"
    yield Violation(f"{finding}. {remedy}, or list the user under allowed.", user)


def _source(user: UserView) -> str:
    profiles = user.profiles({})
    labels = sorted(one.label for one in profiles) if isinstance(profiles, tuple) else []
    return f" by the security profiles {', '.join(labels)}" if labels else ""


def _verify(settings: Settings) -> None:
    if any(
        not any(matches(one, [glob]) for one in TEXTS) for glob in settings.texts("capabilities")
    ):
        raise ConfigError(f"capabilities must be names, or globs, of {', '.join(sorted(TEXTS))}")


RULE = Rule(
    name="connect-user-capability",
    family="access",
    title="Only listed users may have security profiles that lead to Admin.",
    severity="high",
    level="disabled",
    framework=connect_security("Least privilege"),
    why="Whoever can change users' security profiles can become Admin, whatever the name of the "
    "profile that allows it: a hand-made `Team Lead` with `Users.EditPermission` is enough. The "
    "provider's check reads the permissions of each user's profiles in the instance, and names "
    "what they allow.",
    steps="Give the user smaller security profiles, or list the username under `allowed`. Where "
    f"capabilities are not known, allow the role {_READS}.",
    sources=(PROFILE_BEST_PRACTICES, PROFILE_LIST),
    # No other type has the fact.
    types=(*OWN_USERS, *ROSTERS),
    config={
        "capabilities": texts(
            "Names (globs) of the capabilities that are judged: see docs/capabilities.md.", _JUDGED
        ),
        "allowed": texts("Usernames or URNs (globs) that may have them."),
        "allowUnread": flag(
            "Whether users pass whose capabilities could not be read. `connect-user-evaluated` "
            "counts them.",
            default=False,
        ),
    },
    evaluate=_evaluate,
    verify=_verify,
    reads=("capabilities",),
    good=case(securityProfileIds=["profile-agent"], securityProfileNames=["Agent"]),
    bad=case(
        securityProfileIds=["profile-lead"],
        securityProfileNames=["Team Lead"],
        capabilities=["become-admin", "change-rights"],
    ),
)
