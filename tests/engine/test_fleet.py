"""examples/fleet: stacks side by side on a shared S3 backend, and one summary."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
import yaml
from moto.server import ThreadedMotoServer

from tests.support.harness import Stacks
from tests.support.local_connect import Local
from tests.support.programs import SAML_ID
from tools.checkout import ROOT


@pytest.fixture
def backend() -> Iterator[str]:
    """The URL of a bucket for state, served on this machine."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    client.create_bucket(Bucket="fleet")
    yield f"s3://fleet?endpoint={host}:{port}&disableSSL=true&s3ForcePathStyle=true"
    server.stop()


@pytest.mark.filterwarnings("default")
def test_teams_are_deployed_side_by_side_on_a_shared_backend(
    stacks: Stacks, backend: str, tmp_path: Path
) -> None:
    """One command makes both stacks and tells what it did; the second time it does nothing."""
    folder, store = tmp_path / "fleet", tmp_path / "local.db"
    shutil.copytree(ROOT / "examples" / "fleet", folder)
    project = yaml.safe_load((folder / "Pulumi.yaml").read_text())
    # Without `virtualenv`, every process takes the Python that runs the tests.
    (folder / "Pulumi.yaml").write_text(yaml.safe_dump(project | {"runtime": "python"}))
    variables = stacks().variables() | {
        "PULUMI_BACKEND_URL": backend,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "AWS_RESPONSE_CHECKSUM_VALIDATION": "when_required",
        "CONNECT_USERS_LOCAL_STORE": str(store),
    }

    def deploy(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "deploy.py", *arguments],
            cwd=folder,
            env=variables,
            capture_output=True,
            text=True,
        )

    first = deploy("up")
    assert first.returncode == 0, first.stdout + first.stderr
    summary = first.stdout[first.stdout.index("up of 2 stacks") :]
    assert "support      3 created" in summary
    assert "west         3 created" in summary
    names = {u["Username"] for u in Local(store).users(SAML_ID)}
    assert len(names) == 6

    misspelt = deploy("up", "wst")
    assert misspelt.returncode == 2
    assert "team wst has no file in rosters/. Did you mean west?" in misspelt.stderr

    connect = Local(store)
    connect.mark()
    second = deploy("up")
    assert second.returncode == 0, second.stdout + second.stderr
    assert connect.changes() == []

    (folder / "rosters" / "west.yaml").write_text("users: {mary.major: {first_name: Mary}}")
    failed = deploy("up")
    assert failed.returncode == 1
    assert "first_name: unknown argument" in failed.stdout + failed.stderr

    limited = yaml.safe_load((folder / "Pulumi.yaml").read_text())
    limited["config"]["connect:maxDeletes"] = 1
    (folder / "Pulumi.yaml").write_text(yaml.safe_dump(limited))
    (folder / "rosters" / "west.yaml").write_text("users: {}")
    connect.mark()
    refused = deploy("up", "west")
    assert refused.returncode == 1
    assert "connect:maxDeletes allows 1" in refused.stdout + refused.stderr
    assert connect.changes() == [], "a file that was cut short costs nobody"
