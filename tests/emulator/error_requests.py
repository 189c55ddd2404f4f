"""How each error that the model gives an operation is brought about."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pulumi_connect_users.emulator.service_model import default_model
from tests.support.sample_instance import SampleInstance
from tests.support.sample_requests import VALID, Params


@dataclass(frozen=True)
class ErrorRequest:
    """A request that is answered with an error: `text` says why, `make` prepares and gives it."""

    text: str
    make: Callable[[SampleInstance], Params]
    body: bytes | None = None
    """Sent instead of the request's own body."""
    fault: bool = False
    """The request is valid: the error has to be injected."""
    control: tuple[tuple[str, Any], ...] = ()
    """Controls to set before."""


def error_request(operation: str, code: str) -> ErrorRequest:
    """The way to get `code` from `operation`: by a request where there is one, else by a fault."""
    special = SPECIAL.get((operation, code))
    if special is not None:
        return special
    model = default_model().operation(operation)
    members = model.input.members if model.input else {}
    valid = VALID[operation]
    if "InstanceId" in members and code == "ResourceNotFoundException":
        return ErrorRequest(
            "an instance that does not exist",
            lambda w: valid(w) | {"InstanceId": str(uuid.uuid4())},
        )
    too_long = ErrorRequest(
        "an instance id of 101 characters", lambda w: valid(w) | {"InstanceId": "x" * 101}
    )
    if "InstanceId" in members and code == "InvalidParameterException":
        return too_long
    if code == "InvalidRequestException":
        if "InstanceId" in members and "InvalidParameterException" not in model.errors:
            return too_long
        if any(not member.serialization.get("location") for member in members.values()):
            return ErrorRequest("a body that is not a JSON object", valid, body=b"[]")
    return ErrorRequest("an injected fault", valid, fault=True)


def _twice(operation: str) -> ErrorRequest:
    """The same request a second time."""

    def make(sample: SampleInstance) -> Params:
        params = VALID[operation](sample)
        _call(sample, operation, params)
        return params

    return ErrorRequest("a name that is taken", make)


def _full(operation: str, quota: str) -> ErrorRequest:
    return ErrorRequest("a quota that is full", VALID[operation], control=(("quotas", {quota: 0}),))


def _call(sample: SampleInstance, operation: str, params: Params) -> None:
    from botocore import xform_name

    getattr(sample.client, xform_name(operation))(**params)


def _renamed(operation: str, reference: str, first: str, name: str) -> ErrorRequest:
    return ErrorRequest(
        "a name that is taken",
        lambda w: {"InstanceId": w.instance, reference: getattr(w, first), "Name": name},
    )


def _many_statuses(sample: SampleInstance) -> Params:
    for number in range(47):
        sample.client.create_agent_status(
            InstanceId=sample.instance, Name=f"Status {number}", State="ENABLED"
        )
    return VALID["CreateAgentStatus"](sample)


def _skilled(sample: SampleInstance) -> Params:
    sample.client.associate_user_proficiencies(**VALID["AssociateUserProficiencies"](sample))
    return VALID["DeletePredefinedAttribute"](sample)


SPECIAL: dict[tuple[str, str], ErrorRequest] = {
    ("CreateUser", "DuplicateResourceException"): _twice("CreateUser"),
    ("CreateUserHierarchyGroup", "DuplicateResourceException"): _twice("CreateUserHierarchyGroup"),
    ("CreateSecurityProfile", "DuplicateResourceException"): _twice("CreateSecurityProfile"),
    ("CreateRoutingProfile", "DuplicateResourceException"): _twice("CreateRoutingProfile"),
    ("CreateQueue", "DuplicateResourceException"): _twice("CreateQueue"),
    ("CreateAgentStatus", "DuplicateResourceException"): _twice("CreateAgentStatus"),
    ("CreatePredefinedAttribute", "DuplicateResourceException"): _twice(
        "CreatePredefinedAttribute"
    ),
    ("CreateQuickConnect", "DuplicateResourceException"): _twice("CreateQuickConnect"),
    ("UpdateAgentStatus", "DuplicateResourceException"): _renamed(
        "UpdateAgentStatus", "AgentStatusId", "status", "Offline"
    ),
    ("UpdateQueueName", "DuplicateResourceException"): _renamed(
        "UpdateQueueName", "QueueId", "spare_queue", "BasicQueue"
    ),
    ("UpdateRoutingProfileName", "DuplicateResourceException"): _renamed(
        "UpdateRoutingProfileName",
        "RoutingProfileId",
        "spare_routing_profile",
        "Basic Routing Profile",
    ),
    ("UpdateUserHierarchyGroupName", "DuplicateResourceException"): _renamed(
        "UpdateUserHierarchyGroupName", "HierarchyGroupId", "spare_group", "APAC"
    ),
    ("CreateUser", "LimitExceededException"): _full("CreateUser", "users"),
    ("CreateUserHierarchyGroup", "LimitExceededException"): _full(
        "CreateUserHierarchyGroup", "hierarchyGroups"
    ),
    ("CreateSecurityProfile", "LimitExceededException"): _full(
        "CreateSecurityProfile", "securityProfiles"
    ),
    ("CreateRoutingProfile", "LimitExceededException"): _full(
        "CreateRoutingProfile", "routingProfiles"
    ),
    ("CreateQueue", "LimitExceededException"): _full("CreateQueue", "queues"),
    ("CreatePredefinedAttribute", "LimitExceededException"): _full(
        "CreatePredefinedAttribute", "predefinedAttributes"
    ),
    ("CreateQuickConnect", "LimitExceededException"): _full("CreateQuickConnect", "quickConnects"),
    ("CreateAgentStatus", "LimitExceededException"): ErrorRequest(
        "a 51st agent status", _many_statuses
    ),
    ("CreateInstance", "ServiceQuotaExceededException"): _full("CreateInstance", "instances"),
    ("CreateInstance", "InvalidRequestException"): ErrorRequest(
        "an alias that is taken",
        lambda w: VALID["CreateInstance"](w) | {"InstanceAlias": "local-saml"},
    ),
    ("DeleteUserHierarchyGroup", "ResourceInUseException"): ErrorRequest(
        "a group with users", lambda w: {"InstanceId": w.instance, "HierarchyGroupId": w.group}
    ),
    ("UpdateUserHierarchyStructure", "ResourceInUseException"): ErrorRequest(
        "a level with groups",
        lambda w: {
            "InstanceId": w.instance,
            "HierarchyStructure": {"LevelOne": {"Name": "Region"}},
        },
    ),
    ("DeleteSecurityProfile", "ResourceInUseException"): ErrorRequest(
        "a security profile that users have",
        lambda w: {"InstanceId": w.instance, "SecurityProfileId": w.security_profile},
    ),
    ("DeleteRoutingProfile", "ResourceInUseException"): ErrorRequest(
        "a routing profile that users have",
        lambda w: {"InstanceId": w.instance, "RoutingProfileId": w.routing_profile},
    ),
    ("DeleteQueue", "ResourceInUseException"): ErrorRequest(
        "a queue that a routing profile serves",
        lambda w: {"InstanceId": w.instance, "QueueId": w.queue},
    ),
    ("DeletePredefinedAttribute", "ResourceInUseException"): ErrorRequest(
        "an attribute that is a user's proficiency", _skilled
    ),
    ("DeletePredefinedAttribute", "InvalidRequestException"): ErrorRequest(
        "a system attribute", lambda w: {"InstanceId": w.instance, "Name": "connect:Language"}
    ),
    ("ListInstances", "InvalidRequestException"): ErrorRequest(
        "more than ten results", lambda w: {"MaxResults": 11}
    ),
    ("TagResource", "ResourceNotFoundException"): ErrorRequest(
        "the ARN of a user that does not exist",
        lambda w: {"resourceArn": f"{w.arn}/agent/x", "tags": {"a": "b"}},
    ),
    ("UntagResource", "ResourceNotFoundException"): ErrorRequest(
        "the ARN of a user that does not exist",
        lambda w: {"resourceArn": f"{w.arn}/agent/x", "tagKeys": ["a"]},
    ),
    ("ListTagsForResource", "ResourceNotFoundException"): ErrorRequest(
        "the ARN of a user that does not exist", lambda w: {"resourceArn": f"{w.arn}/agent/x"}
    ),
    ("TagResource", "InvalidParameterException"): ErrorRequest(
        "a key that begins with aws:", lambda w: {"resourceArn": w.user_arn, "tags": {"aws:a": "b"}}
    ),
    ("UntagResource", "InvalidParameterException"): ErrorRequest(
        "a key that begins with aws:", lambda w: {"resourceArn": w.user_arn, "tagKeys": ["aws:a"]}
    ),
    ("ListTagsForResource", "InvalidParameterException"): ErrorRequest(
        "text that is not an ARN", lambda w: {"resourceArn": "user"}
    ),
}
