"""Reads an instance as a seed, without users and addresses, by any boto3 `connect` client."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any


def capture(client: Any, instance_id: str, progress: Callable[[str], None]) -> dict[str, Any]:
    """The seed of an instance, by id or ARN; `progress` gets the name of each part.

    Identifiers are kept, so that programs written for the instance work on the copy. AWS's errors
    pass through as botocore raises them.
    """
    progress("the instance")
    instance = client.describe_instance(InstanceId=instance_id)["Instance"]
    entry: dict[str, Any] = {
        "id": instance["Id"],
        "region": instance["Arn"].split(":")[3],
        "identityManagementType": instance["IdentityManagementType"],
        "defaults": False,
    }
    if instance.get("InstanceAlias"):
        entry["alias"] = instance["InstanceAlias"]
    progress("the hierarchy")
    levels = client.describe_user_hierarchy_structure(InstanceId=instance_id)
    entry["hierarchyLevels"] = [
        level["Name"] for level in levels.get("HierarchyStructure", {}).values() if level
    ]
    entry["hierarchyGroups"] = sorted(_groups(client, instance_id), key=lambda one: one["path"])
    progress("the queues")
    queues = list(
        _all(client, "list_queues", "QueueSummaryList", instance_id, QueueTypes=["STANDARD"])
    )
    names = {queue["Id"]: queue["Name"] for queue in queues}
    entry["queues"] = [{"name": queue["Name"], "id": queue["Id"]} for queue in queues]
    progress("the security profiles")
    entry["securityProfiles"] = list(_security_profiles(client, instance_id))
    progress("the routing profiles")
    entry["routingProfiles"] = list(_routing_profiles(client, instance_id, names))
    progress("the agent statuses")
    entry["agentStatuses"] = [
        {"name": status["Name"], "id": status["Id"], "type": status["Type"]}
        for status in _all(client, "list_agent_statuses", "AgentStatusSummaryList", instance_id)
    ]
    progress("the predefined attributes")
    entry["predefinedAttributes"] = dict(_attributes(client, instance_id))
    return {"instances": [entry]}


def _all(
    client: Any, operation: str, member: str, instance_id: str, **more: Any
) -> Iterator[Mapping[str, Any]]:
    for page in client.get_paginator(operation).paginate(InstanceId=instance_id, **more):
        yield from page[member]


def _groups(client: Any, instance_id: str) -> Iterator[dict[str, Any]]:
    listed = _all(
        client, "list_user_hierarchy_groups", "UserHierarchyGroupSummaryList", instance_id
    )
    for summary in listed:
        group = client.describe_user_hierarchy_group(
            InstanceId=instance_id, HierarchyGroupId=summary["Id"]
        )["HierarchyGroup"]
        path = "/".join(level["Name"] for level in group["HierarchyPath"].values() if level)
        yield {"path": path, "id": summary["Id"]}


def _security_profiles(client: Any, instance_id: str) -> Iterator[dict[str, Any]]:
    for summary in _all(
        client, "list_security_profiles", "SecurityProfileSummaryList", instance_id
    ):
        pages = client.get_paginator("list_security_profile_permissions").paginate(
            InstanceId=instance_id, SecurityProfileId=summary["Id"]
        )
        permissions = [one for page in pages for one in page["Permissions"]]
        yield {"name": summary["Name"], "id": summary["Id"], "permissions": permissions}


def _routing_profiles(
    client: Any, instance_id: str, queue_names: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    for summary in _all(client, "list_routing_profiles", "RoutingProfileSummaryList", instance_id):
        profile = client.describe_routing_profile(
            InstanceId=instance_id, RoutingProfileId=summary["Id"]
        )["RoutingProfile"]
        pages = client.get_paginator("list_routing_profile_queues").paginate(
            InstanceId=instance_id, RoutingProfileId=summary["Id"]
        )
        served = [one for page in pages for one in page["RoutingProfileQueueConfigSummaryList"]]
        entry = {
            "name": summary["Name"],
            "id": summary["Id"],
            "queues": sorted({one["QueueName"] for one in served}),
            "concurrency": {
                one["Channel"]: one["Concurrency"]
                for one in profile["MediaConcurrencies"]
                if one.get("Concurrency")
            },
        }
        outbound = queue_names.get(profile["DefaultOutboundQueueId"])
        if outbound:
            entry["defaultOutboundQueue"] = outbound
        if profile.get("Description"):
            entry["description"] = profile["Description"]
        yield entry


def _attributes(client: Any, instance_id: str) -> Iterator[tuple[str, list[str]]]:
    listed = _all(
        client, "list_predefined_attributes", "PredefinedAttributeSummaryList", instance_id
    )
    for summary in listed:
        attribute = client.describe_predefined_attribute(
            InstanceId=instance_id, Name=summary["Name"]
        )["PredefinedAttribute"]
        yield summary["Name"], (attribute.get("Values") or {}).get("StringList", [])
