"""A user as Amazon Connect describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, cast

from .ownership import OwnershipMark, mark_of_tags
from .properties import Properties, Value, split
from .unknowns import get

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import UserTypeDef


@dataclass(frozen=True)
class DescribedUser:
    """DescribeUser's answer; a row of SearchUsers has the same form without confidential members.

    `attributes` has the API's own names (`IdentityInfo`, `FirstName`).
    """

    id: str
    arn: str
    username: str
    tags: Mapping[str, str]
    last_modified: datetime | None
    attributes: Properties

    @classmethod
    def decode(cls, user: UserTypeDef) -> DescribedUser:
        """From boto3's structure."""
        return cls(
            id=user.get("Id", ""),
            arn=user.get("Arn", ""),
            username=user.get("Username", ""),
            tags=user.get("Tags") or {},
            last_modified=user.get("LastModifiedTime"),
            # A TypedDict is not a Mapping of values to mypy, whatever its members are.
            attributes=cast("Properties", user),
        )

    def get(self, path: str) -> Value:
        """The value at a path, None if there is none."""
        return get(self.attributes, split(path))

    @cached_property
    def mark(self) -> OwnershipMark | None:
        """Which resource manages the user."""
        return mark_of_tags(self.tags)
