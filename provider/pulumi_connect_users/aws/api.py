"""API calls: rate-limited, retried where that is safe, with translated errors."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from typing import Any

from botocore.client import BaseClient
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from ..core.arns import parse_arn
from ..core.errors import UNREACHABLE, ApiError, OutcomeUnknown, ServiceFailure, Throttled
from ..core.run_hooks import SILENT, Change, RunHooks
from .error_mapping import translate, web_page_error
from .rate_limit import RateLimiter

READS = ("Describe", "List", "Search", "Get")
_ATTEMPTS = 5
_THROTTLE_SECONDS = 600.0
"""How long throttled calls are retried."""
_THROTTLED = (
    f"is throttled; others use the quota: retrying for up to {_THROTTLE_SECONDS / 60:.0f} minutes"
)
_NOT_TWICE = ("CreateUser",)
"""Calls without an idempotency token: never repeated without knowing the outcome."""
_UNREADABLE = (ResponseParserError, AttributeError, TypeError, ValueError)
"""Errors of botocore's parsers for an answer that does not fit the model."""


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
        hooks: RunHooks = SILENT,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """`scope` names account, Region and endpoint."""
        self._client = client
        self._rate_limiter = rate_limiter
        self._scope = scope
        self.hooks = hooks
        self._reported: set[tuple[str, str]] = set()
        self._pause = pause
        self._methods = {api: name for name, api in client.meta.method_to_api_mapping.items()}

    def call(self, operation: str, **parameters: object) -> Any:
        """The answer, of boto3's type; raises one of `errors`. Throttling is retried."""
        key = f"{self._scope}|{operation}"
        deadline = time.monotonic() + _THROTTLE_SECONDS
        attempt = failures = 0
        while True:
            self._rate_limiter.wait(key)
            if not is_read(operation):
                self.hooks.before_change()
            attempt += 1
            try:
                return self._once(operation, parameters)
            except Throttled:
                self._rate_limiter.throttled(key)
                if time.monotonic() > deadline:
                    raise
                self._report(operation, f"{operation} {_THROTTLED}")
            except (ServiceFailure, OutcomeUnknown) as error:
                failures += 1
                may_repeat = error.code == UNREACHABLE or operation not in _NOT_TWICE
                if failures >= _ATTEMPTS or not may_repeat:
                    raise
                self._report(operation, f"{str(error).rstrip('.')}; retrying", error.code)
            self._pause(_backoff(attempt))

    def _report(self, operation: str, text: str, code: str = "") -> None:
        if (operation, code) not in self._reported:
            self._reported.add((operation, code))
            self.hooks.inform(text)

    def _once(self, operation: str, parameters: Mapping[str, object]) -> Any:
        method = getattr(self._client, self._methods[operation])
        error: ApiError | None
        try:
            answer = method(**parameters)
        except (ClientError, BotoCoreError, *_UNREADABLE) as raised:
            service = self._client.meta.service_model.service_name
            answer, error = {}, translate(raised, operation, parameters, service)
        else:
            error = web_page_error(operation, answer) or self._truncated(operation, answer)
        if not is_read(operation):
            self.hooks.after_change(_change(operation, parameters, answer, error))
        if error is not None:
            raise error from None
        return answer

    def _truncated(self, operation: str, answer: Mapping[str, object]) -> ApiError | None:
        """An error for an answer without any of its members: botocore reads a truncated body so."""
        shape = self._client.meta.service_model.operation_model(operation).output_shape
        members = set(shape.members) if shape is not None else set()
        if not members or members & set(answer):
            return None
        return OutcomeUnknown(
            f"{operation}: the response was cut off.", operation=operation, code="BrokenOff"
        )


def _change(
    operation: str,
    parameters: Mapping[str, object],
    answer: Mapping[str, Any],
    error: ApiError | None,
) -> Change:
    arn = parse_arn(str(parameters.get("resourceArn", "")))
    return Change(
        operation=operation,
        instance_id=arn.instance if arn else str(parameters.get("InstanceId", "")),
        user_id=arn.id if arn else str(parameters.get("UserId") or answer.get("UserId", "")),
        username=str(parameters.get("Username", "")),
        request_id=error.request_id
        if error
        else answer.get("ResponseMetadata", {}).get("RequestId", ""),
        outcome=error.code if error else "done",
    )


def _backoff(attempt: int) -> float:
    """Full jitter: up to 0.2, 0.4, 0.8 ... 5 seconds."""
    return random.uniform(0, min(5.0, 0.1 * 2**attempt))  # noqa: S311 - spreads, hides nothing
