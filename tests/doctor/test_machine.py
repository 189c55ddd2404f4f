"""`connect-users doctor` on machines that are broken, each in one way."""

import stat
from pathlib import Path

import pytest

from pulumi_connect_users.doctor.machine import plugin_file, python
from tests.support.command_line import Runner
from tests.support.doctor import examined, failures


def test_pulumi_missing(cli: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Broken 1: no command line at all."""
    monkeypatch.setenv("PATH", str(tmp_path))
    ran, found = examined(cli)

    assert ran.code == 1
    assert failures(found) == [("pulumi", "`pulumi` is not on PATH")]


@pytest.fixture
def lone_pulumi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `pulumi` without its companions; its version can be set."""
    command = tmp_path / "bin" / "pulumi"
    command.parent.mkdir()
    command.write_text("#!/bin/sh\necho v3.100.0\n")
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(command.parent))
    return command


def test_pulumi_old_and_without_its_language_host(cli: Runner, lone_pulumi: Path) -> None:
    """Broken 2 and 3: a version below the floor, and no Python program can run."""
    _, found = examined(cli)

    assert [check for check, _ in failures(found)] == ["pulumi", "language host"]
    assert "3.100.0 is too old" in failures(found)[0][1]


@pytest.mark.parametrize("variable", ["PULUMI_CONFIG_PASSPHRASE_FILE", "PULUMI_ACCESS_TOKEN"])
def test_secrets_can_be_read_with_any_of_the_variables(
    cli: Runner, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE")
    _, without = examined(cli)
    monkeypatch.setenv(variable, "somewhere")
    _, found = examined(cli)

    assert [f["check"] for f in without if f not in found] == ["secrets"]


def test_language_host_beside_a_linked_pulumi_is_found(
    lone_pulumi: Path, tmp_path: Path, cli: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`pulumi` on PATH may be a link into a folder that is not on it."""
    host = lone_pulumi.with_name("pulumi-language-python")
    host.write_text("")
    host.chmod(0o755)
    links = tmp_path / "links"
    links.mkdir()
    (links / "pulumi").symlink_to(lone_pulumi)
    monkeypatch.setenv("PATH", str(links))
    _, found = examined(cli)

    assert [f["message"] for f in found if f["check"] == "language host"] == [str(host)]


def test_python_too_old() -> None:
    """Broken 4: an interpreter that the package does not support."""
    assert python((3, 9, 1)).status == "failure"


def test_plugin_file_missing_or_wrong(tmp_path: Path) -> None:
    """Broken 5: Pulumi would try to download a plugin."""
    package = tmp_path / "pulumi_connect_users"
    package.mkdir()
    missing = list(plugin_file(package, tmp_path / "site-packages"))
    (package / "pulumi-plugin.json").write_text('{"resource": true}')
    wrong = list(plugin_file(package, tmp_path / "site-packages"))

    assert [f.status for f in missing + wrong] == ["failure", "failure"]
