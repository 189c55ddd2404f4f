"""`connect-users doctor` beside the real Pulumi: its version, its settings, its state."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.support.command_line import Runner
from tests.support.doctor import examined, failures
from tests.support.harness import engine

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
def cli(cli: Runner, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """Runs `connect-users` with the real pulumi on PATH and a passphrase set."""
    monkeypatch.setenv("PATH", str(engine()), prepend=":")
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "a passphrase for tests")
    return cli


@pytest.fixture
def backend(cli: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder for a project, with a state backend of its own beside it."""
    (tmp_path / "states").mkdir()
    monkeypatch.setenv("PULUMI_BACKEND_URL", (tmp_path / "states").as_uri())
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "home"))
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_pulumi_and_its_language_host_are_found(cli: Runner) -> None:
    """The version is read from what the real command prints."""
    _, found = examined(cli)

    checks = {f["check"]: f["status"] for f in found}
    assert (checks["pulumi"], checks["language host"]) == ("ok", "ok")


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


def test_state_that_pulumi_does_not_give_says_why(
    cli: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PULUMI_BACKEND_URL", tmp_path.as_uri())
    (tmp_path / "Pulumi.yaml").write_text("name: project\nruntime: python\n")
    (tmp_path / "Pulumi.prod.yaml").write_text("config: {}\n")

    _, found = examined(cli, "--stack", "prod")

    (said,) = [message for check, message in failures(found) if check == "state"]
    assert said.startswith("cannot be read: `pulumi stack export` failed: ")
    assert "prod" in said
