"""Settings with pulumi-aws's meaning: the role, the tags and the accounts of a provider."""

import json
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from pulumi_connect_users.aws.credentials import caller_identity
from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.aws.settings import Settings, read_settings
from pulumi_connect_users.core.errors import SettingsError, WrongInstance
from pulumi_connect_users.core.properties import Value
from pulumi_connect_users.users.check import check
from tests.support.programs import SAML_ARN

_ROLE = "arn:aws:iam::111122223333:role/Deployer"


def _read(**config: object) -> Settings:
    texts = {k: v if isinstance(v, str) else json.dumps(v) for k, v in config.items()}
    return read_settings(texts.get, {}, Path("/"))


def test_role_is_read_with_its_parameters() -> None:
    """Under STS's own names; a duration as in Go."""
    role = _read(assumeRole={"roleArn": _ROLE, "externalId": "x", "duration": "1h30m"}).role

    assert role is not None
    assert role.arn == _ROLE
    assert dict(role.parameters) == {
        "DurationSeconds": 5400,
        "ExternalId": "x",
        "RoleSessionName": "pulumi-connect-users",
    }


def test_role_is_left_alone_where_an_emulator_takes_any_credentials() -> None:
    """No STS is asked for the embedded Connect."""
    assert _read(assumeRole={"roleArn": _ROLE}, endpoint="local").role is None


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"assumeRole": {"externalId": "x"}}, "assumeRole.roleArn must be the ARN"),
        ({"assumeRole": {"roleArn": _ROLE, "duration": "1s"}}, "duration must be 15m to 12h"),
        ({"assumeRole": {"roleArn": _ROLE, "rolArn": 1}}, "rolArn: unknown member"),
        ({"assumeRole": _ROLE}, "assumeRole must be a structure"),
        ({"defaultTags": {"Team": "1"}}, "defaultTags must hold `tags` alone"),
        ({"defaultTags": {"tags": {"Team": 1}}}, "defaultTags.tags must be a map of strings"),
        ({"allowedAccountIds": ["123"]}, "allowedAccountIds must be a list of accounts"),
    ],
)
def test_malformed_setting_says_what_it_must_be(config: dict[str, object], said: str) -> None:
    """Before anything is asked of AWS."""
    with pytest.raises(SettingsError, match=said):
        _read(**config)


def test_instance_of_another_account_is_refused(tmp_path: Path) -> None:
    """By its ARN before a call, by its id once Connect has named the account."""
    store = str(tmp_path / "local.db")
    settings = _read(endpoint="local", localStore=store, allowedAccountIds=["111122223333"])
    session = ConnectSession(settings)

    for given in (SAML_ARN, SAML_ARN.rpartition("/")[2]):
        with pytest.raises(WrongInstance, match="not among connect:allowedAccountIds"):
            session.instance(given)


def test_default_tags_stand_under_a_users_own(tmp_path: Path) -> None:
    """As with pulumi-aws, the user's own value of a key wins."""
    tags = {"Team": "1", "Cost_Center": "42"}
    store = str(tmp_path / "local.db")
    settings = _read(endpoint="local", localStore=store, defaultTags={"tags": tags})
    user: dict[str, Value] = {
        "instanceArn": SAML_ARN,
        "username": "mary.major",
        "identityInfo": {"firstName": "Mary", "lastName": "Major"},
        "routingProfile": "Basic Routing Profile",
        "securityProfiles": ["Agent"],
        "tags": {"Team": "2"},
    }

    checked = check(None, user, ConnectSession(settings), defaults=settings.user_defaults)

    assert checked.failures == []
    assert checked.inputs.get("tags") == {"Team": "2", "Cost_Center": "42"}


def test_role_is_assumed_with_the_credentials_of_the_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    """By moto's STS: the session then has the role's own temporary credentials."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        _, port = server.get_host_and_port()
        for name, value in (
            ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
            ("AWS_ENDPOINT_URL_STS", f"http://127.0.0.1:{port}"),
            ("AWS_DEFAULT_REGION", "us-west-2"),
        ):
            monkeypatch.setenv(name, value)
        settings = _read(assumeRole={"roleArn": _ROLE, "sessionName": "deploy"})

        identity = caller_identity(settings, "us-west-2")
    finally:
        server.stop()

    assert (identity.account, identity.source) == ("111122223333", "assume-role")
    assert identity.arn == "arn:aws:sts::111122223333:assumed-role/Deployer/deploy"
