"""Usernames: a wrong one shows only when the user cannot log in."""

import re
from collections.abc import Iterator
from typing import Final

from ...core.check_failure import Failure
from ..declared_user import DeclaredUser
from .registry import CREATE_USER, ROLE_SESSION, SAML, missing, refuse, rule

_ALPHABET = re.compile(r"[a-zA-Z0-9_.@-]*\Z")
CASE_ALONE: Final = "differs from the existing one only in case; the change would replace the user"
KEEP_CASE: Final = (
    "Keep the old spelling (with SAML, that of RoleSessionName); for a new user, remove the "
    "existing one in one `pulumi up` and add the new one in the next."
)
_EMAIL_FORM = re.compile(r"[^@]+@[^@.]+(\.[^@.]+)+\Z")
_SERVICE_CLOUD_VOICE = re.compile(r"([^@]+@)?005[a-zA-Z0-9]{12,15}@00D[a-zA-Z0-9]{12,15}\Z")
"""Salesforce Service Cloud Voice makes its users through the Connect API with such names:
ALIAS@USERID@ORGID, in government clouds USERID@ORGID. Source: Salesforce Help, "Use Customized
Usernames for Contact Centers".
"""


@rule("A username is required.", CREATE_USER)
def username_required(user: DeclaredUser) -> Iterator[Failure]:
    if user.absent("username"):
        yield missing("username")


@rule("Usernames consist of a-z A-Z 0-9 _ - . @.", CREATE_USER, making=True)
def username_alphabet(user: DeclaredUser) -> Iterator[Failure]:
    name = user.text("username")
    if name and not _ALPHABET.match(name):
        yield refuse(
            "username",
            "has a character that Connect does not allow",
            "Use letters a-z and A-Z, digits, and _ - . @ only.",
        )


@rule(
    "@ appears only in the form of an e-mail address (name@example.com), or of Salesforce Service "
    "Cloud Voice (ALIAS@USERID@ORGID, USERID@ORGID).",
    CREATE_USER,
    kind="documented",
    making=True,
)
def username_at_sign(user: DeclaredUser) -> Iterator[Failure]:
    name = user.text("username")
    if name and "@" in name and not _has_known_form(name):
        yield refuse(
            "username",
            "has an @ but is neither an e-mail address nor a username of Service Cloud Voice",
            "Write the whole address, or leave the @ out.",
        )


def _has_known_form(name: str) -> bool:
    return bool(_EMAIL_FORM.match(name) or _SERVICE_CLOUD_VOICE.match(name))


@rule(
    "Without SAML a username has at most 20 characters.",
    CREATE_USER,
    modes=("CONNECT_MANAGED", "EXISTING_DIRECTORY"),
    kind="documented",
    making=True,
)
def username_20_characters(user: DeclaredUser) -> Iterator[Failure]:
    name = user.text("username")
    if name and len(name) > 20 and not _SERVICE_CLOUD_VOICE.match(name):
        yield refuse(
            "username",
            "has more than the 20 characters that are documented without SAML",
            "Shorten it.",
        )


@rule("With SAML a username has at most 64 characters.", CREATE_USER, modes=("SAML",), making=True)
def username_64_characters(user: DeclaredUser) -> Iterator[Failure]:
    name = user.text("username")
    if name and len(name) > 64:
        yield refuse(
            "username",
            f"has {len(name)} characters, at most 64 are allowed with SAML",
            "Shorten it, here and in the identity provider's RoleSessionName.",
        )


@rule(
    "With SAML the username is the RoleSessionName, which has at least 2 characters.",
    ROLE_SESSION,
    modes=("SAML",),
    making=True,
)
def username_role_session_name(user: DeclaredUser) -> Iterator[Failure]:
    name = user.text("username")
    if name is not None and len(name) == 1:
        yield refuse(
            "username",
            "has 1 character, but a RoleSessionName has at least 2: the user could not log in",
            "Give the exact value that the identity provider sends as RoleSessionName.",
        )


@rule(
    "Usernames are case sensitive: a change of case alone means a new user.",
    SAML,
    kind="ours",
)
def username_case(user: DeclaredUser) -> Iterator[Failure]:
    name, old = user.text("username"), user.old("username")
    if not isinstance(name, str) or not isinstance(old, str) or user.existing or user.may_exist:
        return
    if name != old and name.casefold() == old.casefold():
        yield refuse("username", CASE_ALONE, KEEP_CASE)
