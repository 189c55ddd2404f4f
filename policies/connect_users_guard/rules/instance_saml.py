"""New instances: how identities are managed can never be changed."""

from ..absent import MISSING, UNKNOWN
from ..examples.cases import Case, instance
from ..results import NotApplicable, Results, Violation, unknown
from ..rule import Rule
from ..settings import Settings, texts
from ..sources import IDENTITY_MANAGEMENT, SECURITY_BEST_PRACTICES, connect_security
from ..subject import InstanceView
from ..user_resources import INSTANCES


def _evaluate(centre: InstanceView, settings: Settings) -> Results:
    mode = centre.text("identityManagementType")
    if mode is UNKNOWN:
        yield unknown("identityManagementType")
    elif mode is MISSING:
        yield NotApplicable("the instance has no identityManagementType")
    elif mode not in settings.texts("allowedTypes"):
        yield Violation(
            f"identityManagementType is {mode}, which allowedTypes does not list. "
            "Decide before the instance is created: it cannot be changed later.",
            centre,
        )


RULE = Rule(
    name="connect-user-instance-saml",
    family="identity",
    title="A new instance should manage identities with SAML.",
    severity="medium",
    level="advisory",
    framework=connect_security("Multi-factor authentication"),
    why=(
        "Multi-factor authentication, password rules and offboarding are the identity provider's "
        "job; Connect has none. An instance's type can never change."
    ),
    steps="Create the instance with `identity_management_type` SAML, or list its type.",
    sources=(IDENTITY_MANAGEMENT, SECURITY_BEST_PRACTICES),
    types=INSTANCES,
    config={"allowedTypes": texts("The identity management types that are allowed.", ["SAML"])},
    evaluate=_evaluate,
    reads=("identityManagementType",),
    good=Case(instances=(instance(),)),
    bad=Case(instances=(instance(identityManagementType="CONNECT_MANAGED"),)),
)
