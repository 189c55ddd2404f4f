"""Who a user is: names, e-mail addresses, mobile number."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .base import WireModel
from .facts import UPDATE_IDENTITY, Facts

E164 = r"^\+[1-9]\d{1,14}\Z"
"""Phone numbers: botocore's `PhoneNumber` and `SensitivePhoneNumber`, anchored."""

SECONDARY_EMAIL = r"^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,63}\Z"
"""From the documentation of `UserIdentityInfo.SecondaryEmail`; its length stands apart."""


def _member(doc: str) -> Facts:
    return Facts(doc=doc, calls=(UPDATE_IDENTITY,), personal=True)


class IdentityInfo(WireModel):
    """Names and addresses of a user. Source: API reference, UserIdentityInfo."""

    first_name: Annotated[
        str | None, Field(max_length=255), _member("First name, in Unicode NFC.")
    ] = None
    last_name: Annotated[
        str | None, Field(max_length=300), _member("Last name, in Unicode NFC.")
    ] = None
    email: Annotated[
        str | None,
        Field(min_length=1, max_length=265),
        _member("E-mail address; an error with SAML."),
    ] = None
    secondary_email: Annotated[
        str | None,
        Field(max_length=265, pattern=SECONDARY_EMAIL),
        _member("Receives notifications other than password resets instead of `email`."),
    ] = None
    mobile: Annotated[
        str | None, Field(pattern=E164), _member("Mobile number, E.164 (`+15555551212`).")
    ] = None
