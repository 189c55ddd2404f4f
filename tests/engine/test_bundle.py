"""The native plugin on a machine without Python: installed from its archive, driven from YAML."""

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import provider_pb2 as messages
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderStub

from pulumi_connect_users.native.schema import schema_text
from tests.support.harness import Stack, Stacks, engine
from tests.support.programs import MANAGED_ARN, MANAGED_ID, PASSWORD
from tools.bundle.build import NAME, bundle
from tools.checkout import ROOT
from tools.wheel import build_wheel

pytestmark = pytest.mark.slow
VERSION = "0.1.0"
COMMANDS = ("pulumi", "pulumi-language-yaml")
PROGRAM = f"{NAME}.exe" if os.name == "nt" else NAME


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of this checkout."""
    return bundle(build_wheel(ROOT, tmp_path_factory.mktemp("wheel"))).archive


@pytest.fixture(scope="module")
def folder(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive, unpacked."""
    target = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(archive) as opened:
        opened.extractall(target, filter="data")
    return target


@pytest.fixture
def stack(stacks: Stacks, archive: Path, tmp_path: Path) -> Stack:
    """The YAML example, whose commands find Pulumi and no Python."""
    commands = tmp_path / "commands"
    commands.mkdir()
    for name in COMMANDS:
        (commands / name).symlink_to(engine() / name)
    assert not any(shutil.which(python, path=str(commands)) for python in ("python3", "python"))
    store = tmp_path / "local.db"
    stack: Stack = stacks(
        example="languages/yaml",
        config={
            "instanceArn": MANAGED_ARN,
            "connect-users:endpoint": "local",
            "connect-users:localStore": str(store),
        },
        secrets={"maryPassword": PASSWORD},
        environment={
            "PATH": str(commands),
            "PULUMI_CONNECT_USERS_PYTHON": "",
            "PULUMI_PYTHON_CMD": "",
        },
        store=store,
    )
    subprocess.run(
        [*("pulumi", "plugin", "install", "resource", "connect-users", VERSION), "--file", archive],
        executable=commands / "pulumi",
        env=stack.variables(),
        check=True,
    )
    return stack


def test_program_without_python_previews_creates_refuses_and_deletes(stack: Stack) -> None:
    assert stack.preview().changes == {"create": 2}
    stack.up()
    [mary] = stack.local.users(MANAGED_ID)
    assert stack.outputs() == {"mary": mary["Arn"]}
    stack.up("--expect-no-changes")

    stack.edit("marym@example.com", "marym at home", file="Pulumi.yaml")
    refused = stack.preview(expect="failure")
    assert "identityInfo.email" in refused.one_line
    assert PASSWORD not in refused.text

    stack.destroy()
    assert stack.local.users(MANAGED_ID) == []


def test_bundle_started_in_an_empty_environment_gives_version_and_schema(folder: Path) -> None:
    """Both are read from files beside the code: the metadata and the examples."""
    # Windows opens no socket without it.
    needed = {name: value for name, value in os.environ.items() if name == "SYSTEMROOT"}
    process = subprocess.Popen(
        [folder / PROGRAM], env=needed, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            plugin = ResourceProviderStub(channel)
            assert plugin.GetPluginInfo(Empty()).version == VERSION
            schema = plugin.GetSchema(messages.GetSchemaRequest()).schema
        process.communicate()

    assert schema == schema_text()
    assert process.returncode == 0


def test_bundle_holds_the_licence_of_every_package_and_no_more_than_the_plugin_needs(
    folder: Path,
) -> None:
    licences = folder / "LICENSES"
    packages = {file.name for file in (licences / "packages").iterdir()}

    assert {"boto3", "grpcio", "pulumi", "pulumi-connect-users", "pyinstaller"} <= packages
    assert packages.isdisjoint({"mypy", "pytest", "rich", "setuptools", "types-boto3-connect"})
    assert all(any(file.iterdir()) for file in (licences / "packages").iterdir())
    assert (licences / "python" / "LICENSE.txt").exists()
    assert os.access(folder / PROGRAM, os.X_OK)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    assert size < 80 * 1024**2


def test_archive_entries_are_sorted_and_owned_by_nobody_in_particular(archive: Path) -> None:
    with tarfile.open(archive) as opened:
        entries = opened.getmembers()
    paths = [Path(entry.name) for entry in entries]

    assert paths == sorted(paths)
    assert {(entry.uid, entry.gid, entry.uname, entry.gname) for entry in entries} == {
        (0, 0, "", "")
    }
    assert len({entry.mtime for entry in entries}) == 1
