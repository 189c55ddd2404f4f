"""One provider process over the in-memory twin of Connect."""

import pytest

from tests.support.twin_process import TwinProcess


@pytest.fixture
def process() -> TwinProcess:
    """A process, all that it says, and what it asks of Connect."""
    return TwinProcess()
