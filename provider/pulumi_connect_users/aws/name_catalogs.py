"""Lists of profiles, hierarchy groups and attributes of an instance, kept for the process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from ..core.errors import ApiError, NotFound
from ..core.lookups import Catalog, Kind
from .api import ApiClient
from .pagination import rows

_FRESH_SECONDS = 2.0
"""A list younger than this is not made again: 300 users with one misspelt name list once."""

_LISTS = {
    Kind.ROUTING_PROFILE: ("ListRoutingProfiles", "RoutingProfileSummaryList", "Name"),
    Kind.SECURITY_PROFILE: ("ListSecurityProfiles", "SecurityProfileSummaryList", "Name"),
    Kind.AGENT_STATUS: ("ListAgentStatuses", "AgentStatusSummaryList", "Name"),
    Kind.QUEUE: ("ListQueues", "QueueSummaryList", "Name"),
    Kind.USER: ("ListUsers", "UserSummaryList", "Username"),
}
"""Operation, its list, and the member that holds the name."""
_FAILED_SECONDS = 30.0
"""A list that could not be made is not tried again for so long."""

T = TypeVar("T")


class NameCatalogs:
    """What one instance offers to its users; one List for each kind and process."""

    def __init__(
        self, caller: ApiClient, instance_id: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._caller = caller
        self._instance_id = instance_id
        self._clock = clock
        self._lock = threading.Lock()
        self._catalogs: dict[Kind, tuple[Catalog, float]] = {}
        self._values: dict[str, frozenset[str] | None] = {}
        self._failures: dict[Kind | str, tuple[ApiError, float]] = {}

    def catalog(self, kind: Kind, *, fresh: bool = False) -> Catalog:
        """All things of one kind, listed once; `fresh` lists again unless that was a moment ago."""
        with self._lock:
            known = self._catalogs.get(kind)
            if known is None or (fresh and self._clock() - known[1] > _FRESH_SECONDS):
                known = (self._asked(kind, lambda: self._list(kind)), self._clock())
                self._catalogs[kind] = known
            return known[0]

    def attribute_values(self, name: str) -> frozenset[str] | None:
        """The values of a predefined attribute; None if there is none of this name."""
        with self._lock:
            if name not in self._values:
                self._values[name] = self._asked(name, lambda: self._describe_attribute(name))
            return self._values[name]

    def _asked(self, key: Kind | str, question: Callable[[], T]) -> T:
        """The answer; a failure is remembered a while, so that 300 users wait for one time-out."""
        failed = self._failures.get(key)
        if failed is not None and self._clock() - failed[1] < _FAILED_SECONDS:
            raise failed[0]
        try:
            return question()
        except ApiError as error:
            self._failures[key] = (error, self._clock())
            raise

    def _list(self, kind: Kind) -> Catalog:
        if kind in _LISTS:
            operation, member, name = _LISTS[kind]
            found = rows(self._call, operation, member, MaxResults=1000)
            # An agent's own queue has no name.
            return Catalog({r["Id"]: r[name] for r in found if name in r})
        groups = rows(
            self._call, "SearchUserHierarchyGroups", "UserHierarchyGroups", MaxResults=100
        )
        # LevelId 0 is the invisible foundation of the hierarchy (API reference).
        return Catalog({g["Id"]: _path(g) for g in groups if str(g.get("LevelId")) != "0"})

    def _call(self, operation: str, **parameters: Any) -> Mapping[str, Any]:
        return self._caller.call(operation, {"InstanceId": self._instance_id, **parameters})

    def _describe_attribute(self, name: str) -> frozenset[str] | None:
        try:
            answer = self._call("DescribePredefinedAttribute", Name=name)
        except NotFound:
            return None
        values = answer["PredefinedAttribute"].get("Values", {}).get("StringList", [])
        return frozenset(str(value) for value in values)


_LEVELS = ("LevelOne", "LevelTwo", "LevelThree", "LevelFour", "LevelFive")


def _path(group: Mapping[str, Any]) -> str:
    """`AMER/West/Team 1`: the names from the top level down to the group itself."""
    levels = group.get("HierarchyPath") or {}
    names = [levels[level]["Name"] for level in _LEVELS if levels.get(level, {}).get("Name")]
    return "/".join(names or [str(group.get("Name", ""))])
