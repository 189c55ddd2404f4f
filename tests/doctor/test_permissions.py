"""`connect-users doctor` with roles that may not do everything."""

import json
from pathlib import Path

import pytest

from pulumi_connect_users.emulator.operations import implemented
from pulumi_connect_users.iam.operations import Role, operations
from pulumi_connect_users.iam.usage import read_usage
from tests.support.command_line import Runner
from tests.support.doctor import examined, failures, here
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN

PLAIN = {
    "type": "pulumi-python:dynamic/connect:User",
    "inputs": {
        "instanceArn": MANAGED_ARN,
        "username": "a",
        "identityInfo": {"firstName": "A", "lastName": "B"},
        "routingProfileId": "r",
        "securityProfileIds": ["s"],
        "ownership": "organization/project/dev#abc",
    },
}
"""A user without a hierarchy group or proficiencies."""


def _deny(local: Local, *names: str) -> None:
    local.store.control(faults=[{"operation": n, "kind": "access-denied"} for n in names])


@pytest.mark.parametrize(
    ("role", "notes"),
    [
        ("preview", ["only refreshes need: connect:ListUsers"]),
        ("apply", ["only refreshes need: connect:ListUsers"]),
        ("refresh", []),
    ],
)
def test_role_with_the_policy_of_its_project_is_well(
    role: Role, notes: list[str], cli: Runner, local: Local, tmp_path: Path
) -> None:
    """What `iam --from` printed is no failure: what the project does not use is not missed."""
    state = tmp_path / "stack.json"
    state.write_text(json.dumps({"version": 3, "deployment": {"resources": [PLAIN]}}))
    _deny(local, *(implemented().keys() - operations(role, read_usage(state.read_text()))))

    ran, found = examined(cli, *here(local), "--state", str(state))

    assert ran.code == 0
    assert failures(found) + failures(found, "warning") == []
    told = [f["message"] for f in found if f["check"] == "permissions" and f["status"] == "note"]
    assert told == notes
    (quotas,) = [f["message"] for f in found if f["check"] == "quotas"]
    assert quotas.startswith("3 of 500 users, ")
    assert quotas.endswith(" (AWS's defaults); not counted: hierarchy groups")


def test_permissions_missing(cli: Runner, local: Local) -> None:
    """Broken 13: reads that the role may not make, all of them at once."""
    _deny(local, "ListRoutingProfiles", "DescribeUser")

    _, found = examined(cli, *here(local))

    assert failures(found) == [
        ("permissions", "not allowed: connect:ListRoutingProfiles, connect:DescribeUser")
    ]


def test_read_that_fails_is_not_called_forbidden(cli: Runner, local: Local) -> None:
    """Broken 13b: an outage needs another remedy than a permission."""
    code = {"kind": "error", "code": "InvalidParameterException"}
    local.store.control(faults=[{"operation": "ListUsers", **code}])

    _, found = examined(cli, *here(local))

    (failure,) = failures(found)
    assert failure[1].startswith("connect:ListUsers could not be tested: ")
    assert "not allowed" not in failure[1]
