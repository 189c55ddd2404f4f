"""Lists of profiles, hierarchy groups and attributes of an instance, kept for the process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from ..core.errors import AccessDenied, ApiError, LookUpUnavailable, NotFound, ServiceFailure
from ..core.lookups import REFERENCES, Catalog, Kind
from ..core.properties import Properties, texts
from ..live_data.model import LEVELS
from .pagination import HIERARCHY_GROUPS, Call, Listing, rows

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import (
        DescribePredefinedAttributeResponseTypeDef,
        HierarchyGroupTypeDef,
    )

_FRESH_SECONDS = 2.0
"""A list younger than this is not repeated: 300 users with one misspelt name list once."""

_LISTS: Final[dict[Kind, Listing[dict[str, str]]]] = {
    Kind.ROUTING_PROFILE: Listing("ListRoutingProfiles", "RoutingProfileSummaryList"),
    Kind.SECURITY_PROFILE: Listing("ListSecurityProfiles", "SecurityProfileSummaryList"),
    Kind.AGENT_STATUS: Listing("ListAgentStatuses", "AgentStatusSummaryList"),
    Kind.QUEUE: Listing("ListQueues", "QueueSummaryList"),
    Kind.USER: Listing("ListUsers", "UserSummaryList"),
}
"""Summaries, of which an id and a name are used."""
_FAILED_SECONDS = 30.0
"""A list that failed is not retried for so long."""

T = TypeVar("T")


class NameCatalogs:
    """Names by id in one instance; one List for each kind and process."""

    def __init__(self, call: Call, clock: Callable[[], float] = time.monotonic) -> None:
        """`call` fills the instance in."""
        self._call = call
        self._clock = clock
        self._lock = threading.Lock()
        self._catalogs: dict[Kind, tuple[Catalog, float]] = {}
        self._values: dict[str, frozenset[str] | None] = {}
        self._failures: dict[Kind | str, tuple[ApiError, float]] = {}

    def catalog(self, kind: Kind, *, fresh: bool = False) -> Catalog:
        """All things of one kind, listed once; `fresh` lists again unless that was a moment ago."""
        with self._lock:
            listed = self._catalogs.get(kind)
            if listed is None or (fresh and self._clock() - listed[1] > _FRESH_SECONDS):
                listed = (self._tried(kind, lambda: self._list(kind)), self._clock())
                self._catalogs[kind] = listed
            return listed[0]

    def attribute_values(self, name: str) -> frozenset[str] | None:
        """The values of a predefined attribute; None if it does not exist."""
        with self._lock:
            if name not in self._values:
                self._values[name] = self._tried(name, lambda: self._describe_attribute(name))
            return self._values[name]

    def names_of(self, ids: Properties) -> dict[str, str | list[str]]:
        """The facts for the ids in a state, as far as they can be looked up."""
        facts: dict[str, str | list[str]] = {}
        for kind, reference in REFERENCES.items():
            if reference.id not in ids:
                continue
            given = ids[reference.id]
            names = self._names(kind, texts(given) if reference.many else texts([given]))
            if names:
                facts[reference.fact] = names if reference.many else names[0]
        return facts

    def _names(self, kind: Kind, ids: Sequence[str]) -> list[str]:
        """The name of each id, none if one of them has none; a miss lists again."""
        try:
            for fresh in (False, True):
                names = self.catalog(kind, fresh=fresh).names
                if all(one in names for one in ids):
                    return [names[one] for one in ids]
        except (AccessDenied, LookUpUnavailable, ServiceFailure):
            pass
        return []

    def _tried(self, key: Kind | str, look_up: Callable[[], T]) -> T:
        """The answer; a failure is remembered a while, so that 300 users wait for one time-out."""
        failed = self._failures.get(key)
        if failed is not None and self._clock() - failed[1] < _FAILED_SECONDS:
            raise failed[0]
        try:
            return look_up()
        except ApiError as error:
            self._failures[key] = (error, self._clock())
            raise

    def _list(self, kind: Kind) -> Catalog:
        if kind in _LISTS:
            name = "Username" if kind is Kind.USER else "Name"
            summaries = rows(self._call, _LISTS[kind], MaxResults=1000)
            # An agent's own queue has no name.
            return Catalog({row["Id"]: row[name] for row in summaries if name in row})
        groups = rows(self._call, HIERARCHY_GROUPS, MaxResults=100)
        # LevelId 0 is the invisible foundation of the hierarchy (API reference).
        return Catalog({g["Id"]: _path(g) for g in groups if str(g.get("LevelId")) != "0"})

    def _describe_attribute(self, name: str) -> frozenset[str] | None:
        try:
            answer: DescribePredefinedAttributeResponseTypeDef = self._call(
                "DescribePredefinedAttribute", Name=name
            )
        except NotFound:
            return None
        return frozenset(answer["PredefinedAttribute"].get("Values", {}).get("StringList", ()))


def _path(group: HierarchyGroupTypeDef) -> str:
    """`AMER/West/Team 1`: the names from the top level down to the group itself."""
    path = group.get("HierarchyPath") or {}
    names = [path[level]["Name"] for level in LEVELS if path.get(level, {}).get("Name")]
    return "/".join(names or [group.get("Name", "")])
