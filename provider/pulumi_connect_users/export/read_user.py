"""One user as it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import UserProficiencyTypeDef, UserTypeDef


@dataclass(frozen=True)
class ReadUser:
    """A user's attributes in Connect."""

    described: UserTypeDef
    """DescribeUser's `User`."""
    proficiencies: list[UserProficiencyTypeDef] = field(default_factory=list)
