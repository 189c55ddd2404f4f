"""One API call as this project makes it: paced, retried where that is safe, errors translated."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from typing import Any

from botocore.client import BaseClient
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from ..core.errors import (
    UNREACHABLE,
    ApiError,
    OutcomeUnknown,
    ServiceFailure,
    Throttled,
)
from .error_mapping import answer_of_others, translate
from .rate_limit import RateLimiter

READS = ("Describe", "List", "Search", "Get")
_ATTEMPTS = 5
_THROTTLE_SECONDS = 600.0
"""How long throttling is waited out before it becomes the user's."""
_THROTTLED = (
    "is throttled, since others use the quota too: waiting, for up to "
    f"{_THROTTLE_SECONDS / 60:.0f} minutes"
)
_NOT_TWICE = ("CreateUser",)
"""Calls without an idempotency token that must not be made a second time blindly."""
_UNREADABLE = (ResponseParserError, AttributeError, TypeError, ValueError)
"""What botocore's parsers raise over an answer that is not shaped as the model says."""


def is_read(operation: str) -> bool:
    """Whether the operation changes nothing."""
    return operation.startswith(READS)


class ApiClient:
    """Calls of one boto3 client; safe for several threads."""

    def __init__(
        self,
        client: BaseClient,
        rate_limiter: RateLimiter,
        *,
        scope: str,
        before_change: Callable[[], None] = lambda: None,
        inform: Callable[[str], None] = lambda text: None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """`scope` names account, Region and endpoint; `before_change` may veto a mutating call.

        `inform` is told, once for each operation and reason, what a call is waiting for.
        """
        self._client = client
        self._rate_limiter = rate_limiter
        self._scope = scope
        self.before_change = before_change
        self._inform = inform
        self._told: set[tuple[str, str]] = set()
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
        key = f"{self._scope}|{operation}"
        deadline = time.monotonic() + _THROTTLE_SECONDS
        attempt = failures = 0
        while True:
            self._rate_limiter.wait(key)
            if not is_read(operation):
                self.before_change()
            attempt += 1
            try:
                return self._once(operation, parameters)
            except Throttled:
                self._rate_limiter.throttled(key)
                if time.monotonic() > deadline:
                    raise
                self._tell(operation, f"{operation} {_THROTTLED}")
            except (ServiceFailure, OutcomeUnknown) as error:
                failures += 1
                if failures >= _ATTEMPTS or not _may_repeat(error, operation):
                    raise
                self._tell(operation, f"{str(error).rstrip('.')}; asking again", error.code)
            self._pause(_backoff(attempt))

    def _tell(self, operation: str, text: str, code: str = "") -> None:
        if (operation, code) not in self._told:
            self._told.add((operation, code))
            self._inform(text)

    def _once(self, operation: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        method = getattr(self._client, self._methods[operation])
        try:
            answer: Mapping[str, Any] = method(**parameters)
        except (ClientError, BotoCoreError, *_UNREADABLE) as raised:
            raise translate(raised, operation, parameters) from None
        error = answer_of_others(operation, answer) or self._broken_off(operation, answer)
        if error is not None:
            raise error
        return answer

    def _broken_off(self, operation: str, answer: Mapping[str, Any]) -> ApiError | None:
        """An error where an answer has nothing of what it should.

        botocore takes a body that breaks off for one without members.
        """
        shape = self._client.meta.service_model.operation_model(operation).output_shape
        members = set(shape.members) if shape is not None else set()
        if not members or members & set(answer):
            return None
        return OutcomeUnknown(
            f"{operation}: the answer broke off.", operation=operation, code="BrokenOff"
        )


def _may_repeat(error: ApiError, operation: str) -> bool:
    return error.code == UNREACHABLE or operation not in _NOT_TWICE


def _backoff(attempt: int) -> float:
    """Full jitter: up to 0.2, 0.4, 0.8 ... 5 seconds."""
    return random.uniform(0, min(5.0, 0.1 * 2**attempt))  # noqa: S311 - spreads, hides nothing
