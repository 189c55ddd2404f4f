"""A user as Amazon Connect describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import cast

from .ownership import SUSPENDED_TAG, OwnershipMark, mark_of_tags
from .properties import Properties, Value, members, split, text
from .unknowns import get


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
    def decode(cls, user: Properties) -> DescribedUser:
        """From the structure that boto3 returns."""
        return cls(
            id=text(user.get("Id")) or "",
            arn=text(user.get("Arn")) or "",
            username=text(user.get("Username")) or "",
            tags={k: v for k, v in members(user.get("Tags")).items() if isinstance(v, str)},
            # A datetime, which no property is.
            last_modified=cast("datetime | None", user.get("LastModifiedTime")),
            attributes=user,
        )

    def get(self, path: str) -> Value:
        """The value at a path, None if there is none."""
        return get(self.attributes, split(path))

    @cached_property
    def mark(self) -> OwnershipMark | None:
        """Which resource manages the user."""
        return mark_of_tags(self.tags)

    @property
    def suspended(self) -> str | None:
        """Since when the user is suspended, a date; None if it is not."""
        return self.tags.get(SUSPENDED_TAG)

    def is_suspended_by(self, mark: OwnershipMark | None) -> bool:
        """Whether the stack of this mark suspended the user: its resources may take it back."""
        if self.suspended is None or self.mark is None or mark is None:
            return False
        return self.mark.stack == mark.stack
