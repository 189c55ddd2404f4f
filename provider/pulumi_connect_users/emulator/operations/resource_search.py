"""The searches for everything but users. They are few, so they are sifted in Python, not in SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .. import ids
from ..call import Call
from ..errors import invalid_parameter
from ..records import resources, tags
from ..records.resources import Resource
from . import (
    agent_statuses,
    hierarchy,
    operation,
    predefined_attributes,
    queues,
    quick_connects,
    routing_profiles,
    security_profiles,
)

_Fields = Mapping[str, Callable[[Call, Resource], list[str]]]


@dataclass(frozen=True, slots=True)
class _Search:
    """What one search looks through, answers with, and can be asked about (field names lower)."""

    kind: str
    member: str
    described: Callable[[Call, Resource], Mapping[str, Any]]
    fields: _Fields


def _own(name: str) -> Callable[[Call, Resource], list[str]]:
    return lambda call, one: [str(one.doc[name])] if one.doc.get(name) is not None else []


_UNTIMED = {"LastModifiedTime": None, "LastModifiedRegion": None}
"""A search for predefined attributes does not tell when they changed."""
_COMMON: _Fields = {
    "name": lambda call, one: [one.name],
    "description": _own("Description"),
    "resourceid": lambda call, one: [one.id],
}
_SEARCHES = {
    "SearchAgentStatuses": _Search(
        ids.AGENT_STATUS,
        "AgentStatuses",
        agent_statuses.described,
        {
            **_COMMON,
            "state": _own("State"),
            "type": _own("Type"),
            "displayorder": _own("DisplayOrder"),
        },
    ),
    "SearchPredefinedAttributes": _Search(
        ids.PREDEFINED_ATTRIBUTE,
        "PredefinedAttributes",
        lambda call, one: predefined_attributes.described(call, one) | _UNTIMED,
        {"name": _COMMON["name"], "purposes": lambda call, one: one.doc["Purposes"]},
    ),
    "SearchQueues": _Search(ids.QUEUE, "Queues", queues.described, _COMMON),
    "SearchQuickConnects": _Search(
        ids.QUICK_CONNECT, "QuickConnects", quick_connects.described, _COMMON
    ),
    "SearchRoutingProfiles": _Search(
        ids.ROUTING_PROFILE,
        "RoutingProfiles",
        routing_profiles.searched,
        {
            **_COMMON,
            "associatedqueueids": lambda call, one: sorted(routing_profiles.queue_ids(one)),
        },
    ),
    "SearchSecurityProfiles": _Search(
        ids.SECURITY_PROFILE, "SecurityProfiles", security_profiles.described, _COMMON
    ),
    "SearchUserHierarchyGroups": _Search(
        ids.HIERARCHY_GROUP,
        "UserHierarchyGroups",
        hierarchy.described,
        {
            "name": _COMMON["name"],
            "resourceid": _COMMON["resourceid"],
            "parentid": lambda call, one: [one.parent_id],
            "levelid": lambda call, one: [hierarchy.described(call, one)["LevelId"]],
        },
    ),
}


def _search(call: Call) -> Mapping[str, Any]:
    search = _SEARCHES[call.operation]
    criteria = call.params.get("SearchCriteria") or {}
    wanted = call.params.get("SearchFilter") or {}
    _check_fields(search.fields, criteria)
    found = [
        one
        for one in resources.page(call.tx, call.instance.id, search.kind)
        if _meets(call, search.fields, one, criteria) and _tagged(call, one, wanted)
    ]
    after, size = call.page()
    rest = [one for one in found if one.seq > after]
    return {
        search.member: [search.described(call, one) for one in rest[:size]],
        "NextToken": call.next_token(rest[size - 1].seq) if len(rest) > size else None,
        "ApproximateTotalCount": len(found),
    }


for _name in _SEARCHES:
    operation(_name)(_search)


@operation("SearchResourceTags")
def search_resource_tags(call: Call) -> Mapping[str, Any]:
    """The distinct tags in use in an instance, by page, of the wanted kinds and likeness."""
    types = set(call.params.get("ResourceTypes") or ())
    condition = (call.params.get("SearchCriteria") or {}).get("TagSearchCondition") or {}
    found = [
        pair
        for pair in tags.in_use(call.tx, call.instance.id, types)
        if all(
            _alike(text, condition.get(f"tag{part}ComparisonType"), condition[f"tag{part}"])
            for part, text in zip(("Key", "Value"), pair, strict=True)
            if condition.get(f"tag{part}") is not None
        )
    ]
    after, size = call.page()
    return {
        "Tags": [{"key": key, "value": value} for key, value in found[after : after + size]],
        "NextToken": call.next_token(after + size) if len(found) > after + size else None,
    }


def _field(condition: Mapping[str, Any]) -> str:
    return str(condition.get("FieldName") or "").lower()


def _check_fields(fields: _Fields, criteria: Mapping[str, Any]) -> None:
    """InvalidParameterException for an unknown field, whether or not anything is looked through."""
    condition = criteria.get("StringCondition")
    if condition and _field(condition) not in fields:
        raise invalid_parameter("FieldName is not one that this search knows.")
    for name in ("OrConditions", "AndConditions"):
        for inner in criteria.get(name) or ():
            _check_fields(fields, inner)


def _meets(call: Call, fields: _Fields, one: Resource, criteria: Mapping[str, Any]) -> bool:
    parts = []
    if criteria.get("OrConditions"):
        parts.append(any(_meets(call, fields, one, sub) for sub in criteria["OrConditions"]))
    if criteria.get("AndConditions"):
        parts.append(all(_meets(call, fields, one, sub) for sub in criteria["AndConditions"]))
    condition = criteria.get("StringCondition")
    if condition:
        values = fields[_field(condition)](call, one)
        asked, comparison = str(condition.get("Value") or ""), condition.get("ComparisonType")
        parts.append(any(_alike(value, comparison, asked) for value in values))
    return all(parts)


def _alike(text: str, comparison: str | None, asked: str) -> bool:
    text, asked = text.lower(), asked.lower()
    if comparison == "STARTS_WITH":
        return text.startswith(asked)
    return asked in text if comparison == "CONTAINS" else text == asked


def _tagged(call: Call, one: Resource, wanted: Mapping[str, Any]) -> bool:
    carried = tags.get(call.tx, one.id) if wanted else {}

    def has(condition: Mapping[str, Any]) -> bool:
        value = carried.get(str(condition.get("TagKey") or ""))
        return value is not None and condition.get("TagValue") in (None, value)

    def every(conditions: Any) -> bool:
        listed = conditions.get("TagConditions") if isinstance(conditions, dict) else conditions
        return all(map(has, listed or ()))

    tag_filter = wanted.get("TagFilter") or wanted.get("AttributeFilter") or {}
    parts = []
    if tag_filter.get("OrConditions"):
        parts.append(any(map(every, tag_filter["OrConditions"])))
    for name in ("AndConditions", "AndCondition"):
        if tag_filter.get(name):
            parts.append(every(tag_filter[name]))
    if tag_filter.get("TagCondition"):
        parts.append(has(tag_filter["TagCondition"]))
    return all(parts)
