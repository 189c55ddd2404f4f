"""The settings that commands read are those that the real Pulumi gives to the provider."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.support.command_line import Runner
from tests.support.doctor import examined

_PROJECT = """name: project
runtime: python
{more}config:
  connect:endpoint: local
  connect:burst: 7
  connect:strict:
    value: false
  connect:profiles:
    value: {{"111122223333": sales}}
  other:burst: 9
"""
_IN_JSON = {"name": "project", "runtime": "python"}


@pytest.fixture
def backend(cli: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder for a project, with a state backend of its own beside it."""
    (tmp_path / "states").mkdir()
    monkeypatch.setenv("PULUMI_BACKEND_URL", (tmp_path / "states").as_uri())
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Pulumi.yaml", _PROJECT.format(more="")),
        ("Pulumi.yml", _PROJECT.format(more="")),
        ("Pulumi.json", json.dumps(_IN_JSON)),
        ("Pulumi.yaml", _PROJECT.format(more="stackConfigDir: stacks\n")),
    ],
)
def test_settings_are_those_that_pulumi_finds(
    cli: Runner, backend: Path, name: str, content: str
) -> None:
    """Of the project and of the stack, whatever the files are called and wherever they are."""
    (backend / name).write_text(content)
    for command in (["stack", "init", "dev"], ["config", "set", "connect:burst", "3"]):
        subprocess.run(["pulumi", *command], check=True, capture_output=True)
    shown = subprocess.run(["pulumi", "config", "--json"], check=True, capture_output=True)
    expected = {
        f"{key} = {one['value']}"
        for key, one in json.loads(shown.stdout).items()
        if key.startswith("connect:")
    }

    _, found = examined(cli, "--stack", "dev")

    told = [f["message"].rpartition(" (")[0] for f in found if f["check"] == "settings"]
    assert {text.replace('": "', '":"') for text in told} == expected
    assert "connect:burst = 3" in expected


def test_stack_without_a_file_names_the_file_that_is_missing(cli: Runner, backend: Path) -> None:
    """It is called as the project's is."""
    (backend / "Pulumi.yml").write_text("name: project\nruntime: python\n")

    ran = cli("status", words=["--stack", "organization/project/prod"])

    assert ran.code == 2
    assert "Pulumi.prod.yml is neither here nor" in ran.err


def test_configuration_that_is_no_text_is_told(cli: Runner, backend: Path) -> None:
    """One line that names the file."""
    (backend / "Pulumi.yaml").write_text("name: project\nruntime: python\n")
    (backend / "Pulumi.dev.yaml").write_bytes(b"config: \xff")

    ran = cli("status", words=["--stack", "dev"])

    assert ran.code == 1
    assert "reading Pulumi.dev.yaml: UnicodeDecodeError. Correct the file" in ran.err


def test_store_of_the_emulators_commands_is_the_providers(
    cli: Runner, backend: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the project's file, whatever that is called, also from a folder below it."""
    (backend / "Pulumi.yml").write_text("name: project\nruntime: python\n")
    (backend / "src").mkdir()
    monkeypatch.chdir(backend / "src")
    cli("status", words=["--endpoint", "local", "--instance", "local-managed"])

    ran = cli("emulator", "log")

    assert ran.code == 0
    assert "ListInstances" in ran.out
