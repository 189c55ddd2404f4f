"""Who a user is: names, e-mail addresses, mobile number."""

from typing import Annotated

from pydantic import Field

from .base import WireModel
from .facts import UPDATE_IDENTITY, Facts

E164 = r"^\+[1-9]\d{1,14}\Z"
"""Phone numbers: botocore's `PhoneNumber` and `SensitivePhoneNumber`, anchored."""

SECONDARY_EMAIL = r"^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,63}\Z"
"""From the documentation of `UserIdentityInfo.SecondaryEmail`; its length stands apart."""


E164_FORM = "must be an E.164 number: + and 2 to 15 digits, the first not 0 (+15555551212)"


def _member(
    doc: str,
    *,
    form: str | None = None,
    in_bulk: bool = False,
    saml: bool = True,
    of_directory: bool = False,
) -> Facts:
    return Facts(
        doc=doc,
        calls=(UPDATE_IDENTITY,),
        personal=True,
        form=form,
        in_bulk=in_bulk,
        saml=saml,
        of_directory=of_directory,
    )


class IdentityInfo(WireModel):
    """Names and addresses of a user. Source: API reference, UserIdentityInfo."""

    first_name: Annotated[
        str | None,
        Field(max_length=255),
        _member("First name, in Unicode NFC.", in_bulk=True, of_directory=True),
    ] = None
    last_name: Annotated[
        str | None,
        Field(max_length=300),
        _member("Last name, in Unicode NFC.", in_bulk=True, of_directory=True),
    ] = None
    email: Annotated[
        str | None,
        Field(min_length=1, max_length=265),
        _member("E-mail address; not allowed with SAML.", saml=False, of_directory=True),
    ] = None
    secondary_email: Annotated[
        str | None,
        Field(max_length=265, pattern=SECONDARY_EMAIL),
        _member(
            "Secondary e-mail address; receives notifications other than password resets.",
            form="must be an e-mail address whose domain has a dot",
        ),
    ] = None
    mobile: Annotated[
        str | None,
        Field(pattern=E164),
        _member("Mobile number, E.164 (`+15555551212`).", form=E164_FORM),
    ] = None
