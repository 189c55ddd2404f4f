"""Passwords that attackers try first."""

from ..absent import Absent
from ..examples.cases import case
from ..passwords.common import common_passwords, is_common
from ..results import Results, Violation, absent
from ..rule import Rule
from ..settings import ConfigError, Settings, integer, text
from ..sources import ASVS_TEXT, NIST_63B_TEXT, nist_63b
from ..subject import UserView


def _evaluate(user: UserView, settings: Settings) -> Results:
    password = user.text("password")
    if isinstance(password, Absent):
        yield absent(password, "password")
        return
    try:
        listed = common_passwords(settings.integer("size"), settings.text("listFile"))
    except OSError:
        raise ConfigError("listFile must be a file that can be read") from None
    if is_common(password, listed):
        yield Violation(
            "password is common, or a variant of a common one. Generate another one.",
            user,
        )


RULE = Rule(
    name="connect-user-password-common",
    family="password",
    title="A password must not be common.",
    severity="critical",
    level="mandatory",
    framework=nist_63b("3.1.1.2 Password Verifiers: blocklist"),
    why="NIST and OWASP require comparing passwords with a list of common and breached ones. The "
    "list is zxcvbn's: the 30,000 most common passwords; a file of your own can be added. The "
    "whole password is compared, without surrounding digits and symbols, and with look-alikes "
    "(`P4ssw0rd`) undone.",
    steps="Generate a password.",
    sources=(NIST_63B_TEXT, ASVS_TEXT),
    config={
        "size": integer("Number of the list's passwords to use.", 30000, minimum=3000),
        "listFile": text("A file with more passwords, one per line, relative to Pulumi's folder."),
    },
    evaluate=_evaluate,
    reads=("password",),
    good=case(),
    bad=case(password="Password123"),
)
