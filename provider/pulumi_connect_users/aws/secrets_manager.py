"""Initial passwords in AWS Secrets Manager."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import boto3
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from ..core.documents import read_json
from ..core.errors import AccessDenied, ApiError, Conflict, NotFound, QuotaExceeded, ServiceFailure
from .clients import session_of
from .settings import Settings

ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL_SECRETS_MANAGER"
_CONFIG = Config(
    connect_timeout=5, read_timeout=20, retries={"total_max_attempts": 4, "mode": "standard"}
)
_CLASSES: dict[str, type[ApiError]] = {
    "AccessDeniedException": AccessDenied,
    "DecryptionFailure": AccessDenied,
    "EncryptionFailure": AccessDenied,
    "InvalidRequestException": Conflict,
    "LimitExceededException": QuotaExceeded,
    "ResourceExistsException": Conflict,
    "ResourceNotFoundException": NotFound,
}


class SecretsManager:
    """Implements `users.ports.SecretStore` in one Region of one account."""

    def __init__(
        self,
        session: Callable[[], boto3.Session],
        region: str,
        before_change: Callable[[], None],
    ) -> None:
        """`session` opens the account's; `before_change` runs before every mutating call."""
        self._session = session
        self._region = region
        self._before_change = before_change
        self._lock = threading.Lock()
        self._client: BaseClient | None = None

    def keep(
        self, name: str, username: str, make: Callable[[], str], kms_key_id: str | None
    ) -> str:
        """One CreateSecret; an existing secret is used, one scheduled for deletion restored."""
        password = make()
        text = json.dumps({"username": username, "password": password})
        key = {"KmsKeyId": kms_key_id} if kms_key_id else {}
        try:
            self._call(
                "create_secret",
                Name=name,
                SecretString=text,
                Description="Initial password of an Amazon Connect user",
                **key,
            )
            return password
        except Conflict as error:
            if error.code == "InvalidRequestException":
                return self._renew(name, text, password)
            if error.code != "ResourceExistsException":
                raise
        try:
            kept = str(self._call("get_secret_value", SecretId=name).get("SecretString", ""))
        except Conflict:
            # Scheduled for deletion: it belonged to a deleted user.
            return self._renew(name, text, password)
        return _password(name, kept)

    def schedule(self, name: str, days: int) -> None:
        """One DeleteSecret with a recovery window; absent is done."""
        try:
            self._call("delete_secret", SecretId=name, RecoveryWindowInDays=days)
        except NotFound:
            return

    def _renew(self, name: str, text: str, password: str) -> str:
        self._call("restore_secret", SecretId=name)
        self._call("put_secret_value", SecretId=name, SecretString=text)
        return password

    def _call(self, method: str, **parameters: object) -> Any:
        operation = "".join(part.capitalize() for part in method.split("_"))
        if method != "get_secret_value":
            self._before_change()
        try:
            return getattr(self._service(), method)(**parameters)
        except ClientError as error:
            raise _translated(error, operation) from None
        except BotoCoreError as error:
            raise ServiceFailure(
                f"secretsmanager:{operation}: the call failed ({type(error).__name__}).",
                operation=operation,
                code=type(error).__name__,
            ) from None

    def _service(self) -> BaseClient:
        with self._lock:
            if self._client is None:
                self._client = self._session().client(
                    "secretsmanager", region_name=self._region, config=_CONFIG
                )
            return self._client


def _translated(error: ClientError, operation: str) -> ApiError:
    """Never with AWS's own text: it may repeat what was sent."""
    code = str(error.response.get("Error", {}).get("Code", "Unknown"))
    kind = _CLASSES.get(code, ServiceFailure)
    cause = f"failed ({code})"
    if kind is AccessDenied:
        cause = f"is not allowed to these credentials, or their use of the KMS key ({code})"
    return kind(f"secretsmanager:{operation} {cause}.", operation=operation, code=code)


def _password(name: str, text: str) -> str:
    try:
        return str(read_json(text)["password"])
    except (ValueError, KeyError, TypeError):
        raise Conflict(
            f"the secret {name} holds no initial password. Delete it, or restore its content.",
            operation="GetSecretValue",
            code="UnexpectedContent",
        ) from None


def secret_store(
    instance_arn: str, settings: Settings, before_change: Callable[[], None]
) -> SecretsManager | None:
    """That of the instance's Region; beside the embedded Connect only with an endpoint."""
    if settings.is_emulated and not os.environ.get(ENDPOINT_VARIABLE):
        return None
    region, account = instance_arn.split(":")[3:5]
    session = partial(session_of, settings.profile_for(account), settings.role)
    return SecretsManager(session, region, before_change)
