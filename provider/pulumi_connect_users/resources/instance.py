"""The Amazon Connect instance that users belong to: a plain value, not a resource."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pulumi

IdentityManagementType = Literal["CONNECT_MANAGED", "SAML", "EXISTING_DIRECTORY"]


@dataclass(frozen=True)
class Instance:
    """An instance, by its id or its ARN; an ARN also names Region and account.

    With `identity_management_type` declared, previews check the rules of that type without asking
    Connect; creating a user verifies it.

    Example:
        ```python
        centre = connect.Instance(pulumi.Config().require("instanceArn"))
        ```
    """

    arn: pulumi.Input[str]
    identity_management_type: IdentityManagementType | None = field(default=None, kw_only=True)
