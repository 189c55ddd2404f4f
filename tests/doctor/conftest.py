"""`connect-users doctor`, run where nothing of this machine's own set-up is seen."""

from pathlib import Path

import pytest

from tests.support.command_line import Runner
from tests.support.doctor import INSTANCE
from tests.support.local_connect import Local


@pytest.fixture
def cli(cli: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Runner:
    """Runs `connect-users` with a passphrase set, and beside a `pulumi` that knows its version.

    The real one is looked at in tests/engine/test_doctor.py.
    """
    pulumi = tmp_path / "pulumi-bin" / "pulumi"
    pulumi.parent.mkdir()
    pulumi.write_text('#!/bin/sh\n[ "$1" = version ] && echo v3.259.0\n')
    for command in (pulumi, pulumi.with_name("pulumi-language-python")):
        command.touch()
        command.chmod(0o755)
    monkeypatch.setenv("PATH", str(pulumi.parent), prepend=":")
    monkeypatch.setenv("PULUMI_CONFIG_PASSPHRASE", "a passphrase for tests")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return cli


@pytest.fixture
def local(tmp_path: Path) -> Local:
    """A store with three users."""
    found = Local(tmp_path / "local.db")
    users = [{"username": name, "firstName": "A", "lastName": "B"} for name in "abc"]
    found.store.seed({"instances": [{"id": INSTANCE, "users": users}]})
    return found
