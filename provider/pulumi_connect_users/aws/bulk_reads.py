"""What several readings of one instance need: read in bulk, and once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from .hierarchy_paths import hierarchy_paths
from .pagination import SEARCHED_USERS, Call, rows
from .snapshot import SEARCH_PAGE

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import UserSearchSummaryTypeDef


class BulkReads:
    """The users and the hierarchy groups, each read when it is first asked for."""

    def __init__(self, call: Call) -> None:
        """`call` fills the instance in."""
        self._call = call

    @cached_property
    def users(self) -> Sequence[UserSearchSummaryTypeDef]:
        """All users: a SearchUsers for each 500."""
        return list(rows(self._call, SEARCHED_USERS, MaxResults=SEARCH_PAGE))

    @cached_property
    def groups(self) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, str]]:
        """See `hierarchy_paths`."""
        return hierarchy_paths(self._call)
