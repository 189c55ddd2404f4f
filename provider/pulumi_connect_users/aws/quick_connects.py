"""What departures ask of one instance, kept for the process: whom quick connects lead to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from ..core.errors import NotFound
from ..users.ports import QuickConnect
from .pagination import Call, rows

_QUICK_CONNECTS_FRESH: Final = 30.0
"""Seconds for which one search for quick connects serves all deletions of a process."""


class QuickConnects:
    """What a departure asks of one instance; safe for several threads."""

    def __init__(self, call: Call, clock: Callable[[], float] = time.monotonic) -> None:
        self._call = call
        self._clock = clock
        self._lock = threading.Lock()
        self._offline: str | None = None
        self._quick_connects: tuple[float, list[Mapping[str, Any]]] | None = None

    def offline_status(self) -> str:
        """The id of the status of type OFFLINE: an instance has one, whatever it is called."""
        with self._lock:
            if self._offline is None:
                operation, member = "ListAgentStatuses", "AgentStatusSummaryList"
                found = rows(self._call, operation, member, AgentStatusTypes=["OFFLINE"])
                status = next(found, None)
                if status is None:
                    raise NotFound("the instance has no agent status of type OFFLINE")
                self._offline = str(status["Id"])
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
        found = rows(self._call, "SearchQuickConnects", "QuickConnects", MaxResults=100)
        return [r for r in found if r["QuickConnectConfig"]["QuickConnectType"] == "USER"]
