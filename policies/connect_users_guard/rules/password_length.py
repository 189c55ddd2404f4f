"""Length makes a password hard to guess."""

from ..absent import Absent
from ..examples.cases import case
from ..results import Results, Violation, absent
from ..rule import Rule
from ..settings import Settings, integer
from ..sources import ASVS_TEXT, CIS_TEXT, NIST_63B_TEXT, nist_63b
from ..subject import UserView


def _evaluate(user: UserView, settings: Settings) -> Results:
    password, least = user.text("password"), settings.integer("minLength")
    if isinstance(password, Absent):
        yield absent(password, "password")
    elif len(password) < least:
        yield Violation(
            f"password has {len(password)} characters, fewer than {least}. Generate a longer one.",
            user,
        )


RULE = Rule(
    name="connect-user-password-length",
    family="password",
    title="A password must be long.",
    severity="high",
    level="mandatory",
    framework=nist_63b("3.1.1.2 Password Verifiers"),
    why="NIST SP 800-63B-4 requires 15 characters where a password is the only factor, as it is "
    "with Connect's own identities. CIS requires 14.",
    steps="Generate a password of at least `minLength` characters; Connect accepts up to 64.",
    sources=(NIST_63B_TEXT, ASVS_TEXT, CIS_TEXT),
    config={
        "minLength": integer("Minimum number of characters.", 15, minimum=8, maximum=64),
    },
    evaluate=_evaluate,
    reads=("password",),
    good=case(),
    bad=case(password="Quokka9moss"),
)
