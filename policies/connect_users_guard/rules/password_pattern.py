"""Connect's own pattern for passwords."""

import re

from ..absent import Absent
from ..examples.cases import case
from ..results import Results, Violation, absent
from ..rule import Rule
from ..settings import Settings
from ..sources import CREATE_USER, connect_api
from ..subject import UserView

_RULES = (
    (re.compile(r".{8,64}\Z", re.DOTALL), "does not have 8 to 64 characters"),
    (re.compile(r"\S*\Z"), "holds white space"),
    (re.compile(r"[\s\S]*[a-z]"), "has no letter a-z"),
    (re.compile(r"[\s\S]*[A-Z]"), "has no letter A-Z"),
    (re.compile(r"[\s\S]*[0-9]"), "has no digit"),
)


def _evaluate(user: UserView, _settings: Settings) -> Results:
    password = user.text("password")
    if isinstance(password, Absent):
        yield absent(password, "password")
    else:
        broken = [what for pattern, what in _RULES if not pattern.match(password)]
        if broken:
            yield Violation(f"password {', '.join(broken)}. Generate another one.", user)


RULE = Rule(
    name="connect-user-password-pattern",
    family="password",
    title="A password must be one that Connect accepts.",
    severity="high",
    level="mandatory",
    framework=connect_api("CreateUser: Password"),
    why="Connect requires 8 to 64 characters without white space, with a lowercase letter, an "
    "uppercase letter and a digit. AWS's SDKs do not check this, so an invalid password fails "
    "only at `up`. Composition rules do not make a password strong; this one is about correctness.",
    steps="Generate a password with letters of both cases and digits, without spaces.",
    sources=(CREATE_USER,),
    checked=True,
    evaluate=_evaluate,
    reads=("password",),
    good=case(),
    bad=case(password="quokka-lattice-moss"),
)
