"""The instance around its users: hierarchy, profiles, queues, statuses, attributes, instances."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.support.connect_client import ConnectClient
from tests.support.sample_instance import SampleInstance


def _code(refused: pytest.ExceptionInfo[ClientError]) -> str:
    return str(refused.value.response["Error"]["Code"])


def _group(sample: SampleInstance, name: str, parent: str = "") -> str:
    above: Any = {"ParentGroupId": parent} if parent else {}
    made = sample.client.create_user_hierarchy_group(InstanceId=sample.instance, Name=name, **above)
    return made["HierarchyGroupId"]


def test_group_is_described_with_its_path_and_level(sample: SampleInstance) -> None:
    group: Any = sample.client.describe_user_hierarchy_group(
        InstanceId=sample.instance, HierarchyGroupId=sample.group
    )["HierarchyGroup"]
    levels: Any = sample.client.describe_user_hierarchy_structure(InstanceId=sample.instance)

    assert [one["Name"] for one in group["HierarchyPath"].values()] == ["APAC", "Sydney"]
    assert group["LevelId"] == levels["HierarchyStructure"]["LevelTwo"]["Id"]
    assert group["Arn"] == f"{sample.arn}/agent-group/{sample.group}"


def test_groups_of_one_name_may_stand_under_different_parents(sample: SampleInstance) -> None:
    other = _group(sample, "LATAM")

    assert _group(sample, "Sydney", other) != sample.group
    with pytest.raises(ClientError) as refused:
        _group(sample, "Sydney", other)
    assert _code(refused) == "DuplicateResourceException"


def test_group_below_the_last_level_is_refused(sample: SampleInstance) -> None:
    team = _group(sample, "Team", sample.group)

    with pytest.raises(ClientError) as refused:
        _group(sample, "Too deep", team)

    assert _code(refused) == "InvalidRequestException"


def test_levels_are_added_renamed_and_removed(sample: SampleInstance) -> None:
    """The structure becomes the given one; a level keeps its id when it is renamed."""
    before: Any = sample.client.describe_user_hierarchy_structure(InstanceId=sample.instance)
    names = ("Continent", "Site", "Team", "Desk", "Seat")
    keys = ("LevelOne", "LevelTwo", "LevelThree", "LevelFour", "LevelFive")
    wanted: Any = {key: {"Name": name} for key, name in zip(keys, names, strict=True)}

    sample.client.update_user_hierarchy_structure(
        InstanceId=sample.instance, HierarchyStructure=wanted
    )
    deeper: Any = sample.client.describe_user_hierarchy_structure(InstanceId=sample.instance)
    del wanted["LevelFive"], wanted["LevelFour"]
    sample.client.update_user_hierarchy_structure(
        InstanceId=sample.instance, HierarchyStructure=wanted
    )
    after: Any = sample.client.describe_user_hierarchy_structure(InstanceId=sample.instance)

    assert [one["Name"] for one in deeper["HierarchyStructure"].values()] == list(names)
    assert list(after["HierarchyStructure"]) == ["LevelOne", "LevelTwo", "LevelThree"]
    assert (
        deeper["HierarchyStructure"]["LevelOne"]["Id"]
        == before["HierarchyStructure"]["LevelOne"]["Id"]
    )


def test_every_agent_has_a_queue(sample: SampleInstance) -> None:
    """ListQueues gives an agent's queue with the user's id, page by page after the others."""
    pages = list(
        sample.client.get_paginator("list_queues").paginate(
            InstanceId=sample.instance, PaginationConfig={"PageSize": 2}
        )
    )

    queues = [queue for page in pages for queue in page["QueueSummaryList"]]
    assert [(one.get("QueueType"), one.get("Name")) for one in queues] == [
        ("STANDARD", "BasicQueue"),
        ("STANDARD", "Spare"),
        ("AGENT", None),
    ]
    assert queues[2].get("Arn") == f"{sample.arn}/queue/agent/{sample.user}"


def test_queues_of_a_routing_profile_are_added_changed_and_taken_away(
    sample: SampleInstance,
) -> None:
    """A queue and channel is there once; priority and delay can change."""
    about: Any = {"InstanceId": sample.instance, "RoutingProfileId": sample.spare_routing_profile}
    reference: Any = {"QueueId": sample.spare_queue, "Channel": "CHAT"}

    def listed() -> list[tuple[Any, ...]]:
        queues = sample.client.list_routing_profile_queues(**about)
        return [
            (one["QueueName"], one["Channel"], one["Priority"])
            for one in queues["RoutingProfileQueueConfigSummaryList"]
        ]

    for priority in (1, 5):
        sample.client.associate_routing_profile_queues(
            **about, QueueConfigs=[{"QueueReference": reference, "Priority": priority, "Delay": 0}]
        )
    added = listed()
    with pytest.raises(ClientError) as refused:
        sample.client.update_routing_profile_queues(
            **about,
            QueueConfigs=[
                {
                    "QueueReference": {"QueueId": sample.queue, "Channel": "CHAT"},
                    "Priority": 1,
                    "Delay": 0,
                }
            ],
        )
    sample.client.disassociate_routing_profile_queues(**about, QueueReferences=[reference])

    assert added == [("Spare", "CHAT", 5)]
    assert _code(refused) == "InvalidParameterException"
    assert listed() == []


def test_permissions_are_listed_page_by_page(sample: SampleInstance) -> None:
    permissions = [f"Feature{number}.View" for number in range(5)]
    sample.client.update_security_profile(
        InstanceId=sample.instance,
        SecurityProfileId=sample.spare_security_profile,
        Permissions=permissions,
    )

    pages = list(
        sample.client.get_paginator("list_security_profile_permissions").paginate(
            InstanceId=sample.instance,
            SecurityProfileId=sample.spare_security_profile,
            PaginationConfig={"PageSize": 2},
        )
    )

    assert [page["Permissions"] for page in pages] == [
        permissions[:2],
        permissions[2:4],
        permissions[4:],
    ]


def test_status_keeps_its_place_until_it_is_reset(sample: SampleInstance) -> None:
    """A new status comes last; ResetOrderNumber takes its place away; types filter the list."""
    about: Any = {"InstanceId": sample.instance, "AgentStatusId": sample.status}
    placed = sample.client.describe_agent_status(**about)["AgentStatus"]
    sample.client.update_agent_status(**about, ResetOrderNumber=True, State="DISABLED")
    reset = sample.client.describe_agent_status(**about)["AgentStatus"]
    custom = sample.client.list_agent_statuses(
        InstanceId=sample.instance, AgentStatusTypes=["CUSTOM"]
    )

    assert (placed.get("DisplayOrder"), placed.get("Type")) == (3, "CUSTOM")
    assert ("DisplayOrder" in reset, reset.get("State")) == (False, "DISABLED")
    assert [one.get("Name") for one in custom["AgentStatusSummaryList"]] == ["Lunch"]
    with pytest.raises(ClientError) as refused:
        sample.client.put_user_status(
            InstanceId=sample.instance, UserId=sample.user, AgentStatusId=sample.status
        )
    assert _code(refused) == "InvalidRequestException"


def test_attribute_names_differ_in_more_than_case(sample: SampleInstance) -> None:
    """Language is taken where language is there; AWS's own attributes are kept as they are."""
    with pytest.raises(ClientError) as taken:
        sample.client.create_predefined_attribute(
            InstanceId=sample.instance, Name="Language", Values={"StringList": ["English"]}
        )
    with pytest.raises(ClientError) as fixed:
        sample.client.update_predefined_attribute(
            InstanceId=sample.instance, Name="connect:Subtype", Values={"StringList": ["x"]}
        )
    sample.client.update_predefined_attribute(
        InstanceId=sample.instance, Name="connect:Language", Values={"StringList": ["Welsh"]}
    )

    assert _code(taken) == "DuplicateResourceException"
    assert _code(fixed) == "InvalidRequestException"


def test_instance_is_created_once_per_client_token(connect: ConnectClient) -> None:
    """The same token answers the same instance; it has AWS's defaults, and can be deleted."""
    request: Any = {
        "ClientToken": "token",
        "IdentityManagementType": "SAML",
        "InstanceAlias": "new-centre",
        "InboundCallsEnabled": True,
        "OutboundCallsEnabled": False,
    }

    first = connect.create_instance(**request)
    second = connect.create_instance(**request)
    made = connect.describe_instance(InstanceId=first["Id"])["Instance"]
    profiles = connect.list_security_profiles(InstanceId=first["Id"])
    connect.delete_instance(InstanceId=first["Id"])

    assert first["Id"] == second["Id"]
    assert (made.get("InstanceAlias"), made.get("OutboundCallsEnabled")) == ("new-centre", False)
    assert len(profiles["SecurityProfileSummaryList"]) == 4
    with pytest.raises(ClientError) as refused:
        connect.describe_instance(InstanceId=first["Id"])
    assert _code(refused) == "ResourceNotFoundException"


@pytest.mark.parametrize(
    "wrong",
    [
        {"InstanceAlias": None},
        {"InstanceAlias": None, "IdentityManagementType": "EXISTING_DIRECTORY"},
        {"InstanceAlias": "d-alias"},
    ],
    ids=["no alias", "no directory", "alias like a directory"],
)
def test_instance_without_what_its_type_needs_is_refused(
    connect: ConnectClient, wrong: dict[str, Any]
) -> None:
    """An alias or a directory is required; an alias does not count as a directory id."""
    request: dict[str, Any] = {
        "IdentityManagementType": "CONNECT_MANAGED",
        "InstanceAlias": "centre",
        "InboundCallsEnabled": True,
        "OutboundCallsEnabled": True,
    } | wrong

    with pytest.raises(ClientError) as refused:
        connect.create_instance(**{key: value for key, value in request.items() if value})

    assert _code(refused) == "InvalidRequestException"


def test_tags_of_every_kind_are_kept_by_arn(sample: SampleInstance) -> None:
    """Instances and resources are tagged like users; absent keys are ignored."""
    for arn in (
        sample.arn,
        f"{sample.arn}/queue/{sample.queue}",
        f"{sample.arn}/security-profile/{sample.security_profile}",
        f"{sample.arn}/agent-state/{sample.status}",
    ):
        sample.client.tag_resource(resourceArn=arn, tags={"a": "1", "b": "2"})
        sample.client.tag_resource(resourceArn=arn, tags={"a": "3"})
        sample.client.untag_resource(resourceArn=arn, tagKeys=["b", "absent"])

        assert sample.client.list_tags_for_resource(resourceArn=arn)["tags"] == {"a": "3"}
