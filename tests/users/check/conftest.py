"""A session over an embedded Connect that has one instance of each identity mode."""

from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.aws.settings import read_settings
from pulumi_connect_users.core.run_hooks import RunHooks
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, SAML_ARN
from tests.support.valid_users import DIRECTORY_ID, bag_of


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with instances of the three modes."""
    path = tmp_path_factory.mktemp("store") / "local.db"
    client = Local(path).client
    answer = client.create_instance(
        IdentityManagementType="EXISTING_DIRECTORY",
        DirectoryId=DIRECTORY_ID,
        InstanceAlias="local-directory",
        InboundCallsEnabled=True,
        OutboundCallsEnabled=True,
    )
    assert answer["Id"]
    return path


@pytest.fixture(scope="module")
def session(store: Path) -> ConnectSession:
    """What one provider process knows, over the store."""
    config = {"endpoint": "local", "localStore": str(store)}
    warnings: list[str] = []
    return ConnectSession(read_settings(config.get, {}), RunHooks(warn=warnings.append))


@pytest.fixture(scope="module")
def instances(store: Path) -> dict[str, str]:
    """The instances' ARNs by identity management type."""
    summaries = Local(store).client.list_instances()["InstanceSummaryList"]
    arns = {str(s["IdentityManagementType"]): str(s["Arn"]) for s in summaries}
    assert arns["CONNECT_MANAGED"] == MANAGED_ARN
    assert arns["SAML"] == SAML_ARN
    return arns


@pytest.fixture
def bag(instances: dict[str, str]) -> Any:
    """Makes a valid bag of inputs for a mode, with changes by wire path."""

    def make(mode: str = "CONNECT_MANAGED", **changes: Any) -> dict[str, Any]:
        return bag_of(mode, instances[mode], changes)

    return make
