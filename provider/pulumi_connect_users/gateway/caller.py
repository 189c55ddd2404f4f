"""One API call as this project makes it: paced, retried where that is safe, errors translated."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from typing import Any

from botocore.client import BaseClient
from botocore.exceptions import BotoCoreError, ClientError

from ..errors import ApiError, OutcomeUnknown, ServiceFailure, Throttled
from .aws_errors import is_unsent, translate
from .pacing import Pacer

READS = ("Describe", "List", "Search", "Get")
_ATTEMPTS = 5
_THROTTLE_SECONDS = 600.0
"""How long throttling is waited out before it becomes the user's."""
_NOT_TWICE = ("CreateUser",)
"""Calls without an idempotency token that must not be made a second time blindly."""


def is_read(operation: str) -> bool:
    """Whether the operation changes nothing."""
    return operation.startswith(READS)


class Caller:
    """Calls of one boto3 client; safe for several threads."""

    def __init__(
        self,
        client: BaseClient,
        pacer: Pacer,
        *,
        scope: str,
        before_change: Callable[[], None] = lambda: None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """`scope` names account, Region and endpoint; `before_change` may veto a mutating call."""
        self._client = client
        self._pacer = pacer
        self._scope = scope
        self.before_change = before_change
        self._pause = pause
        self._methods = {
            client.meta.method_to_api_mapping[name]: name
            for name in client.meta.method_to_api_mapping
        }

    def require_run(self) -> None:
        """Raises EngineGone if the run that asks for calls has ended."""
        self.before_change()

    def call(self, operation: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        """The answer, or one of `errors`. Throttling is waited out for up to 10 minutes."""
        method = getattr(self._client, self._methods[operation])
        key = f"{self._scope}|{operation}"
        deadline = time.monotonic() + _THROTTLE_SECONDS
        attempt = 0
        while True:
            self._pacer.wait(key)
            if not is_read(operation):
                self.before_change()
            try:
                answer: Mapping[str, Any] = method(**parameters)
                if self._is_whole(operation, answer):
                    return answer
                error, unsent = _broken_off(operation), False
            except (ClientError, BotoCoreError) as raised:
                error = translate(raised, operation, parameters)
                unsent = is_unsent(raised)
            attempt += 1
            if isinstance(error, Throttled):
                self._pacer.throttled(key)
                if time.monotonic() > deadline:
                    raise error from None
            elif not _may_repeat(error, operation, unsent=unsent) or attempt >= _ATTEMPTS:
                raise error from None
            self._pause(_backoff(attempt))

    def _is_whole(self, operation: str, answer: Mapping[str, Any]) -> bool:
        """Whether an answer has anything of what it should.

        botocore takes a body that breaks off for one without members.
        """
        shape = self._client.meta.service_model.operation_model(operation).output_shape
        members = set(shape.members) if shape is not None else set()
        return not members or bool(members & set(answer))


def _broken_off(operation: str) -> ApiError:
    return OutcomeUnknown(
        f"{operation}: the answer broke off.", operation=operation, code="BrokenOff"
    )


def _may_repeat(error: ApiError, operation: str, *, unsent: bool) -> bool:
    if not isinstance(error, ServiceFailure | OutcomeUnknown):
        return False
    return unsent or operation not in _NOT_TWICE


def _backoff(attempt: int) -> float:
    """Full jitter: up to 0.2, 0.4, 0.8 ... 5 seconds."""
    return random.uniform(0, min(5.0, 0.1 * 2**attempt))  # noqa: S311 - spreads, hides nothing
