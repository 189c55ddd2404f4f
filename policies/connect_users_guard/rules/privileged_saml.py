"""Privileged users need a second factor, which only an identity provider has."""

from ..absent import MISSING, UNKNOWN
from ..access import ADMIN, ADMIN_HELD, privileged
from ..examples.cases import case
from ..results import Gap, NotApplicable, Results, Violation, unknown
from ..rule import Rule
from ..settings import IDENTITY_TYPES, PROFILES, Settings, texts
from ..sources import IDENTITY_MANAGEMENT, SECURITY_BEST_PRACTICES, connect_security
from ..subject import UserView


def _evaluate(user: UserView, settings: Settings) -> Results:
    labels, doubt = privileged(user, settings, "privileged")
    mode = settings.mode(user)
    if mode == "SAML":
        return
    if not labels:
        if doubt:
            yield doubt
    elif mode is UNKNOWN:
        yield unknown("how the instance manages identities")
    elif mode is MISSING:
        yield NotApplicable(
            "the identity management type is not known: set identityTypes", Gap.MODE
        )
    else:
        yield Violation(
            f"holds {', '.join(sorted(labels))} on an instance with {mode} identities, which "
            "have no second factor. Use an instance with SAML.",
            user,
        )


RULE = Rule(
    name="connect-user-privileged-saml",
    family="access",
    title="Privileged users must log in through SAML.",
    severity="high",
    level="mandatory",
    framework=connect_security("Multi-factor authentication"),
    why="Connect's own logins have only a password. AWS advises multi-factor "
    "authentication, which comes with the identity provider.",
    steps="Manage the instance's identities with SAML, or take the privileged profile away. Waive "
    "a break-glass user, with an owner and an expiry date.",
    sources=(SECURITY_BEST_PRACTICES, IDENTITY_MANAGEMENT),
    config={
        "privileged": texts("Names or ids (globs) of privileged profiles.", [ADMIN]),
        **PROFILES,
        **IDENTITY_TYPES,
    },
    evaluate=_evaluate,
    reads=("securityProfileIds",),
    good=case("SAML", **ADMIN_HELD),
    bad=case("CONNECT_MANAGED", **ADMIN_HELD),
)
