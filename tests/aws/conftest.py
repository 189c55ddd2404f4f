"""An endpoint that answers what a test says, and credentials that nobody has made."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.stand_in_endpoint import Endpoint, serving


@pytest.fixture
def aws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """AWS's settings are those of the test alone: an empty configuration, and no variables."""
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN", "PROFILE", "REGION"):
        monkeypatch.delenv(f"AWS_{name}", raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return monkeypatch


@pytest.fixture
def endpoint(aws: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    """A web server in place of Amazon Connect, and credentials that it does not look at."""
    aws.setenv("AWS_ACCESS_KEY_ID", "testing")
    aws.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with serving() as found:
        yield found
