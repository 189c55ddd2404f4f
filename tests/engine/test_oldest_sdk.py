"""The oldest SDK that is allowed: all other tests run on the one that requirements.lock names."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.harness import Stacks
from tests.support.programs import MANAGED_ID, PASSWORD, program
from tools.checkout import ROOT

OLDEST = Path(__file__).with_name("oldest-sdk.txt")
PROGRAM = program(
    "import importlib.metadata",
    'mary = connect.User("mary", opts=pulumi.ResourceOptions(ignore_changes=["tags"]), **MARY)',
    'connect.UserStatus("status", user=mary, agent_status="Available")',
    'connect.UserRoster("west", instance=SAML, '
    'users={LI.pop("username"): {k: v for k, v in LI.items() if k != "instance"}})',
    'pulumi.export("mary", mary.user_id)',
    'pulumi.export("sdk", importlib.metadata.version("pulumi"))',
)


@pytest.fixture(scope="module")
def oldest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the oldest SDK alone; what it needs is shared with the tests' own."""
    folder = tmp_path_factory.mktemp("oldest-sdk")
    install = ("-m", "uv", "pip", "install", "--quiet", "--no-deps", "--require-hashes")
    subprocess.run([sys.executable, *install, "--target", folder, "-r", OLDEST], check=True)
    return folder


def test_oldest_sdk_is_the_one_that_the_package_asks_for() -> None:
    """The bound in pyproject.toml is one that was tried."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (bound,) = [d for d in project["dependencies"] if d.startswith("pulumi>=")]

    oldest = bound.removeprefix("pulumi>=").split(",")[0]

    assert f"pulumi=={oldest}.0 " in OLDEST.read_text()


def test_users_live_and_die_on_the_oldest_sdk(stacks: Stacks, oldest: Path) -> None:
    """Created, unchanged, changed, drifted, refused, failed, deleted."""
    stack = stacks(program=PROGRAM, environment={"PYTHONPATH": str(oldest)})
    stack.up()
    local = stack.local
    assert stack.outputs()["sdk"] == "3.259.0"
    assert sorted(local.changes()) == ["CreateUser", "CreateUser", "PutUserStatus"]
    stack.preview("--expect-no-changes")
    stack.refresh("--expect-no-changes")

    stack.edit('last_name="Major"', 'last_name="Stiles"')
    local.mark()
    stack.up()
    assert local.changes() == ["UpdateUserIdentityInfo"]

    (mary,) = local.users(MANAGED_ID)
    local.client.delete_user(InstanceId=MANAGED_ID, UserId=str(mary["Id"]))
    stack.edit('last_name="Stiles"', 'last_name="Major"')
    failed = stack.up(expect=1)
    said = failed.one_line
    assert f"updating user mary.major, {mary['Id']}: it no longer exists" in said

    stack.edit('security_profiles=["Agent"]', 'security_profiles=["Agnet"]')
    refused = stack.preview(expect=None)
    assert "Did you mean Agent" in refused.one_line
    assert PASSWORD not in failed.text + refused.text

    stack.edit('security_profiles=["Agnet"]', 'security_profiles=["Agent"]')
    stack.refresh()
    stack.up()
    stack.destroy()
    assert local.users(MANAGED_ID) == []
