"""An instance with one of everything, and one valid request for every operation."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from pulumi_connect_users.emulator.seeding.fresh import MANAGED_INSTANCE, SAML_INSTANCE
from tests.support.connect_client import ConnectClient

PASSWORD = "Pass@Word1"


@dataclass(frozen=True)
class SampleInstance:
    """Ids in one instance that exist; what is `spare` nobody uses, so that it can be deleted."""

    client: ConnectClient
    instance: str
    arn: str
    routing_profile: str
    spare_routing_profile: str
    security_profile: str
    spare_security_profile: str
    queue: str
    spare_queue: str
    hours: str
    group: str
    spare_group: str
    status: str
    quick_connect: str
    user: str
    user_arn: str

    @classmethod
    def in_fresh_store(cls, client: ConnectClient) -> SampleInstance:
        """The sample in a fresh store's CONNECT_MANAGED instance."""
        return cls.around(client, MANAGED_INSTANCE)

    @classmethod
    def in_mode(cls, client: ConnectClient, mode: str) -> SampleInstance:
        """The sample in an instance of an identity management type; a fresh store has two."""
        if mode == "CONNECT_MANAGED":
            return cls.around(client, MANAGED_INSTANCE)
        return (
            cls.around(client, SAML_INSTANCE)
            if mode == "SAML"
            else cls.in_new_instance(client, mode)
        )

    @classmethod
    def in_new_instance(
        cls, client: ConnectClient, mode: str = "CONNECT_MANAGED"
    ) -> SampleInstance:
        """The sample in an instance made for it."""
        made: dict[str, Any] = {"IdentityManagementType": mode}
        if mode == "EXISTING_DIRECTORY":
            made["DirectoryId"] = "d-0123456789"
        instance = client.create_instance(
            InstanceAlias=f"test-{uuid.uuid4().hex[:20]}",
            InboundCallsEnabled=True,
            OutboundCallsEnabled=True,
            **made,
        )["Id"]
        client.update_user_hierarchy_structure(
            InstanceId=instance,
            HierarchyStructure={"LevelOne": {"Name": "Region"}, "LevelTwo": {"Name": "Site"}},
        )
        client.create_predefined_attribute(
            InstanceId=instance, Name="language", Values={"StringList": ["English", "Spanish"]}
        )
        return cls.around(client, instance)

    @classmethod
    def around(cls, client: ConnectClient, instance: str) -> SampleInstance:
        """The sample in an instance that has defaults, a hierarchy and the attribute language."""
        found = client.describe_instance(InstanceId=instance)["Instance"]
        arn, mode = found["Arn"], found["IdentityManagementType"]
        profiles = client.list_security_profiles(InstanceId=instance)
        agent = next(
            one["Id"] for one in profiles["SecurityProfileSummaryList"] if one["Name"] == "Agent"
        )
        routing = client.list_routing_profiles(InstanceId=instance)
        basic = routing["RoutingProfileSummaryList"][0]["Id"]
        queues = client.list_queues(InstanceId=instance, QueueTypes=["STANDARD"])
        queue = queues["QueueSummaryList"][0]["Id"]
        hours = client.describe_queue(InstanceId=instance, QueueId=queue)["Queue"][
            "HoursOfOperationId"
        ]
        top = client.create_user_hierarchy_group(InstanceId=instance, Name="APAC")
        group = client.create_user_hierarchy_group(
            InstanceId=instance, Name="Sydney", ParentGroupId=top["HierarchyGroupId"]
        )
        user = client.create_user(**_mary(mode, instance, basic, agent, group["HierarchyGroupId"]))
        return cls(
            client=client,
            instance=instance,
            arn=arn,
            routing_profile=basic,
            spare_routing_profile=client.create_routing_profile(
                InstanceId=instance,
                Name="Spare",
                Description="Nobody has it",
                DefaultOutboundQueueId=queue,
                MediaConcurrencies=[{"Channel": "VOICE", "Concurrency": 1}],
            )["RoutingProfileId"],
            security_profile=agent,
            spare_security_profile=client.create_security_profile(
                InstanceId=instance, SecurityProfileName="Spare"
            )["SecurityProfileId"],
            queue=queue,
            spare_queue=client.create_queue(
                InstanceId=instance, Name="Spare", HoursOfOperationId=hours
            )["QueueId"],
            hours=hours,
            group=group["HierarchyGroupId"],
            spare_group=client.create_user_hierarchy_group(InstanceId=instance, Name="Spare")[
                "HierarchyGroupId"
            ],
            status=client.create_agent_status(InstanceId=instance, Name="Lunch", State="ENABLED")[
                "AgentStatusId"
            ],
            quick_connect=client.create_quick_connect(
                InstanceId=instance,
                Name="Mary",
                QuickConnectConfig={
                    "QuickConnectType": "USER",
                    "UserConfig": {"UserId": user["UserId"], "ContactFlowId": "flow"},
                },
            )["QuickConnectId"],
            user=user["UserId"],
            user_arn=user["UserArn"],
        )

    def new_user(self, **changes: Any) -> dict[str, Any]:
        """A valid CreateUser request for another user; None takes a parameter out."""
        request = {
            "InstanceId": self.instance,
            "Username": "john.doe",
            "Password": PASSWORD,
            "IdentityInfo": {"FirstName": "John", "LastName": "Doe"},
            "RoutingProfileId": self.routing_profile,
            "SecurityProfileIds": [self.security_profile],
        } | changes
        return {name: value for name, value in request.items() if value is not None}

    def described(self, user_id: str | None = None) -> dict[str, Any]:
        """DescribeUser's User."""
        answer = self.client.describe_user(InstanceId=self.instance, UserId=user_id or self.user)
        return dict(answer["User"])


def _mary(mode: str, instance: str, routing: str, security: str, group: str) -> dict[str, Any]:
    """The CreateUser request of Mary Major, as far as an identity management type permits it."""
    request: dict[str, Any] = {
        "InstanceId": instance,
        "Username": "mary.major",
        "IdentityInfo": {
            "FirstName": "Mary",
            "LastName": "Major",
            "SecondaryEmail": "mary.second@example.com",
            "Mobile": "+15555550100",
        },
        "PhoneConfig": {
            "PhoneType": "DESK_PHONE",
            "DeskPhoneNumber": "+15555551212",
            "AfterContactWorkTimeLimit": 60,
        },
        "RoutingProfileId": routing,
        "SecurityProfileIds": [security],
        "HierarchyGroupId": group,
        "Tags": {"Team": "1"},
    }
    if mode == "CONNECT_MANAGED":
        request["Password"] = PASSWORD
        request["IdentityInfo"]["Email"] = "marym@example.com"
    return request
