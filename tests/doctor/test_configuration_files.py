"""Files of projects and stacks that commands read settings from."""

from pathlib import Path

import pytest

from tests.support.command_line import Runner


@pytest.fixture
def project(cli: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder for a project, where commands run."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_stack_without_a_file_names_the_file_that_is_missing(cli: Runner, project: Path) -> None:
    (project / "Pulumi.yml").write_text("name: project\nruntime: python\n")

    ran = cli("status", words=["--stack", "organization/project/prod"])

    assert ran.code == 2
    assert "Pulumi.prod.yml is not in this folder or above" in ran.err


def test_configuration_that_is_no_text_is_told(cli: Runner, project: Path) -> None:
    (project / "Pulumi.yaml").write_text("name: project\nruntime: python\n")
    (project / "Pulumi.dev.yaml").write_bytes(b"config: \xff")

    ran = cli("status", words=["--stack", "dev"])

    assert ran.code == 1
    assert "reading Pulumi.dev.yaml: UnicodeDecodeError. Correct it" in ran.err


def test_store_of_the_emulators_commands_is_the_providers(
    cli: Runner, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the project's file, whatever that is called, also from a folder below it."""
    (project / "Pulumi.yml").write_text("name: project\nruntime: python\n")
    (project / "src").mkdir()
    monkeypatch.chdir(project / "src")
    cli("status", words=["--endpoint", "local", "--instance", "local-managed"])

    ran = cli("emulator", "log")

    assert ran.code == 0
    assert "ListInstances" in ran.out
