"""A password that is not a secret is readable in state, diffs and logs."""

from dataclasses import replace

from ..absent import MISSING
from ..edit import WRAP, Edit, Edits
from ..examples.cases import case
from ..results import NotApplicable, Results
from ..rule import Rule
from ..settings import Settings
from ..sources import PULUMI_SECRETS, connect_security
from ..subject import UserView


def _evaluate(user: UserView, _settings: Settings) -> Results:
    if user.get("password") is MISSING:
        yield NotApplicable("the user has no password")
    else:
        yield NotApplicable(
            "only a remediation can see whether a value is secret: set the level remediate"
        )


def _fix(user: UserView, _settings: Settings) -> Edits:
    if user.get("password") is not MISSING:
        yield Edit(("password",), WRAP)


RULE = Rule(
    name="connect-user-password-secret",
    family="password",
    title="A password must be a secret.",
    severity="critical",
    level="remediate",
    framework=connect_security("Protection of credentials"),
    why="A plain password is readable in the state file, in every preview and in every pull "
    "request. Pulumi shows policies all values in plain text, so only a remediation can tell "
    "whether one is secret, and make it so.",
    steps="Use `config.require_secret` or `pulumi.Output.secret`; the remediation wraps the rest.",
    sources=(PULUMI_SECRETS,),
    evaluate=_evaluate,
    fix=_fix,
    reads=("password",),
    good=case(),
    bad=replace(case(), secret=False),
)
