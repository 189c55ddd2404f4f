"""One valid request for every operation that the embedded Connect implements."""

import uuid
from collections.abc import Callable
from typing import Any

from tests.support.sample_instance import SampleInstance

Params = dict[str, Any]
Request = Callable[[SampleInstance], Params]

_NAME = {"FieldName": "Name", "Value": "Spare", "ComparisonType": "EXACT"}
_SKILL = {"AttributeName": "language", "AttributeValue": "Spanish"}


def _searched(**more: Any) -> Request:
    return lambda w: {
        "InstanceId": w.instance,
        "SearchCriteria": {"StringCondition": _NAME},
        **more,
    }


def _queue_config(queue: str) -> Params:
    reference = {"QueueId": queue, "Channel": "VOICE"}
    return {"QueueReference": reference, "Priority": 1, "Delay": 0}


def _named(member: str, attribute: str) -> Request:
    return lambda w: {"InstanceId": w.instance, member: getattr(w, attribute)}


_user = _named("UserId", "user")
_profile = _named("RoutingProfileId", "routing_profile")
_spare_profile = _named("RoutingProfileId", "spare_routing_profile")
_security = _named("SecurityProfileId", "spare_security_profile")
_queue = _named("QueueId", "spare_queue")
_group = _named("HierarchyGroupId", "spare_group")
_status = _named("AgentStatusId", "status")
_quick = _named("QuickConnectId", "quick_connect")


def _instance(w: SampleInstance) -> Params:
    return {"InstanceId": w.instance}


def _attribute(w: SampleInstance) -> Params:
    return {"InstanceId": w.instance, "Name": "language"}


def _quick_config(w: SampleInstance) -> Params:
    target = {"UserId": w.user, "ContactFlowId": "flow"}
    return {"QuickConnectConfig": {"QuickConnectType": "USER", "UserConfig": target}}


VALID: dict[str, Request] = {
    # Instances
    "CreateInstance": lambda w: {
        "IdentityManagementType": "SAML",
        "InstanceAlias": f"new-{uuid.uuid4().hex[:20]}",
        "InboundCallsEnabled": True,
        "OutboundCallsEnabled": False,
        "Tags": {"Env": "dev"},
    },
    "DescribeInstance": _instance,
    "ListInstances": lambda w: {"MaxResults": 10},
    "DeleteInstance": _instance,
    # Users
    "CreateUser": lambda w: w.new_user(
        Tags={"Cost_Center": "42"},
        AfterContactWorkConfigs=[
            {"Channel": "VOICE", "AfterContactWorkConfig": {"AfterContactWorkTimeLimit": 30}}
        ],
    ),
    "DescribeUser": _user,
    "ListUsers": _instance,
    "SearchUsers": lambda w: {
        "InstanceId": w.instance,
        "MaxResults": 10,
        "SearchCriteria": {
            "AndConditions": [
                {"StringCondition": {"FieldName": "Username", "Value": "mary"}},
                {
                    "ListCondition": {
                        "TargetListType": "PROFICIENCIES",
                        "Conditions": [
                            {"NumberCondition": {"FieldName": "level", "MinValue": 1}},
                            {"StringCondition": {"FieldName": "name", "Value": "language"}},
                        ],
                    }
                },
            ]
        },
        "SearchFilter": {"TagFilter": {"TagCondition": {"TagKey": "Team", "TagValue": "1"}}},
    },
    "UpdateUserIdentityInfo": lambda w: {
        **_user(w),
        "IdentityInfo": {"FirstName": "Mary", "LastName": "Smith", "Mobile": "+15555550101"},
    },
    "UpdateUserPhoneConfig": lambda w: {
        **_user(w),
        "PhoneConfig": {"PhoneType": "SOFT_PHONE", "AutoAccept": True},
    },
    "UpdateUserConfig": lambda w: {
        **_user(w),
        "AutoAcceptConfigs": [{"Channel": "CHAT", "AutoAccept": True}],
        "PhoneNumberConfigs": [{"Channel": "VOICE", "PhoneType": "SOFT_PHONE"}],
    },
    "UpdateUserRoutingProfile": lambda w: {**_user(w), "RoutingProfileId": w.spare_routing_profile},
    "UpdateUserSecurityProfiles": lambda w: {
        **_user(w),
        "SecurityProfileIds": [w.spare_security_profile],
    },
    "UpdateUserHierarchy": lambda w: {**_user(w), "HierarchyGroupId": w.spare_group},
    "DeleteUser": _user,
    "PutUserStatus": lambda w: {**_user(w), "AgentStatusId": w.status},
    "GetCurrentUserData": lambda w: {
        "InstanceId": w.instance,
        "Filters": {"Queues": [w.queue], "ContactFilter": {"ContactStates": ["CONNECTED"]}},
    },
    # Proficiencies
    "AssociateUserProficiencies": lambda w: {
        **_user(w),
        "UserProficiencies": [{**_SKILL, "Level": 4}],
    },
    "UpdateUserProficiencies": lambda w: {
        **_user(w),
        "UserProficiencies": [{**_SKILL, "Level": 5}],
    },
    "ListUserProficiencies": _user,
    "DisassociateUserProficiencies": lambda w: {**_user(w), "UserProficiencies": [_SKILL]},
    # Tags
    "TagResource": lambda w: {"resourceArn": w.user_arn, "tags": {"Site": "Sydney"}},
    "UntagResource": lambda w: {"resourceArn": w.user_arn, "tagKeys": ["Team"]},
    "ListTagsForResource": lambda w: {"resourceArn": w.user_arn},
    "SearchResourceTags": lambda w: {"InstanceId": w.instance, "ResourceTypes": ["agent"]},
    # Hierarchy
    "CreateUserHierarchyGroup": lambda w: {**_instance(w), "Name": "LATAM"},
    "DescribeUserHierarchyGroup": _group,
    "ListUserHierarchyGroups": _instance,
    "SearchUserHierarchyGroups": _searched(),
    "UpdateUserHierarchyGroupName": lambda w: {**_group(w), "Name": "Other"},
    "DeleteUserHierarchyGroup": _group,
    "DescribeUserHierarchyStructure": _instance,
    "UpdateUserHierarchyStructure": lambda w: {
        **_instance(w),
        "HierarchyStructure": {
            "LevelOne": {"Name": "Area"},
            "LevelTwo": {"Name": "Site"},
            "LevelThree": {"Name": "Team"},
        },
    },
    # Security profiles
    "CreateSecurityProfile": lambda w: {
        **_instance(w),
        "SecurityProfileName": "Trainee",
        "Permissions": ["BasicAgentAccess"],
    },
    "DescribeSecurityProfile": _security,
    "ListSecurityProfiles": _instance,
    "SearchSecurityProfiles": _searched(),
    "ListSecurityProfilePermissions": _security,
    "ListSecurityProfileApplications": _security,
    "UpdateSecurityProfile": lambda w: {**_security(w), "Permissions": ["OutboundCallAccess"]},
    "DeleteSecurityProfile": _security,
    # Routing profiles
    "CreateRoutingProfile": lambda w: {
        **_instance(w),
        "Name": "Night",
        "Description": "The night shift",
        "DefaultOutboundQueueId": w.queue,
        "MediaConcurrencies": [{"Channel": "CHAT", "Concurrency": 3}],
        "QueueConfigs": [_queue_config(w.queue)],
    },
    "DescribeRoutingProfile": _profile,
    "ListRoutingProfiles": _instance,
    "SearchRoutingProfiles": _searched(),
    "ListRoutingProfileQueues": _profile,
    "ListRoutingProfileManualAssignmentQueues": _profile,
    "AssociateRoutingProfileQueues": lambda w: {
        **_spare_profile(w),
        "QueueConfigs": [_queue_config(w.spare_queue)],
    },
    "UpdateRoutingProfileQueues": lambda w: {
        **_profile(w),
        "QueueConfigs": [_queue_config(w.queue) | {"Priority": 9}],
    },
    "DisassociateRoutingProfileQueues": lambda w: {
        **_profile(w),
        "QueueReferences": [{"QueueId": w.queue, "Channel": "CHAT"}],
    },
    "UpdateRoutingProfileConcurrency": lambda w: {
        **_profile(w),
        "MediaConcurrencies": [{"Channel": "VOICE", "Concurrency": 1}],
    },
    "UpdateRoutingProfileName": lambda w: {**_spare_profile(w), "Name": "Renamed"},
    "UpdateRoutingProfileDefaultOutboundQueue": lambda w: {
        **_spare_profile(w),
        "DefaultOutboundQueueId": w.spare_queue,
    },
    "UpdateRoutingProfileAgentAvailabilityTimer": lambda w: {
        **_profile(w),
        "AgentAvailabilityTimer": "TIME_SINCE_LAST_INBOUND",
    },
    "DeleteRoutingProfile": _spare_profile,
    # Queues
    "CreateQueue": lambda w: {**_instance(w), "Name": "Sales", "HoursOfOperationId": w.hours},
    "DescribeQueue": _queue,
    "ListQueues": lambda w: {**_instance(w), "QueueTypes": ["STANDARD", "AGENT"]},
    "SearchQueues": _searched(),
    "UpdateQueueName": lambda w: {**_queue(w), "Name": "Renamed"},
    "UpdateQueueStatus": lambda w: {**_queue(w), "Status": "DISABLED"},
    "UpdateQueueMaxContacts": lambda w: {**_queue(w), "MaxContacts": 5},
    "UpdateQueueHoursOfOperation": lambda w: {**_queue(w), "HoursOfOperationId": w.hours},
    "UpdateQueueOutboundCallerConfig": lambda w: {
        **_queue(w),
        "OutboundCallerConfig": {"OutboundCallerIdName": "Example Corp"},
    },
    "DeleteQueue": _queue,
    # Agent statuses
    "CreateAgentStatus": lambda w: {**_instance(w), "Name": "Training", "State": "ENABLED"},
    "DescribeAgentStatus": _status,
    "ListAgentStatuses": lambda w: {**_instance(w), "AgentStatusTypes": ["ROUTABLE", "CUSTOM"]},
    "SearchAgentStatuses": _searched(),
    "UpdateAgentStatus": lambda w: {**_status(w), "Description": "Noon", "DisplayOrder": 7},
    # Predefined attributes
    "CreatePredefinedAttribute": lambda w: {
        **_instance(w),
        "Name": "certification",
        "Values": {"StringList": ["Basic", "Expert"]},
    },
    "DescribePredefinedAttribute": _attribute,
    "ListPredefinedAttributes": _instance,
    "SearchPredefinedAttributes": _searched(),
    "UpdatePredefinedAttribute": lambda w: {
        **_attribute(w),
        "Values": {"StringList": ["English", "Spanish", "Welsh"]},
    },
    "DeletePredefinedAttribute": _attribute,
    # Quick connects
    "CreateQuickConnect": lambda w: {**_instance(w), "Name": "Second", **_quick_config(w)},
    "DescribeQuickConnect": _quick,
    "ListQuickConnects": lambda w: {**_instance(w), "QuickConnectTypes": ["USER"]},
    "SearchQuickConnects": _searched(),
    "UpdateQuickConnectConfig": lambda w: {**_quick(w), **_quick_config(w)},
    "UpdateQuickConnectName": lambda w: {**_quick(w), "Name": "Renamed"},
    "DeleteQuickConnect": _quick,
}
"""Operation -> its parameters; in this order each one succeeds in a world of its own."""

NEEDS_PROFICIENCY = {"UpdateUserProficiencies", "DisassociateUserProficiencies"}
"""Operations whose request needs AssociateUserProficiencies first."""


def prepared(sample: SampleInstance, operation: str) -> Params:
    """The valid parameters of an operation, after making what they need."""
    if operation in NEEDS_PROFICIENCY:
        sample.client.associate_user_proficiencies(**VALID["AssociateUserProficiencies"](sample))
    return VALID[operation](sample)
