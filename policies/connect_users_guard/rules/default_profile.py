"""Security profiles that come with every instance."""

from ..access import DEFAULT_PROFILES, privileged
from ..examples.cases import case
from ..results import Results, Violation
from ..rule import Rule
from ..settings import PROFILES, Settings, texts
from ..sources import SECURITY_PROFILES, connect_security
from ..subject import UserView


def _evaluate(user: UserView, settings: Settings) -> Results:
    labels, doubt = privileged(user, settings, "defaults")
    if labels:
        yield Violation(
            f"holds {', '.join(sorted(labels))}, which AWS provides. Use your own profile.",
            user,
        )
    elif doubt:
        yield doubt


_AGENT = {"securityProfileIds": ["profile-agent"], "securityProfileNames": ["Agent"]}

RULE = Rule(
    name="connect-user-default-profile",
    family="access",
    title="Users in production should hold security profiles of your own.",
    severity="low",
    level="disabled",
    framework=connect_security("Least privilege"),
    why="The security profiles that an instance comes with are a starting point: they grant "
    "what most contact centres need, not what yours needs.",
    steps="Copy the profile, remove what is not needed, and assign the copy.",
    sources=(SECURITY_PROFILES,),
    config={
        "defaults": texts("Names or ids (globs) of those profiles.", DEFAULT_PROFILES),
        "stacks": texts(
            "Globs of `project/stack`, or of `stack` if there is no /, that are production.",
            ["prod*"],
        ),
        **PROFILES,
    },
    evaluate=_evaluate,
    reads=("securityProfileIds",),
    good=case(config={"stacks": ["*"]}),
    bad=case(config={"stacks": ["*"]}, **_AGENT),
)
