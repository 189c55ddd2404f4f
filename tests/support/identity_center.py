"""An IAM Identity Center of a test's own, by moto."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import boto3
from moto.identitystore.models import identitystore_backends
from moto.identitystore.responses import IdentityStoreResponse
from moto.server import ThreadedMotoServer

REGION = "us-west-2"
STORE = "d-1234567890"


class IdentityCenter:
    """One identity store, with what a test does in its console."""

    def __init__(self, url: str) -> None:
        self.environment = {
            "AWS_ENDPOINT_URL_IDENTITYSTORE": url,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": REGION,
        }
        session = boto3.Session("testing", "testing", region_name=REGION)
        self._client: Any = session.client("identitystore", endpoint_url=url)
        self._groups: dict[str, str] = {}
        self._users: dict[str, str] = {}
        self._memberships: dict[tuple[str, str], str] = {}

    def add_group(self, name: str) -> None:
        """Creates a group."""
        made = self._client.create_group(IdentityStoreId=STORE, DisplayName=name)
        self._groups[name] = made["GroupId"]

    def add(self, user_name: str, *groups: str) -> None:
        """Creates a user, in some groups."""
        first, _, last = user_name.partition("@")[0].partition(".")
        made = self._client.create_user(
            IdentityStoreId=STORE,
            UserName=user_name,
            DisplayName=user_name,
            Name={"GivenName": first.title(), "FamilyName": last.title()},
            Emails=[{"Value": f"{first}@example.com", "Type": "work", "Primary": True}],
            PhoneNumbers=[{"Value": "+15555551212", "Type": "mobile"}],
        )
        self._users[user_name] = made["UserId"]
        for group in groups:
            self.join(user_name, group)

    def join(self, user_name: str, group: str) -> None:
        """Adds a user to a group."""
        made = self._client.create_group_membership(
            IdentityStoreId=STORE,
            GroupId=self._groups[group],
            MemberId={"UserId": self._users[user_name]},
        )
        self._memberships[user_name, group] = made["MembershipId"]

    def leave(self, user_name: str, group: str) -> None:
        """Removes a user from a group."""
        self._client.delete_group_membership(
            IdentityStoreId=STORE, MembershipId=self._memberships.pop((user_name, group))
        )

    def remove(self, user_name: str) -> None:
        """Deletes a user, as Identity Center does: out of its groups too."""
        for name, group in [pair for pair in self._memberships if pair[0] == user_name]:
            self.leave(name, group)
        self._client.delete_user(IdentityStoreId=STORE, UserId=self._users.pop(user_name))


_call_action = IdentityStoreResponse.call_action


def _as_json(self: IdentityStoreResponse) -> Any:
    status, headers, body = _call_action(self)
    return status, {**headers, "Content-Type": "application/x-amz-json-1.1"}, body


@contextmanager
def identity_center() -> Iterator[IdentityCenter]:
    """Serves one, empty at first."""
    identitystore_backends.reset()  # moto's memory is the process's
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    # Moto calls its JSON a web page, which our client takes for a proxy's.
    typed = patch.object(IdentityStoreResponse, "call_action", _as_json)
    try:
        with typed:
            yield IdentityCenter(f"http://{host}:{port}")
    finally:
        server.stop()
