"""What may be asked of the searches and of the real-time data."""

from collections.abc import Iterator

from ..call import Call
from ..document import Document
from ..errors import access_denied, invalid_parameter, invalid_request
from . import rule

_SEARCHES = (
    "SearchUsers",
    "SearchAgentStatuses",
    "SearchPredefinedAttributes",
    "SearchQueues",
    "SearchQuickConnects",
    "SearchRoutingProfiles",
    "SearchSecurityProfiles",
    "SearchUserHierarchyGroups",
)
_FILTERS = ("Queues", "RoutingProfiles", "Agents", "UserHierarchyGroups")


@rule("SearchUsers", source="API reference, UserSearchFilter, UserAttributeFilter")
def tag_filter_and_attribute_filter_exclude_each_other(call: Call) -> None:
    """TagFilter and UserAttributeFilter together are answered with AccessDeniedException."""
    search_filter = call.params.part("SearchFilter")
    if search_filter.get("TagFilter") and search_filter.get("UserAttributeFilter"):
        raise access_denied("TagFilter and UserAttributeFilter cannot be used together.")


@rule("SearchUsers", source="API reference, ControlPlaneUserAttributeFilter")
def attribute_filter_has_one_field(call: Call) -> None:
    """Only one field of UserAttributeFilter can be populated."""
    attribute_filter = call.params.part("SearchFilter").part("UserAttributeFilter")
    if sum(bool(value) for value in attribute_filter.values()) > 1:
        raise invalid_request("Only one field of UserAttributeFilter can be populated.")


@rule(*_SEARCHES, source="API reference, UserSearchCriteria (and its siblings), note")
def contains_is_given_two_to_25_characters(call: Call) -> None:
    """A CONTAINS condition has a value of 2 to 25 characters."""
    for condition in _strings(call.params.part("SearchCriteria")):
        if condition.text("ComparisonType") == "CONTAINS" and not (
            2 <= len(condition.text("Value")) <= 25
        ):
            raise invalid_parameter("A CONTAINS condition needs a value of 2 to 25 characters.")


@rule("GetCurrentUserData", source="API reference, GetCurrentUserData, Filters")
def real_time_data_is_filtered_by_one_kind(call: Call) -> None:
    """At most one of queues, routing profiles, agents and hierarchy groups filters.

    One filter at least.
    """
    given = [name for name in _FILTERS if call.params.part("Filters").get(name)]
    if len(given) > 1:
        raise invalid_request(f"Only one of these filters can be used: {', '.join(given)}.")
    if not given and not call.params.part("Filters").get("ContactFilter"):
        raise invalid_request("At least one filter is required.")


def _strings(criteria: Document) -> Iterator[Document]:
    if criteria.get("StringCondition"):
        yield criteria.part("StringCondition")
    for name in ("OrConditions", "AndConditions"):
        for inner in criteria.parts(name):
            yield from _strings(inner)
