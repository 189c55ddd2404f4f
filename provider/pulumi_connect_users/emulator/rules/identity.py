"""Who a user is: usernames, names, passwords and e-mail addresses by identity management type."""

import re
import unicodedata

from ..call import Call
from ..document import Document
from ..errors import invalid_parameter, invalid_request
from . import rule

_CREATE = "API reference, CreateUser"
_IDENTITY = "API reference, UserIdentityInfo"
_USERNAME = re.compile(r"[a-zA-Z0-9_.@-]+")
_SECONDARY_EMAIL = re.compile(r"(?=^.{0,265}$)[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,63}")


def _identity(call: Call) -> Document:
    return call.params.part("IdentityInfo")


@rule("CreateUser", source=_CREATE + ", Password")
def password_is_required_when_connect_manages_identities(call: Call) -> None:
    """A user of a CONNECT_MANAGED instance is created with a password."""
    if call.instance.identity_type == "CONNECT_MANAGED" and not call.params.get("Password"):
        raise invalid_request("A password is required for an instance that manages its own users.")


@rule("CreateUser", source=_CREATE + ", Password")
def password_is_refused_when_someone_else_manages_identities(call: Call) -> None:
    """No password may be given on SAML and EXISTING_DIRECTORY instances."""
    if call.instance.identity_type != "CONNECT_MANAGED" and call.params.get("Password"):
        raise invalid_request(
            f"A password must not be given for a {call.instance.identity_type} instance."
        )


@rule("CreateUser", "UpdateUserIdentityInfo", source=_IDENTITY + ", FirstName and LastName")
def names_are_required(call: Call) -> None:
    """First and last name are required on CONNECT_MANAGED and SAML instances."""
    if call.instance.identity_type == "EXISTING_DIRECTORY":
        return
    missing = [name for name in ("FirstName", "LastName") if not _identity(call).get(name)]
    if missing:
        raise invalid_request(f"Required for this identity management type: {', '.join(missing)}.")


@rule("CreateUser", "UpdateUserIdentityInfo", source=_IDENTITY + ", FirstName and LastName")
def names_are_normalised(call: Call) -> None:
    """First and last name must be in Unicode Normalization Form C."""
    for name in ("FirstName", "LastName"):
        if not unicodedata.is_normalized("NFC", _identity(call).text(name)):
            raise invalid_parameter(f"{name} must be in Unicode Normalization Form C (NFC).")


@rule("CreateUser", "UpdateUserIdentityInfo", source=_IDENTITY + ", Email")
def email_is_refused_under_saml(call: Call) -> None:
    """No (primary) e-mail address may be given on a SAML instance."""
    if call.instance.identity_type == "SAML" and _identity(call).get("Email"):
        raise invalid_request("Email must not be given for a SAML instance.")


@rule("CreateUser", "UpdateUserIdentityInfo", source=_IDENTITY + ", SecondaryEmail")
def secondary_email_has_the_documented_form(call: Call) -> None:
    """A secondary e-mail address matches the documented pattern (the service model has none)."""
    value = _identity(call).text("SecondaryEmail")
    if value and not _SECONDARY_EMAIL.fullmatch(value):
        raise invalid_parameter("SecondaryEmail is not a valid e-mail address.")


@rule("CreateUser", source=_CREATE + ", DirectoryUserId")
def directory_user_id_is_refused_under_saml(call: Call) -> None:
    """No directory user id may be given on a SAML instance."""
    if call.instance.identity_type == "SAML" and call.params.get("DirectoryUserId"):
        raise invalid_request("DirectoryUserId must not be given for a SAML instance.")


@rule(
    "UpdateUserIdentityInfo",
    source="Administrator guide, Plan your identity management (the directory owns them)",
)
def directory_owns_the_identity(call: Call) -> None:
    """Names and e-mail address cannot be changed on an EXISTING_DIRECTORY instance."""
    given = [name for name in ("FirstName", "LastName", "Email") if _identity(call).get(name)]
    if call.instance.identity_type == "EXISTING_DIRECTORY" and given:
        raise invalid_request(f"Managed by the directory of this instance: {', '.join(given)}.")


@rule("CreateUser", source=_CREATE + ", Username; AWS::Connect::User, Username")
def username_has_only_allowed_characters(call: Call) -> None:
    """A username has 1 to 64 of the characters [a-zA-Z0-9_-.@].

    What only AWS's text says of it is not enforced: 20 characters where SAML is not used, and an @
    only in an e-mail address. AWS was seen to take others (docs/emulator-operations.md).
    """
    username = call.params.text("Username")
    if len(username) > 64 or not _USERNAME.fullmatch(username):
        raise invalid_parameter("Username must have 1 to 64 characters from [a-zA-Z0-9_-.@].")
