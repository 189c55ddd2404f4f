"""Remembers which profiles give nothing: each is asked about once a process."""

import threading
from collections.abc import Callable
from typing import Final

from ...core.errors import ApiError
from ...core.properties import Properties, entries, text, texts
from ..ports import UserApi

_PAGE: Final = 100
_NAMED: Final = 3


class HarmlessProfiles:
    """One for each process; its threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._harm: dict[str, str] = {}

    def harm_of_security_profile(self, profile_id: str, api: UserApi) -> str:
        """What it permits, or why that cannot be read; empty if it permits nothing."""
        return self._once(profile_id, lambda: _permissions(profile_id, api))

    def harm_of_routing_profile(self, profile_id: str, api: UserApi) -> str:
        """What contacts it brings, or why that cannot be read; empty if it brings none."""
        return self._once(profile_id, lambda: _queues(profile_id, api))

    def _once(self, profile_id: str, ask: Callable[[], str]) -> str:
        with self._lock:
            if profile_id not in self._harm:
                try:
                    self._harm[profile_id] = ask()
                except ApiError as error:
                    self._harm[profile_id] = f"could not be read: {str(error).rstrip('.')}"
            return self._harm[profile_id]


def _permissions(profile_id: str, api: UserApi) -> str:
    found: list[str] = []
    for page in _pages("ListSecurityProfilePermissions", api, SecurityProfileId=profile_id):
        found += texts(page.get("Permissions"))
    if not found:
        return ""
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return f"permits {', '.join(found[:_NAMED])}{more}"


def _queues(profile_id: str, api: UserApi) -> str:
    count = sum(
        len(entries(page.get("RoutingProfileQueueConfigSummaryList")))
        for page in _pages("ListRoutingProfileQueues", api, RoutingProfileId=profile_id)
    )
    return f"has {count} queue{'' if count == 1 else 's'}" if count else ""


def _pages(operation: str, api: UserApi, **profile: str) -> list[Properties]:
    pages = [api.call(operation, **profile, MaxResults=_PAGE)]
    while token := text(pages[-1].get("NextToken")):
        pages.append(api.call(operation, **profile, MaxResults=_PAGE, NextToken=token))
    return pages
