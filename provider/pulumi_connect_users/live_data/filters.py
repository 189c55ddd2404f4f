"""Names in a question about live data become ids; those that cannot are told all at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from ..core.errors import InvalidFilter
from ..core.identifiers import Resolver, Unresolved
from ..core.lookups import Kind, Lookups
from .query import LiveQuery

_FILTERS: Final = (
    ("queues", "Queues", Kind.QUEUE),
    ("routing_profiles", "RoutingProfiles", Kind.ROUTING_PROFILE),
    ("agents", "Agents", Kind.USER),
    ("hierarchy_group", "UserHierarchyGroups", Kind.HIERARCHY_GROUP),
)


def api_filters(
    query: LiveQuery, instance_arn: str, lookups: Lookups, subject: str
) -> dict[str, Any]:
    """The API's `Filters`. An id or ARN needs no look-up; raises InvalidFilter for the rest."""
    resolver = Resolver(instance_arn, lookups)
    reasons: list[str] = []
    filters: dict[str, Any] = {}
    for name, member, kind in _FILTERS:
        value = getattr(query, name)
        if value is None:
            continue
        entries: Sequence[str] = [value] if isinstance(value, str) else value
        found = []
        for index, entry in enumerate(entries):
            path = name if isinstance(value, str) else f"{name}[{index}]"
            try:
                found.append(resolver.by_either(kind, entry))
            except Unresolved as error:
                reasons.append(f"{path}: {error}")
        filters[member] = list(dict.fromkeys(found))
    if reasons:
        raise InvalidFilter(f"{subject}: {' '.join(reasons)}")
    if query.contact_states is not None:
        filters["ContactFilter"] = {"ContactStates": list(dict.fromkeys(query.contact_states))}
    return filters
