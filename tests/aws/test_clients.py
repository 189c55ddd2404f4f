"""Clients: several Regions in one process, and settings that no client can be made of."""

from pathlib import Path

import pytest

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.aws.settings import Settings
from pulumi_connect_users.core.errors import SettingsError
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN
from tests.support.stand_in_endpoint import ARN


@pytest.mark.parametrize(
    ("settings", "instance", "expected"),
    [
        (
            Settings(),
            ARN.replace("us-west-2", "mars-1"),
            "using Region mars-1: it does not exist",
        ),
        (
            Settings(region="us west 2"),
            "some-id",
            "using Region us west 2: it does not exist",
        ),
        (Settings(profile="orphan"), ARN, 'The source_profile "nobody"'),
        (Settings(profile="nobody"), ARN, r"The config profile \(nobody\) could not be found"),
        (Settings(endpoint="https://under_score.example.com"), ARN, "Invalid endpoint"),
    ],
)
def test_settings_that_no_client_can_be_made_of_are_told(
    aws: pytest.MonkeyPatch, tmp_path: Path, settings: Settings, instance: str, expected: str
) -> None:
    """One of our errors with a remedy, before any call."""
    role = "role_arn = arn:aws:iam::123456789012:role/deploy"
    (tmp_path / "config").write_text(f"[profile orphan]\n{role}\nsource_profile = nobody\n")

    with pytest.raises(SettingsError, match=expected) as told:
        ConnectSession(settings).connect(instance)

    assert "Correct " in str(told.value)


def test_one_process_works_in_several_regions(tmp_path: Path) -> None:
    """Each instance is asked in its own Region; an id of one is not found in another."""
    east = MANAGED_ARN.replace("us-west-2", "us-east-1").replace("1111", "2222", 1)
    local = Local(tmp_path / "local.db")
    instance = {"id": east.rsplit("/", 1)[-1], "alias": "east", "region": "us-east-1"}
    local.store.seed({"instances": [instance]})
    session = ConnectSession(Settings(endpoint="local", store=local.path, requests_per_second=None))

    for arn in (MANAGED_ARN, east, MANAGED_ARN):
        assert session.connect(arn).instance_arn == arn
        assert all(
            row["Arn"].startswith(arn)
            for row in session.connect(arn).call("ListRoutingProfiles")["RoutingProfileSummaryList"]
        )
    with pytest.raises(SettingsError, match="there is no such instance in Region us-west-2"):
        session.connect(east.replace("us-east-1", "us-west-2"))
