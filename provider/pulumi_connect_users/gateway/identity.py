"""Whose credentials these are."""

from __future__ import annotations

from dataclasses import dataclass

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from ..errors import AccessDenied
from .settings import Settings

_QUICK = Config(connect_timeout=5, read_timeout=10, retries={"total_max_attempts": 1})


@dataclass(frozen=True)
class Identity:
    """What STS says of the credentials in use, and where they were found."""

    account: str
    arn: str
    source: str
    """botocore's name of the provider: `env`, `shared-credentials-file`, `sso`, `assume-role`."""


def identity(settings: Settings, region: str, account: str = "") -> Identity:
    """The identity for the instances of an account.

    Raises AccessDenied if there are no credentials, or they are not valid.
    """
    try:
        session = boto3.Session(profile_name=settings.profile_for(account), region_name=region)
        credentials = session.get_credentials()
        if credentials is None:
            raise AccessDenied("looking for AWS credentials: there are none", code="NoCredentials")
        answer = session.client("sts", config=_QUICK).get_caller_identity()
    except (BotoCoreError, ClientError) as error:
        raise AccessDenied(
            f"asking AWS whose credentials these are: {type(error).__name__}",
            operation="GetCallerIdentity",
            code=type(error).__name__,
        ) from None
    return Identity(str(answer["Account"]), str(answer["Arn"]), str(credentials.method))
