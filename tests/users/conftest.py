"""One instance of an embedded Connect of a test's own, seen as the provider sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.aws.settings import read_settings
from tests.support.local_connect import Local
from tests.support.provider_process import Process


@pytest.fixture
def local(tmp_path: Path) -> Local:
    """The embedded Connect, behind the provider's back."""
    return Local(tmp_path / "local.db")


@pytest.fixture
def warnings() -> list[str]:
    """What the person who runs Pulumi is told."""
    return []


@pytest.fixture
def session(local: Local, warnings: list[str]) -> ConnectSession:
    """One provider process."""
    settings = {"endpoint": "local", "localStore": str(local.path)}
    return ConnectSession(read_settings(settings.get, {}), warn=warnings.append)


@pytest.fixture
def process(local: Local) -> Process:
    """One provider process, all that it says, and what it is asked for."""
    return Process(local)
