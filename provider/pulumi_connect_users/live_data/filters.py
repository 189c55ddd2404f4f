"""Resolves the names in a query for live data to ids; collects all that cannot be resolved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal, cast

from ..core.errors import InvalidFilter
from ..core.identifiers import Resolver, Unresolved
from ..core.lookups import Kind, Lookups
from .model import ContactState
from .query import LiveQuery

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import UserDataFiltersTypeDef

Member = Literal["Queues", "RoutingProfiles", "Agents", "UserHierarchyGroups"]

_FILTERS: Final[dict[str, tuple[Member, Kind]]] = {
    "queues": ("Queues", Kind.QUEUE),
    "routing_profiles": ("RoutingProfiles", Kind.ROUTING_PROFILE),
    "agents": ("Agents", Kind.USER),
    "hierarchy_group": ("UserHierarchyGroups", Kind.HIERARCHY_GROUP),
}


def api_filters(
    query: LiveQuery, instance_arn: str, lookups: Lookups, subject: str
) -> UserDataFiltersTypeDef:
    """The API's `Filters`. An id or ARN needs no look-up; raises InvalidFilter for the rest."""
    resolver = Resolver(instance_arn, lookups)
    reasons: list[str] = []
    filters: UserDataFiltersTypeDef = {}
    for name, (member, kind) in _FILTERS.items():
        value: Sequence[str] | str | None = getattr(query, name)
        if value is None:
            continue
        ids: list[str] = []
        for index, entry in enumerate([value] if isinstance(value, str) else value):
            path = name if isinstance(value, str) else f"{name}[{index}]"
            try:
                ids.append(resolver.by_either(kind, entry))
            except Unresolved as error:
                reasons.append(f"{path}: {error}")
        filters[member] = list(dict.fromkeys(ids))
    if reasons:
        raise InvalidFilter(f"{subject}: {' '.join(reasons)}")
    if query.contact_states is not None:
        # A query is validated before its names are resolved.
        states = cast("Sequence[ContactState]", query.contact_states)
        filters["ContactFilter"] = {"ContactStates": list(dict.fromkeys(states))}
    return filters
