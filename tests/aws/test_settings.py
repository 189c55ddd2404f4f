"""Settings: what cannot be is refused before anything is sent, all of it at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.aws.settings import read_settings
from pulumi_connect_users.core.errors import SettingsError

BAD = {
    "endpoint": [
        "locale",
        "ftp://127.0.0.1",
        "http://",
        "http://[::1",
        "http://127.0.0.1:port",
        "http://connect.example.com",
        "https://user:hidden@connect.example.com",
    ],
    "requestsPerSecond": ["0", "-1", "fast", "nan", "inf"],
    "burst": ["0", "nan", "inf", "five"],
    "maxDeletes": ["-1", "many", "1.5", "101%", "-5%", "%", "5 %%"],
    "maxUpdates": ["-1", "all"],
    "minAdmins": ["-1", "5%", "1.5", ""],
    "onDelete": ["never"],
    "strict": ["perhaps"],
    "refresh": ["often"],
    "privilegedProfiles": ['["Agent", 7]', '["Agent"'],
    "profiles": ["sales", "[]", '{"4444": "sales"}', '{"111122223333": 7}', '{"111122223333": ""}'],
}


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key, values in BAD.items() for value in values]
)
def test_value_that_cannot_be_is_refused_by_its_name(key: str, value: str) -> None:
    """The error names the setting and what it takes, and repeats no password."""
    with pytest.raises(SettingsError, match=f"connect:{key} ") as refused:
        read_settings({key: value}.get, {})
    assert "hidden" not in str(refused.value)


def test_all_bad_values_are_told_at_once() -> None:
    """One error for one look at the configuration."""
    with pytest.raises(SettingsError) as refused:
        read_settings({key: values[0] for key, values in BAD.items()}.get, {})
    for key in BAD:
        assert f"connect:{key} " in str(refused.value)


def test_account_without_a_profile_of_its_own_takes_the_common_one() -> None:
    """`profiles` names exceptions."""
    config = {"profile": "main", "profiles": '{"111122223333": "sales"}'}
    settings = read_settings(config.get, {})
    assert settings.profile_for("111122223333") == "sales"
    assert settings.profile_for("444455556666") == "main"


@pytest.mark.parametrize("given", ["arn:aws:connect:us-west-2:1:instance/x", "a/b", "x:y"])
def test_instance_that_is_neither_id_nor_arn_is_refused(tmp_path: Path, given: str) -> None:
    """An ARN with a mistake in it is not taken for an id."""
    config = {"endpoint": "local", "localStore": str(tmp_path / "local.db")}
    with pytest.raises(SettingsError, match="neither an id nor an ARN"):
        ConnectSession(read_settings(config.get, {})).instance(given)


def test_embedded_connect_asks_nothing_of_aws_profiles(tmp_path: Path) -> None:
    """A profile that AWS_PROFILE names and nobody has made matters on AWS only."""
    looks = (
        "from pulumi_connect_users.aws.session import ConnectSession\n"
        "from pulumi_connect_users.aws.settings import read_settings\n"
        f"config = {{'endpoint': 'local', 'localStore': {str(tmp_path / 'local.db')!r}}}\n"
        "session = ConnectSession(read_settings(config.get, {}))\n"
        "print(session.instance('11111111-1111-4111-8111-111111111111').arn)\n"
    )
    environment = os.environ | {"AWS_PROFILE": "nobody", "AWS_CONFIG_FILE": os.devnull}
    ran = subprocess.run(
        [sys.executable, "-c", looks], env=environment, capture_output=True, text=True, check=False
    )
    assert "000000000000:instance/11111111" in ran.stdout, ran.stderr
