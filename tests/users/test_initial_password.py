"""First passwords in AWS Secrets Manager, where a run ended between user and secret."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from pulumi_connect_users.aws.secrets_manager import ENDPOINT_VARIABLE
from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.create import create
from pulumi_connect_users.users.delete import delete
from pulumi_connect_users.users.state import UserState
from tests.support.bad_case import ABSENT
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, REGION
from tests.support.valid_users import bag_of


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of the Secrets Manager that the session uses."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv(ENDPOINT_VARIABLE, f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    yield boto3.client("secretsmanager", region_name=REGION)
    server.stop()


def _created(session: ConnectSession, on_user_delete: str) -> UserState:
    asked = {"password": ABSENT, "initialPassword": {"onUserDelete": on_user_delete}}
    bag = bag_of("CONNECT_MANAGED", MANAGED_ARN, {"ownership": "organization/p/s#gone", **asked})
    return create(check(None, bag, session).inputs.known(), session.connect(MANAGED_ARN))


def _delete_by_hand(local: Local, state: UserState) -> None:
    local.client.delete_user(InstanceId=MANAGED_ARN.rsplit("/", 1)[1], UserId=state.user_id)


def _is_scheduled(secrets: Any, state: UserState) -> bool:
    return "DeletedDate" in secrets.describe_secret(SecretId=state.get("initialPasswordSecret"))


@pytest.mark.parametrize("on_user_delete", ["schedule", "keep"])
def test_secret_of_a_user_that_is_already_gone_goes_as_was_asked(
    session: ConnectSession, local: Local, secrets: Any, on_user_delete: str
) -> None:
    """Deleted by hand, or by a run that was killed before it came to the secret."""
    state = _created(session, on_user_delete)
    _delete_by_hand(local, state)

    delete(state, session.connect(MANAGED_ARN))

    assert _is_scheduled(secrets, state) == (on_user_delete == "schedule")


def test_secret_that_a_user_made_since_uses_too_stays(
    session: ConnectSession, local: Local, secrets: Any
) -> None:
    """A replacement that creates first: the user who was gone had the secret of the new one."""
    old = _created(session, "schedule")
    _delete_by_hand(local, old)
    new = _created(session, "schedule")
    assert new.get("initialPasswordSecret") == old.get("initialPasswordSecret")

    delete(old, session.connect(MANAGED_ARN))

    assert not _is_scheduled(secrets, new)
