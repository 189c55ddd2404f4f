"""SearchUsers with all its criteria and filters, and the searches for everything else."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from pulumi_connect_users.emulator import Store
from pulumi_connect_users.emulator.ids import seeded_id
from pulumi_connect_users.emulator.seeding.fresh import MANAGED_INSTANCE
from tests.support.connect_client import ConnectClient

SEED: dict[str, Any] = {
    "instances": [
        {
            "id": MANAGED_INSTANCE,
            "queues": [{"name": "Sales", "tags": {"Team": "Sales"}}],
            "routingProfiles": [{"name": "Sales", "queues": ["Sales"], "concurrency": {"CHAT": 2}}],
            "users": [
                {
                    "username": "mary.major",
                    "firstName": "Mary",
                    "lastName": "Major",
                    "email": "marym@example.com",
                    "mobile": "+15555550100",
                    "hierarchyGroup": "AMER/West/Team 1",
                    "proficiencies": [{"attribute": "language", "value": "Spanish", "level": 4}],
                    "phoneConfig": {"afterContactWorkTimeLimit": 60},
                    "tags": {"Team": "West", "Cost": "1"},
                },
                {
                    "username": "john.doe",
                    "firstName": "John",
                    "lastName": "Doe",
                    "hierarchyGroup": "AMER/West",
                    "routingProfile": "Sales",
                    "securityProfiles": ["Admin", "Agent"],
                    "proficiencies": [{"attribute": "language", "value": "Spanish", "level": 2}],
                    "tags": {"Team": "West", "Cost": "2"},
                },
                {
                    "username": "jane_roe",
                    "firstName": "Jane",
                    "lastName": "Roe",
                    "hierarchyGroup": "EMEA/Dublin",
                    "proficiencies": [{"attribute": "language", "value": "French", "level": 5}],
                    "tags": {"Team": "North"},
                },
            ],
        }
    ]
}
MARY, JOHN, JANE = "mary.major", "john.doe", "jane_roe"


@pytest.fixture
def populated(store: Store, connect: ConnectClient) -> ConnectClient:
    """A client of a store with three users."""
    store.seed(SEED)
    return connect


def _found(client: ConnectClient, **search: Any) -> list[str]:
    answer = client.search_users(InstanceId=MANAGED_INSTANCE, **search)
    names = [user["Username"] for user in answer["Users"]]
    assert answer["ApproximateTotalCount"] == len(names)
    return names


def _string(field: str, value: str, comparison: str = "EXACT") -> dict[str, Any]:
    condition = {"FieldName": field, "Value": value, "ComparisonType": comparison}
    return {"StringCondition": condition}


def _group(path: str, match: str) -> dict[str, Any]:
    group = seeded_id(MANAGED_INSTANCE, "agent-group", path)
    return {"HierarchyGroupCondition": {"Value": group, "HierarchyGroupMatchType": match}}


def _skill(*conditions: dict[str, Any]) -> dict[str, Any]:
    listed = {"TargetListType": "PROFICIENCIES", "Conditions": list(conditions)}
    return {"ListCondition": listed}


def _level(comparison: str, **limits: int) -> dict[str, Any]:
    condition = {"FieldName": "level", "ComparisonType": comparison, **limits}
    return {"NumberCondition": condition}


def _tag(key: str, value: str | None = None) -> dict[str, Any]:
    return {"TagKey": key} if value is None else {"TagKey": key, "TagValue": value}


_ADMIN = seeded_id(MANAGED_INSTANCE, "security-profile", "Admin")
_SALES = seeded_id(MANAGED_INSTANCE, "routing-profile", "Sales")
_SPANISH = _string("value", "Spanish")


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ({}, [MARY, JOHN, JANE]),
        (_string("Username", "john.doe"), [JOHN]),
        (_string("Username", "JOHN.DOE"), [JOHN]),
        (_string("Username", "john"), []),
        (_string("Username", "j", "STARTS_WITH"), [JOHN, JANE]),
        (_string("Username", "_r", "CONTAINS"), [JANE]),
        (_string("Username", "%m", "CONTAINS"), []),
        (_string("FirstName", "Mary"), [MARY]),
        (_string("LastName", "o", "STARTS_WITH"), []),
        (_string("LastName", "oe", "CONTAINS"), [JOHN, JANE]),
        (_string("RoutingProfileId", _SALES), [JOHN]),
        (_string("SecurityProfileId", _ADMIN), [JOHN]),
        (_string("resourceId", seeded_id(MANAGED_INSTANCE, "agent", MARY)), [MARY]),
        (_group("AMER/West", "EXACT"), [JOHN]),
        (_group("AMER/West", "WITH_CHILD_GROUPS"), [MARY, JOHN]),
        (_group("AMER", "WITH_CHILD_GROUPS"), [MARY, JOHN]),
        (_skill(_SPANISH), [MARY, JOHN]),
        (_skill(_string("name", "language"), _level("GREATER", MinValue=4)), [JANE]),
        (_skill(_SPANISH, _level("GREATER_OR_EQUAL", MinValue=4)), [MARY]),
        (_skill(_level("LESSER", MaxValue=4)), [JOHN]),
        (_skill(_level("LESSER_OR_EQUAL", MaxValue=4)), [MARY, JOHN]),
        (_skill(_level("EQUAL", MinValue=5)), [JANE]),
        (_skill(_level("NOT_EQUAL", MinValue=5)), [MARY, JOHN]),
        (_skill(_level("RANGE", MinValue=2, MaxValue=4)), [MARY, JOHN]),
        (
            {"OrConditions": [_string("FirstName", "Jane"), _string("FirstName", "Mary")]},
            [MARY, JANE],
        ),
        ({"AndConditions": [_skill(_SPANISH), _string("Username", "m", "STARTS_WITH")]}, [MARY]),
        (
            {
                "AndConditions": [
                    {"OrConditions": [_string("LastName", "Doe"), _string("LastName", "Roe")]},
                    _skill(_SPANISH),
                ]
            },
            [JOHN],
        ),
    ],
)
def test_criteria_find_the_users_that_meet_them(
    populated: ConnectClient, criteria: dict[str, Any], expected: list[str]
) -> None:
    """Every field, comparison and combination finds exactly the users it describes."""
    assert _found(populated, SearchCriteria=criteria) == expected


@pytest.mark.parametrize(
    ("search_filter", "expected"),
    [
        ({"TagFilter": {"TagCondition": _tag("Team", "West")}}, [MARY, JOHN]),
        ({"TagFilter": {"TagCondition": _tag("Cost")}}, [MARY, JOHN]),
        ({"TagFilter": {"AndConditions": [_tag("Team", "West"), _tag("Cost", "2")]}}, [JOHN]),
        (
            {
                "TagFilter": {
                    "OrConditions": [[_tag("Team", "North")], [_tag("Team"), _tag("Cost", "1")]]
                }
            },
            [MARY, JANE],
        ),
        ({"UserAttributeFilter": {"TagCondition": _tag("Team", "North")}}, [JANE]),
        ({"UserAttributeFilter": _group("EMEA", "WITH_CHILD_GROUPS")}, [JANE]),
        (
            {
                "UserAttributeFilter": {
                    "AndCondition": {
                        "TagConditions": [_tag("Team", "West")],
                        **_group("AMER/West/Team 1", "EXACT"),
                    }
                }
            },
            [MARY],
        ),
        (
            {
                "UserAttributeFilter": {
                    "OrConditions": [
                        {"TagConditions": [_tag("Cost", "2")]},
                        _group("EMEA/Dublin", "EXACT"),
                    ]
                }
            },
            [JOHN, JANE],
        ),
    ],
)
def test_filters_let_the_right_users_through(
    populated: ConnectClient, search_filter: dict[str, Any], expected: list[str]
) -> None:
    assert _found(populated, SearchFilter=search_filter) == expected


def test_search_differs_from_describe_as_documented(populated: ConnectClient) -> None:
    """A search gives no e-mail address, number or time of change, and limits in milliseconds."""
    users = populated.search_users(
        InstanceId=MANAGED_INSTANCE,
        SearchCriteria=_string("Username", MARY),  # type: ignore[arg-type]
    )["Users"]

    user: Any = users[0]
    assert user["IdentityInfo"] == {"FirstName": "Mary", "LastName": "Major"}
    assert user["PhoneConfig"]["AfterContactWorkTimeLimit"] == 60_000
    assert user["AfterContactWorkConfigs"][1] == {
        "Channel": "CHAT",
        "AfterContactWorkConfig": {"AfterContactWorkTimeLimit": 60_000},
    }
    assert user["Tags"] == {"Team": "West", "Cost": "1"}
    assert not {"LastModifiedTime", "LastModifiedRegion"} & set(user)


def test_search_is_answered_page_by_page(populated: ConnectClient) -> None:
    """A token goes on where the page ended; the total stays that of all pages."""
    pages = list(
        populated.get_paginator("search_users").paginate(
            InstanceId=MANAGED_INSTANCE, PaginationConfig={"PageSize": 2}
        )
    )

    assert [[user["Username"] for user in page["Users"]] for page in pages] == [
        [MARY, JOHN],
        [JANE],
    ]
    assert {page["ApproximateTotalCount"] for page in pages} == {3}


def test_any_of_thousands_of_conditions_is_met(populated: ConnectClient) -> None:
    """A search for many names at once finds those that are there."""
    names = [*(f"agent-{number}" for number in range(3_000)), JANE, MARY]

    found = _found(
        populated, SearchCriteria={"OrConditions": [_string("Username", name) for name in names]}
    )

    assert found == [MARY, JANE]


@pytest.mark.parametrize(
    "group", ["", "arn:aws:connect:us-east-1:000000000000:instance/other/agent-group/west"]
)
def test_unknown_group_has_no_users_below_it(populated: ConnectClient, group: str) -> None:
    condition = {"Value": group, "HierarchyGroupMatchType": "WITH_CHILD_GROUPS"}

    assert _found(populated, SearchCriteria={"HierarchyGroupCondition": condition}) == []


@pytest.mark.parametrize(
    "criteria",
    [
        _string("Email", "x"),
        _skill(_string("level", "x")),
        _skill({"NumberCondition": {"FieldName": "name", "MinValue": 1}}),
        _skill(_level("RANGE", MinValue=1)),
    ],
    ids=["user field", "proficiency field", "number field", "range without end"],
)
def test_unknown_field_is_refused(populated: ConnectClient, criteria: dict[str, Any]) -> None:
    """A condition about something that cannot be searched is InvalidParameterException."""
    with pytest.raises(ClientError) as refused:
        _found(populated, SearchCriteria=criteria)

    assert refused.value.response["Error"]["Code"] == "InvalidParameterException"


@pytest.mark.parametrize(
    ("operation", "member", "name", "criteria", "expected"),
    [
        ("search_queues", "Queues", "Name", _string("name", "sal", "STARTS_WITH"), ["Sales"]),
        ("search_routing_profiles", "RoutingProfiles", "Name", _string("name", "SALES"), ["Sales"]),
        (
            "search_routing_profiles",
            "RoutingProfiles",
            "Name",
            _string("associatedQueueIds", seeded_id(MANAGED_INSTANCE, "queue", "BasicQueue")),
            ["Basic Routing Profile"],
        ),
        (
            "search_security_profiles",
            "SecurityProfiles",
            "SecurityProfileName",
            _string("name", "al", "CONTAINS"),
            ["CallCenterManager", "QualityAnalyst"],
        ),
        (
            "search_user_hierarchy_groups",
            "UserHierarchyGroups",
            "Name",
            _string("parentId", seeded_id(MANAGED_INSTANCE, "agent-group", "AMER/West")),
            ["Team 1", "Team 2"],
        ),
        ("search_agent_statuses", "AgentStatuses", "Name", _string("type", "OFFLINE"), ["Offline"]),
        (
            "search_predefined_attributes",
            "PredefinedAttributes",
            "Name",
            {"OrConditions": [_string("name", "language"), _string("name", "connect:Subtype")]},
            ["connect:Subtype", "language"],
        ),
    ],
)
def test_other_searches_find_by_their_fields(
    populated: ConnectClient,
    operation: str,
    member: str,
    name: str,
    criteria: dict[str, Any],
    expected: list[str],
) -> None:
    answer = getattr(populated, operation)(InstanceId=MANAGED_INSTANCE, SearchCriteria=criteria)

    assert [one[name] for one in answer[member]] == expected
    assert answer["ApproximateTotalCount"] == len(expected)


def test_unknown_field_is_refused_where_there_is_nothing_to_find(populated: ConnectClient) -> None:
    """An instance without quick connects reports a wrong field like one that has some."""
    wrong = {"OrConditions": [_string("name", "x"), _string("colour", "x")]}

    with pytest.raises(ClientError, match="FieldName"):
        populated.search_quick_connects(InstanceId=MANAGED_INSTANCE, SearchCriteria=wrong)  # type: ignore[arg-type]


def test_other_searches_filter_by_tag(populated: ConnectClient) -> None:
    found = populated.search_queues(
        InstanceId=MANAGED_INSTANCE,
        SearchFilter={"TagFilter": {"TagCondition": {"TagKey": "Team", "TagValue": "Sales"}}},
    )

    assert [queue.get("Name") for queue in found["Queues"]] == ["Sales"]


def test_tags_in_use_are_found_by_kind_and_likeness(populated: ConnectClient) -> None:
    """SearchResourceTags gives each tag once, of the wanted kinds of resource."""
    agents = populated.search_resource_tags(
        InstanceId=MANAGED_INSTANCE,
        ResourceTypes=["agent"],
        SearchCriteria={
            "TagSearchCondition": {"tagKey": "team", "tagKeyComparisonType": "STARTS_WITH"}
        },
    )
    queues = populated.search_resource_tags(
        InstanceId=MANAGED_INSTANCE, ResourceTypes=["standard-queue"]
    )

    assert [tag["value"] for tag in agents["Tags"]] == ["North", "West"]
    assert queues["Tags"] == [{"key": "Team", "value": "Sales"}]
