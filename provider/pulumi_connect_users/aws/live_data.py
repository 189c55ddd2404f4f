"""Live data of agents; quick connects to users and the offline status, kept for the process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from ..core.errors import NotFound
from ..live_data.model import CurrentUserData, flatten
from ..users.ports import QuickConnect
from .pagination import AGENT_STATUSES, CURRENT_USER_DATA, QUICK_CONNECTS, Call, rows

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import QuickConnectTypeDef, UserDataFiltersTypeDef

_QUICK_CONNECTS_FRESH: Final = 30.0
"""Seconds for which one search for quick connects serves all deletions of a process."""


class LiveDataClient:
    """Implements `users.ports.LiveData` for one instance; safe for several threads."""

    def __init__(self, call: Call, clock: Callable[[], float] = time.monotonic) -> None:
        self._call = call
        self._clock = clock
        self._lock = threading.Lock()
        self._offline: str | None = None
        self._quick_connects: tuple[float, list[QuickConnectTypeDef]] | None = None

    def activity(self, user_id: str) -> CurrentUserData | None:
        """The agent's live data."""
        data = self.at_work({"Agents": [user_id]})
        return next((one for one in data if one.user.id == user_id), None)

    def at_work(self, filters: UserDataFiltersTypeDef) -> Iterator[CurrentUserData]:
        """All of GetCurrentUserData, 100 a page; botocore has no paginator for it."""
        return map(flatten, rows(self._call, CURRENT_USER_DATA, Filters=filters, MaxResults=100))

    def offline_status(self) -> str:
        """The id of the status of type OFFLINE: an instance has one, whatever it is called."""
        with self._lock:
            if self._offline is None:
                statuses = rows(self._call, AGENT_STATUSES, AgentStatusTypes=["OFFLINE"])
                status = next(statuses, None)
                if status is None:
                    raise NotFound("the instance has no agent status of type OFFLINE")
                self._offline = status["Id"]
            return self._offline

    def quick_connects(self, user_id: str) -> list[QuickConnect]:
        """The quick connects of type USER that lead to the user, by one search for many users."""
        with self._lock:
            searched = self._quick_connects
            if searched is None or self._clock() - searched[0] > _QUICK_CONNECTS_FRESH:
                searched = self._quick_connects = (self._clock(), self._search())
        return [
            QuickConnect(row["QuickConnectId"], row.get("Name", ""))
            for row in searched[1]
            if row["QuickConnectConfig"].get("UserConfig", {}).get("UserId") == user_id
        ]

    def _search(self) -> list[QuickConnectTypeDef]:
        quick_connects = rows(self._call, QUICK_CONNECTS, MaxResults=100)
        return [r for r in quick_connects if r["QuickConnectConfig"]["QuickConnectType"] == "USER"]
