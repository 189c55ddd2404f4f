"""The command line, and a store full of users."""

from pathlib import Path

import pytest

from tests.support.seeded_instances import populate


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with 60 users, 20 in an instance of each mode."""
    path = tmp_path / "local.db"
    populate(path, 60)
    return path
