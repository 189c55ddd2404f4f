"""The identity of the AWS credentials in use."""

from __future__ import annotations

from dataclasses import dataclass

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from .clients import session_of
from .error_mapping import translate
from .settings import Settings

_QUICK = Config(connect_timeout=5, read_timeout=10, retries={"total_max_attempts": 1})


@dataclass(frozen=True)
class CallerIdentity:
    """The identity that STS returns, and the credentials' source."""

    account: str
    arn: str
    source: str
    """botocore's name of the provider: `env`, `shared-credentials-file`, `sso`, `assume-role`."""


def caller_identity(settings: Settings, region: str, account: str = "") -> CallerIdentity:
    """The identity for an account's instances; raises ApiError or SettingsError."""
    session = session_of(settings.profile_for(account), settings.role)
    try:
        # The client comes first: credentials from an assumed role use its Region.
        client = session.client("sts", region_name=region, config=_QUICK)
        credentials = session.get_credentials()
        if credentials is None:
            raise translate(NoCredentialsError(), "GetCallerIdentity", {}, service="sts")
        answer = client.get_caller_identity()
    except (BotoCoreError, ClientError) as error:
        raise translate(error, "GetCallerIdentity", {}, service="sts") from None
    return CallerIdentity(str(answer["Account"]), str(answer["Arn"]), str(credentials.method))
