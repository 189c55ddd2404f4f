"""The searches for everything but users. They are few, so they are filtered in Python, not SQL."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from ..call import Call
from ..document import Document, Json, Members
from ..errors import invalid_parameter
from ..records import resources, tags
from ..records.resources import Resource
from . import operation
from .paging import page_by_offset, page_by_place

SearchFields: TypeAlias = Mapping[str, Callable[[Call, Resource], Iterable[str]]]
"""What a search can be asked about: field names in lower case, and a resource's values of each."""


def member_values(name: str) -> Callable[[Call, Resource], Iterable[str]]:
    """A search field: a member of the document, if it is there."""
    return lambda _, one: map(str, one.doc.pick(name).values())


COMMON_FIELDS: SearchFields = {
    "name": lambda _, one: [one.name],
    "description": member_values("Description"),
    "resourceid": lambda _, one: [one.id],
}


def search(
    call: Call, kind: str, member: str, fields: SearchFields, show: Callable[[Resource], Members]
) -> Members:
    """The answer of a search: `member` holds what `show` says of the resources that match."""
    criteria, search_filter = call.params.part("SearchCriteria"), call.params.part("SearchFilter")
    _check_fields(fields, criteria)
    matching = [
        one
        for one in resources.page(call.tx, call.instance.id, kind)
        if _matches(call, fields, one, criteria) and _has_tags(call, one, search_filter)
    ]
    return {
        **page_by_place(call, member, matching, lambda one: one.seq, show),
        "ApproximateTotalCount": len(matching),
    }


@operation("SearchResourceTags")
def search_resource_tags(call: Call) -> Members:
    """The distinct tags in use in an instance, by page, of the given types and condition."""
    types = call.params.texts("ResourceTypes")
    condition = call.params.part("SearchCriteria").part("TagSearchCondition")
    pairs: list[Json] = [
        {"key": pair[0], "value": pair[1]}
        for pair in tags.in_use(call.tx, call.instance.id, types)
        if all(
            _compares(
                text, condition.text(f"tag{part}ComparisonType"), condition.text(f"tag{part}")
            )
            for part, text in zip(("Key", "Value"), pair, strict=True)
            if condition.get(f"tag{part}") is not None
        )
    ]
    return page_by_offset(call, "Tags", pairs)


def _field(condition: Document) -> str:
    return condition.text("FieldName").lower()


def _check_fields(fields: SearchFields, criteria: Document) -> None:
    """InvalidParameterException for an unknown field, whether or not anything is looked through."""
    condition = criteria.part("StringCondition")
    if condition and _field(condition) not in fields:
        raise invalid_parameter("FieldName is not one that this search knows.")
    for name in ("OrConditions", "AndConditions"):
        for inner in criteria.parts(name):
            _check_fields(fields, inner)


def _matches(call: Call, fields: SearchFields, one: Resource, criteria: Document) -> bool:
    checks = []
    if criteria.get("OrConditions"):
        checks.append(any(_matches(call, fields, one, c) for c in criteria.parts("OrConditions")))
    if criteria.get("AndConditions"):
        checks.append(all(_matches(call, fields, one, c) for c in criteria.parts("AndConditions")))
    condition = criteria.part("StringCondition")
    if condition:
        values = fields[_field(condition)](call, one)
        comparison, text = condition.text("ComparisonType"), condition.text("Value")
        checks.append(any(_compares(value, comparison, text) for value in values))
    return all(checks)


def _compares(value: str, comparison: str, text: str) -> bool:
    value, text = value.lower(), text.lower()
    if comparison == "STARTS_WITH":
        return value.startswith(text)
    return text in value if comparison == "CONTAINS" else value == text


def _has_tags(call: Call, one: Resource, search_filter: Document) -> bool:
    carried = tags.get(call.tx, one.id) if search_filter else {}

    def has(condition: Document) -> bool:
        value = carried.get(condition.text("TagKey"))
        return value is not None and condition.get("TagValue") in (None, value)

    by_tags, by_attributes = search_filter.part("TagFilter"), search_filter.part("AttributeFilter")
    alternatives = by_tags.lists("OrConditions")
    alternatives += [each.parts("TagConditions") for each in by_attributes.parts("OrConditions")]
    conditions = by_tags.parts("AndConditions")
    conditions += by_attributes.part("AndCondition").parts("TagConditions")
    conditions += [
        each.part("TagCondition") for each in (by_tags, by_attributes) if each.get("TagCondition")
    ]
    return all(map(has, conditions)) and (
        not alternatives or any(all(map(has, each)) for each in alternatives)
    )
