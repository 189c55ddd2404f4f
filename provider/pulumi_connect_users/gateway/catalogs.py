"""Lists of profiles, hierarchy groups and attributes of an instance, kept for the process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from ..errors import NotFound
from ..lifecycle.lookups import Catalog, Kind
from .caller import Caller

_FRESH_SECONDS = 2.0
"""A list younger than this is not made again: 300 users with one misspelt name list once."""


class Catalogs:
    """What one instance offers to its users; one List for each kind and process."""

    def __init__(
        self, caller: Caller, instance_id: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._caller = caller
        self._instance_id = instance_id
        self._clock = clock
        self._lock = threading.Lock()
        self._catalogs: dict[Kind, tuple[Catalog, float]] = {}
        self._values: dict[str, frozenset[str] | None] = {}

    def catalog(self, kind: Kind, *, fresh: bool = False) -> Catalog:
        """All things of one kind, listed once; `fresh` lists again unless that was a moment ago."""
        with self._lock:
            known = self._catalogs.get(kind)
            if known is None or (fresh and self._clock() - known[1] > _FRESH_SECONDS):
                known = (self._list(kind), self._clock())
                self._catalogs[kind] = known
            return known[0]

    def attribute_values(self, name: str) -> frozenset[str] | None:
        """The values of a predefined attribute; None if there is none of this name."""
        with self._lock:
            if name not in self._values:
                self._values[name] = self._describe_attribute(name)
            return self._values[name]

    def _list(self, kind: Kind) -> Catalog:
        if kind is Kind.ROUTING_PROFILE:
            rows = self._pages("ListRoutingProfiles", "RoutingProfileSummaryList", 1000)
            return Catalog({r["Id"]: r["Name"] for r in rows})
        if kind is Kind.SECURITY_PROFILE:
            rows = self._pages("ListSecurityProfiles", "SecurityProfileSummaryList", 1000)
            return Catalog({r["Id"]: r["Name"] for r in rows})
        groups = self._pages("SearchUserHierarchyGroups", "UserHierarchyGroups", 100)
        # LevelId 0 is the invisible foundation of the hierarchy (API reference).
        return Catalog({g["Id"]: _path(g) for g in groups if str(g.get("LevelId")) != "0"})

    def _pages(self, operation: str, member: str, size: int) -> list[Mapping[str, Any]]:
        rows: list[Mapping[str, Any]] = []
        token: dict[str, Any] = {}
        while True:
            parameters = {"InstanceId": self._instance_id, "MaxResults": size, **token}
            answer = self._caller.call(operation, parameters)
            rows += answer.get(member, [])
            if not answer.get("NextToken"):
                return rows
            token = {"NextToken": answer["NextToken"]}

    def _describe_attribute(self, name: str) -> frozenset[str] | None:
        try:
            answer = self._caller.call(
                "DescribePredefinedAttribute", {"InstanceId": self._instance_id, "Name": name}
            )
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
