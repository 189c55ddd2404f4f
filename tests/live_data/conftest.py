"""A centre at work, and a session over it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.aws.settings import Settings
from pulumi_connect_users.emulator import Store
from tests.support.centre import at_work


@pytest.fixture
def centre(tmp_path: Path) -> Store:
    """The five people of `tests.support.centre`, four of them at work."""
    return at_work(tmp_path / "local.db")


@pytest.fixture
def session_of() -> Callable[[Store], ConnectSession]:
    """Makes a session over a store: what one process knows."""

    def make(store: Store) -> ConnectSession:
        settings = Settings(endpoint="local", store=store.path, requests_per_second=None)
        return ConnectSession(settings)

    return make
