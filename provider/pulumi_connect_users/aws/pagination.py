"""Paged reads: all of it, or no further than one has to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar, cast

from ..core.errors import ServiceFailure
from ..core.properties import Properties

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import (
        AgentStatusSummaryTypeDef,
        HierarchyGroupTypeDef,
        InstanceSummaryTypeDef,
        QuickConnectTypeDef,
        UserDataTypeDef,
        UserProficiencyTypeDef,
        UserSearchSummaryTypeDef,
        UserSummaryTypeDef,
    )

T = TypeVar("T")


class Call(Protocol):
    """One API call; raises one of `errors`."""

    def __call__(self, operation: str, **parameters: object) -> Any:
        """The answer, of boto3's type for the operation."""
        ...


@dataclass(frozen=True)
class Listing(Generic[T]):
    """A paged operation, and the member of its answers that holds the rows."""

    operation: str
    member: str


AGENT_STATUSES: Final[Listing[AgentStatusSummaryTypeDef]] = Listing(
    "ListAgentStatuses", "AgentStatusSummaryList"
)
CURRENT_USER_DATA: Final[Listing[UserDataTypeDef]] = Listing("GetCurrentUserData", "UserDataList")
HIERARCHY_GROUPS: Final[Listing[HierarchyGroupTypeDef]] = Listing(
    "SearchUserHierarchyGroups", "UserHierarchyGroups"
)
INSTANCES: Final[Listing[InstanceSummaryTypeDef]] = Listing("ListInstances", "InstanceSummaryList")
LISTED_USERS: Final[Listing[UserSummaryTypeDef]] = Listing("ListUsers", "UserSummaryList")
PROFICIENCIES: Final[Listing[UserProficiencyTypeDef]] = Listing(
    "ListUserProficiencies", "UserProficiencyList"
)
QUICK_CONNECTS: Final[Listing[QuickConnectTypeDef]] = Listing(
    "SearchQuickConnects", "QuickConnects"
)
SEARCHED_USERS: Final[Listing[UserSearchSummaryTypeDef]] = Listing("SearchUsers", "Users")


def plain(answer: Mapping[str, object]) -> Properties:
    """One of boto3's structures as plain values, which it holds beside dates alone."""
    return cast("Properties", answer)


def rows(call: Call, listing: Listing[T], **parameters: object) -> Iterator[T]:
    """The rows of all pages, read as needed; raises ServiceFailure where they have no end."""
    seen = _Tokens()
    token: dict[str, str] = {}
    while True:
        answer = call(listing.operation, **parameters, **token)
        yield from answer.get(listing.member) or ()
        if not answer.get("NextToken"):
            return
        token = {"NextToken": seen.new(answer["NextToken"])}


def count_users(call: Call) -> int:
    """About how many users the instance has, by one SearchUsers."""
    return int(call("SearchUsers", MaxResults=1).get("ApproximateTotalCount") or 0)


class _Tokens:
    """The tokens of one listing: a repeated one would never end."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def new(self, token: str) -> str:
        if token in self._seen:
            raise ServiceFailure(
                f"reading page {len(self._seen) + 2}: its token is that of an earlier page.",
                code="RepeatedToken",
            )
        self._seen.add(token)
        return token


@dataclass(frozen=True)
class Page(Generic[T]):
    """One answer: rows by user id, the next token, the approximate total."""

    rows: Mapping[str, T]
    token: str | None = None
    total: int | None = None


class Pages(Generic[T]):
    """Rows by user id, page after page. Not safe for threads."""

    def __init__(self, fetch: Callable[[str | None], Page[T]]) -> None:
        """`fetch` makes the call for a token, None for the first page."""
        self._fetch = fetch
        self._token: str | None = None
        self._seen_tokens = _Tokens()
        self.rows: dict[str, T] = {}
        self.calls = 0
        self.total = 0
        """How many rows there are; once all pages are read, exactly."""

    @property
    def complete(self) -> bool:
        """Whether the last page has been read."""
        return self.calls > 0 and self._token is None

    def more(self) -> None:
        """Reads one more page; raises ServiceFailure where the pages have no end."""
        page = self._fetch(self._token)
        self.calls += 1
        self.rows.update(page.rows)
        self._token = self._seen_tokens.new(page.token) if page.token else None
        self.total = max(page.total or 0, len(self.rows)) if page.token else len(self.rows)

    def find(self, user_id: str) -> T | None:
        """The row of a user; None once all pages are read without it."""
        while user_id not in self.rows and not self.complete:
            self.more()
        return self.rows.get(user_id)
