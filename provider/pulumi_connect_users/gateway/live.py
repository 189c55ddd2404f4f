"""Live data of one instance: GetCurrentUserData page by page, and what leads to a user."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from ..errors import NotFound
from ..lifecycle.arns import parse_arn
from ..lifecycle.connect import QuickConnect
from ..lifecycle.live_data import CurrentUserData, flatten
from ..lifecycle.live_names import api_filters
from ..lifecycle.live_query import MOST, LiveQuery, checked
from ..lifecycle.lookups import Kind

if TYPE_CHECKING:
    from .session import Session

Call = Callable[..., Mapping[str, Any]]

PAGE_SIZE: Final = 100
"""The most that one page of GetCurrentUserData holds; botocore has no paginator for it."""
_QUICK_CONNECTS_FRESH = 30.0
"""Seconds for which one search for quick connects serves all deletions of a process."""


def current_user_data(
    session: Session, instance: str, query: LiveQuery
) -> Iterator[CurrentUserData]:
    """Agents at work, one page of up to 100 at a time, as the result is read.

    The query is judged, and its names are looked up, before this returns: raises InvalidFilter
    with every reason at once, and one of `errors` where the instance cannot be seen.
    """
    subject = f"reading live data of instance {_id(instance)}"
    checked(query, subject)
    connect = session.connect(instance)
    arn = connect.instance_arn
    requests = (
        _everyone(session, arn)
        if query.is_everyone
        else [api_filters(query, arn, session, subject)]
    )
    return _pages(connect.call, requests)


def _everyone(session: Session, instance_arn: str) -> list[dict[str, Any]]:
    """Every agent has one routing profile, and a request takes a hundred of them."""
    ids = sorted(session.catalog(instance_arn, Kind.ROUTING_PROFILE).names)
    return [{"RoutingProfiles": ids[start : start + MOST]} for start in range(0, len(ids), MOST)]


def _pages(call: Call, requests: list[dict[str, Any]]) -> Iterator[CurrentUserData]:
    seen: set[str] = set()
    for filters in requests:
        token: dict[str, Any] = {}
        while True:
            answer = call("GetCurrentUserData", Filters=filters, MaxResults=PAGE_SIZE, **token)
            for row in answer.get("UserDataList", ()):
                data = flatten(row)
                # An agent who moves while pages are read may be on two of them.
                if data.user.id not in seen:
                    seen.add(data.user.id)
                    yield data
            if not answer.get("NextToken"):
                break
            token = {"NextToken": answer["NextToken"]}


def _id(instance: str) -> str:
    arn = parse_arn(instance)
    return arn.instance if arn else instance


class Farewells:
    """What a departure asks of one instance; safe for several threads."""

    def __init__(self, call: Call, clock: Callable[[], float] = time.monotonic) -> None:
        self._call = call
        self._clock = clock
        self._lock = threading.Lock()
        self._offline: str | None = None
        self._quick_connects: tuple[float, list[Mapping[str, Any]]] | None = None

    def activity(self, user_id: str) -> CurrentUserData | None:
        """What one agent does; None if the data do not show the agent."""
        data = _pages(self._call, [{"Agents": [user_id]}])
        return next((one for one in data if one.user.id == user_id), None)

    def offline_status(self) -> str:
        """The id of the status of type OFFLINE: an instance has one, whatever it is called."""
        with self._lock:
            if self._offline is None:
                answer = self._call("ListAgentStatuses", AgentStatusTypes=["OFFLINE"])
                rows = answer.get("AgentStatusSummaryList") or ()
                if not rows:
                    raise NotFound("the instance has no agent status of type OFFLINE")
                self._offline = str(rows[0]["Id"])
            return self._offline

    def quick_connects(self, user_id: str) -> list[QuickConnect]:
        """The quick connects of type USER that lead to the user, by one search for many users."""
        with self._lock:
            known = self._quick_connects
            if known is None or self._clock() - known[0] > _QUICK_CONNECTS_FRESH:
                known = self._quick_connects = (self._clock(), self._search())
        return [
            QuickConnect(str(row["QuickConnectId"]), str(row.get("Name", "")))
            for row in known[1]
            if row["QuickConnectConfig"].get("UserConfig", {}).get("UserId") == user_id
        ]

    def _search(self) -> list[Mapping[str, Any]]:
        rows: list[Mapping[str, Any]] = []
        token: dict[str, Any] = {}
        while True:
            answer = self._call("SearchQuickConnects", MaxResults=100, **token)
            found = answer.get("QuickConnects") or ()
            rows += [r for r in found if r["QuickConnectConfig"]["QuickConnectType"] == "USER"]
            if not answer.get("NextToken"):
                return rows
            token = {"NextToken": answer["NextToken"]}
