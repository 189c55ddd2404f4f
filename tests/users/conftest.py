"""One instance of an embedded Connect of a test's own, seen as the provider sees it."""

import pytest

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.aws.settings import read_settings
from pulumi_connect_users.core.run_hooks import RunHooks
from tests.support.local_connect import Local


@pytest.fixture
def warnings() -> list[str]:
    """What the person who runs Pulumi is told."""
    return []


@pytest.fixture
def session(local: Local, warnings: list[str]) -> ConnectSession:
    """One provider process."""
    settings = {"endpoint": "local", "localStore": str(local.path)}
    return ConnectSession(read_settings(settings.get, {}), RunHooks(warn=warnings.append))
