"""A session over an embedded Connect of its own."""

from pathlib import Path

import pytest

from pulumi_connect_users.aws.session import ConnectSession
from tests.support.provider_process import session_over


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The embedded Connect's file."""
    return tmp_path / "local.db"


@pytest.fixture
def session(store: Path) -> ConnectSession:
    """What one provider process knows."""
    return session_over(store)
