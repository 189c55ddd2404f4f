"""The embedded Connect of a stack, seen beside Pulumi: a client, and the request log."""

from functools import cached_property
from pathlib import Path
from typing import Any

import boto3

from pulumi_connect_users.emulator import mount, open_store, seeded_id
from tests.support.connect_client import ConnectClient
from tests.support.programs import MANAGED_ID, REGION


class Local:
    """A store, and what has happened to it since `mark` was last called."""

    def __init__(self, path: Path, region: str = REGION) -> None:
        self.path = path
        self.store = open_store(path)
        self._region = region
        self._since = 0

    @cached_property
    def client(self) -> ConnectClient:
        """A boto3 client: somebody else's, behind Pulumi's back."""
        client = boto3.client(
            "connect",
            region_name=self._region,
            aws_access_key_id="local",
            aws_secret_access_key="local",
        )
        mount(client, self.path)
        return client

    def mark(self) -> None:
        """Forgets the requests so far."""
        self._since = self.store.last_request()

    def calls(self) -> list[str]:
        """Every operation since the mark."""
        return [r.operation for r in self.store.requests(since=self._since)]

    def changes(self) -> list[str]:
        """The operations since the mark that change something."""
        return [r.operation for r in self.store.requests(since=self._since) if r.mutating]

    def ids(self, instance_id: str) -> dict[str, str]:
        """The id of every user of an instance, by username."""
        pages = self.client.get_paginator("list_users").paginate(InstanceId=instance_id)
        return {row["Username"]: row["Id"] for page in pages for row in page["UserSummaryList"]}

    def users(self, instance_id: str) -> list[dict[str, Any]]:
        """DescribeUser's answer for every user of an instance, by username."""
        describe = self.client.describe_user
        ids = self.ids(instance_id).values()
        described = [describe(InstanceId=instance_id, UserId=one)["User"] for one in ids]
        return sorted((dict(user) for user in described), key=lambda user: str(user["Username"]))

    def add_user(self, username: str = "mary.major", **more: Any) -> str:
        """A user that someone creates in the console; returns the id."""
        user: dict[str, Any] = {
            "InstanceId": MANAGED_ID,
            "Username": username,
            "Password": "Corr3ctHorse",
            "IdentityInfo": {"FirstName": "Mary", "LastName": "Roe", "Email": "mary@example.org"},
            "RoutingProfileId": seeded_id(MANAGED_ID, "routing-profile", "Basic Routing Profile"),
            "SecurityProfileIds": [seeded_id(MANAGED_ID, "security-profile", "Agent")],
        }
        return self.client.create_user(**user | more)["UserId"]

    def add_routing_profile(self, name: str, instance_id: str = MANAGED_ID) -> str:
        """A routing profile that someone creates; returns the id."""
        made = self.client.create_routing_profile(
            InstanceId=instance_id,
            Name=name,
            Description=name,
            DefaultOutboundQueueId=seeded_id(instance_id, "queue", "BasicQueue"),
            MediaConcurrencies=[{"Channel": "VOICE", "Concurrency": 1}],
        )
        return made["RoutingProfileId"]

    def add_security_profile(
        self, name: str, *permissions: str, instance_id: str = MANAGED_ID, **more: Any
    ) -> str:
        """A security profile that someone creates; returns the id."""
        made = self.client.create_security_profile(
            InstanceId=instance_id, SecurityProfileName=name, Permissions=list(permissions), **more
        )
        return made["SecurityProfileId"]

    def add_suspension_profiles(self, instance_id: str = MANAGED_ID) -> tuple[str, str]:
        """Profiles "Suspended", without permissions and without queues; returns their ids."""
        security = self.add_security_profile("Suspended", instance_id=instance_id)
        return security, self.add_routing_profile("Suspended", instance_id)
