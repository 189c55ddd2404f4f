"""Names in a question about live data become ids; those that cannot are told all at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from ...errors import InvalidFilter, LookUpUnavailable
from ..arns import parse_arn
from ..lookups import Catalog, Kind, LookUps
from ..naming import alike, shown, some
from .query import LiveQuery

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)
_ARN_KINDS: Final = {
    Kind.QUEUE: "queue",
    Kind.ROUTING_PROFILE: "routing-profile",
    Kind.USER: "agent",
    Kind.HIERARCHY_GROUP: "agent-group",
    Kind.AGENT_STATUS: "agent-state",
}
_FILTERS: Final = (
    ("queues", "Queues", Kind.QUEUE),
    ("routing_profiles", "RoutingProfiles", Kind.ROUTING_PROFILE),
    ("agents", "Agents", Kind.USER),
    ("hierarchy_group", "UserHierarchyGroups", Kind.HIERARCHY_GROUP),
)


def api_filters(
    query: LiveQuery, instance_arn: str, lookups: LookUps, subject: str
) -> dict[str, Any]:
    """The API's `Filters`. An id or ARN needs no look-up; raises InvalidFilter for the rest."""
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
                found.append(identify(entry, kind, instance_arn, lookups))
            except InvalidFilter as error:
                reasons.append(f"{path}: {error}")
        filters[member] = list(dict.fromkeys(found))
    if reasons:
        raise InvalidFilter(f"{subject}: {' '.join(reasons)}")
    if query.contact_states is not None:
        filters["ContactFilter"] = {"ContactStates": list(dict.fromkeys(query.contact_states))}
    return filters


def identify(given: str, kind: Kind, instance_arn: str, lookups: LookUps) -> str:
    """The id that an id, ARN or name stands for; raises InvalidFilter: cause. Remedy.

    Where a name could not be looked up, LookUpUnavailable is its cause: the name may be right.
    """
    given = given.strip()
    if given.startswith("arn:"):
        arn = parse_arn(given)
        if arn is None or arn.kind != _ARN_KINDS[kind]:
            raise InvalidFilter(f"is not the ARN of a {kind.value}. Check the ARN.")
        if arn.instance_arn != instance_arn:
            raise InvalidFilter(f"is a {kind.value} of another instance. Give one of this one.")
        return arn.id
    if _UUID.match(given):
        return given
    try:
        catalog = lookups.catalog(instance_arn, kind)
        if not _ids(catalog, kind, given):
            catalog = lookups.catalog(instance_arn, kind, fresh=True)
    except LookUpUnavailable as error:
        text = str(error).rstrip(".")
        raise InvalidFilter(f"cannot be looked up: {text}. Mend that, or give the id.") from error
    found = _ids(catalog, kind, given)
    if len(found) == 1:
        return found[0]
    if found:
        names = "; ".join(f"{catalog.names[i]} ({i})" for i in found)
        raise InvalidFilter(f"is ambiguous: {names}. Give the whole path or the id.")
    raise InvalidFilter(
        f'"{_said(given, kind)}" is no {kind.value} of the instance. {_hint(given, kind, catalog)}'
    )


def _ids(catalog: Catalog, kind: Kind, name: str) -> list[str]:
    name = name.strip("/") if kind is Kind.HIERARCHY_GROUP else name
    exact = catalog.ids_of(name)
    return exact or (catalog.ids_ending_with(name) if kind is Kind.HIERARCHY_GROUP else [])


def _said(given: str, kind: Kind) -> str:
    return shown(given) if kind is Kind.USER else given


def _hint(given: str, kind: Kind, catalog: Catalog) -> str:
    # Usernames of others are nobody's business here.
    if kind is Kind.USER:
        return "Usernames are case-sensitive; check the instance too."
    names = sorted(catalog.names.values())
    if near := alike(given, names, 3):
        return f"Did you mean {' or '.join(near)}?"
    return f"Known: {some(names, 5) or 'none'}."
