"""Maps AWS's error codes to our classes; keeps its messages free of personal values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    NoCredentialsError,
    ParamValidationError,
    PartialCredentialsError,
    ProxyConnectionError,
    ReadTimeoutError,
    SSLError,
)

from ..core.errors import (
    UNREACHABLE,
    AccessDenied,
    ApiError,
    Conflict,
    Duplicate,
    InvalidRequest,
    NotAuthenticated,
    NotFound,
    OutcomeUnknown,
    QuotaExceeded,
    ServiceFailure,
    Throttled,
)

_EXPIRED: Final = "ExpiredToken ExpiredTokenException RequestExpired"
_NOT_VALID: Final = (
    "IncompleteSignature InvalidClientTokenId InvalidSignatureException "
    "MissingAuthenticationToken MissingAuthenticationTokenException SignatureDoesNotMatch "
    "UnrecognizedClientException"
)
_CODES: Final[Mapping[type[ApiError], str]] = {
    AccessDenied: "AccessDenied AccessDeniedException ForbiddenException OptInRequired",
    Conflict: "ConditionalOperationFailedException IdempotencyException "
    "ResourceConflictException ResourceInUseException ResourceNotReadyException",
    Duplicate: "DuplicateResourceException",
    InvalidRequest: "DestinationNotAllowedException InvalidParameterException "
    "InvalidRequestException MaximumResultReturnedException PropertyValidationException "
    "ValidationException",
    NotAuthenticated: f"{_EXPIRED} {_NOT_VALID}",
    NotFound: "ResourceNotFoundException",
    QuotaExceeded: "LimitExceededException ServiceQuotaExceededException",
    ServiceFailure: "InternalFailure InternalServerError InternalServiceException "
    "ServiceUnavailable ServiceUnavailableException",
    Throttled: "RequestLimitExceeded SlowDown Throttling ThrottlingException "
    "TooManyRequestsException",
}
"""AWS's codes by class, never by HTTP status: a full quota and throttling both answer 429."""
ERROR_CLASSES: Final = {code: kind for kind, codes in _CODES.items() for code in codes.split()}

_QUOTAS = {
    "CreateUser": "users per instance",
    "AssociateUserProficiencies": "proficiencies per agent",
}
_RENEW = "Renew them (`aws sso login`, or a new session token from their source), then run again."
_CHECK_KEYS = "Check their source (AWS_ACCESS_KEY_ID, AWS_PROFILE, connect:profile), and the clock."
_ROLE = re.compile(r"assumed-role/(?P<role>[\w+=,.@-]+)(?:/[\w+=,.@-]+)?")
_ACTION = re.compile(r"perform: (?P<action>[a-z-]+:\w+)")
_SHOWN = 300


def translate(
    error: Exception, operation: str, parameters: Mapping[str, Any], service: str = "connect"
) -> ApiError:
    """One of our errors for whatever botocore raised."""
    if isinstance(error, ClientError):
        return _answered(error, operation, parameters, service)
    if isinstance(error, NoCredentialsError | PartialCredentialsError):
        return _error(NotAuthenticated, operation, "no AWS credentials were found", "NoCredentials")
    if isinstance(error, ParamValidationError):
        # Its text repeats values.
        return _error(
            InvalidRequest, operation, "the request is not well-formed", "ParamValidation"
        )
    if cause := _unreached(error):
        return _error(ServiceFailure, operation, cause, UNREACHABLE)
    name = type(error).__name__
    if isinstance(error, HTTPClientError):
        timed_out = isinstance(error, ReadTimeoutError)
        cause = "no response came in time" if timed_out else "the response was lost"
        return _error(OutcomeUnknown, operation, cause, name)
    if not isinstance(error, BotoCoreError):
        return _error(OutcomeUnknown, operation, f"the response cannot be read ({name})", name)
    if is_about_credentials(error):
        return _error(
            NotAuthenticated, operation, f"the AWS credentials cannot be used ({name})", name
        )
    return _error(OutcomeUnknown, operation, f"the call failed ({name})", name)


def web_page_error(operation: str, answer: Mapping[str, Any]) -> ApiError | None:
    """An error for a web page: proxies answer with one, AWS does not."""
    metadata = answer.get("ResponseMetadata", {})
    kind = str(metadata.get("HTTPHeaders", {}).get("content-type", ""))
    if not kind.lower().startswith("text/html"):
        return None
    status = int(metadata.get("HTTPStatusCode", 0))
    cause = f"the response is a web page (HTTP {status}), perhaps a proxy's: check the endpoint"
    # A gateway that timed out may have passed the request on.
    refused = 300 <= status < 500
    return _error(
        ServiceFailure if refused else OutcomeUnknown, operation, cause, "UnexpectedContent"
    )


def _unreached(error: Exception) -> str | None:
    """Why the request cannot have reached the service; None where it may have."""
    if isinstance(error, SSLError):
        return "the endpoint's certificate is not trusted: set AWS_CA_BUNDLE"
    if isinstance(error, ProxyConnectionError):
        return "the proxy cannot be reached"
    if isinstance(error, ConnectTimeoutError | EndpointConnectionError):
        return "the endpoint cannot be reached"
    return None


def is_about_credentials(error: Exception) -> bool:
    """Whether the credentials could not be loaded or renewed."""
    name = type(error).__name__
    words = ("Credential", "Token", "Profile", "SSO", "Login")
    return isinstance(error, BotoCoreError) and any(word in name for word in words)


def _answered(
    error: ClientError, operation: str, parameters: Mapping[str, Any], service: str
) -> ApiError:
    answer: Mapping[str, Any] = error.response
    if (page := web_page_error(operation, answer)) is not None:
        return page
    code = str(answer.get("Error", {}).get("Code", "Unknown"))
    metadata = answer.get("ResponseMetadata", {})
    status = int(metadata.get("HTTPStatusCode", 0))
    kind = ERROR_CLASSES.get(code)
    if kind is None:
        kind = (
            ServiceFailure if status >= 500 else AccessDenied if status == 403 else InvalidRequest
        )
    text = str(answer.get("Error", {}).get("Message") or answer.get("Message") or "")
    cause = f"{code}: {_without_values(text, parameters)}" if text else code
    remedy = ""
    if error.operation_name != operation:
        # botocore renews credentials on the way: NotFound there is not about a user.
        kind = ServiceFailure if kind in (ServiceFailure, Throttled) else NotAuthenticated
        cause = f"getting credentials with {error.operation_name} failed ({cause})"
        if code.startswith("AccessDenied"):
            remedy = "Check the profile's role and its trust policy."
    elif kind is QuotaExceeded:
        quota = _QUOTAS.get(operation, "its quota")
        cause = f"the quota '{quota}' is full ({code})"
    elif kind is AccessDenied and code.startswith("AccessDenied"):
        cause = f"the credentials may not call {service}:{operation} ({cause})"
        remedy = _allow(f"{service}:{operation}", text)
    elif kind is NotAuthenticated:
        what = "have expired" if code in _EXPIRED.split() else "are not valid"
        cause = f"the AWS credentials {what} ({cause})"
    return _error(kind, operation, cause, code, str(metadata.get("RequestId", "")), remedy)


def _allow(action: str, text: str) -> str:
    """The remedy of a denial; AWS's text may name another action, and the role."""
    named, caller = _ACTION.search(text), _ROLE.search(text)
    role = f"the role {caller['role']}" if caller else "the role in use"
    return f"Allow {named['action'] if named else action} to {role}, then run again."


def remedy_of(code: str) -> str:
    """What to do about credentials, by AWS's code or botocore's error; empty: the class says it."""
    if code in _NOT_VALID.split():
        return _CHECK_KEYS
    expired = code in _EXPIRED.split() or any(word in code for word in ("SSO", "Token", "Login"))
    return _RENEW if expired else ""


def _error(
    kind: type[ApiError],
    operation: str,
    cause: str,
    code: str,
    request_id: str = "",
    remedy: str = "",
) -> ApiError:
    shown = f" [request {request_id}]" if request_id else ""
    return kind(
        f"{operation}: {cause.rstrip('.')}{shown}.",
        operation=operation,
        code=code,
        request_id=request_id,
        remedy=remedy or (remedy_of(code) if kind is NotAuthenticated else ""),
    )


def _without_values(text: str, parameters: Mapping[str, Any]) -> str:
    """AWS's message without what we sent, and the role session's name: both may be personal."""
    text = _ROLE.sub(r"assumed-role/\g<role>/...", text)
    for value in sorted(set(_texts(parameters)), key=len, reverse=True):
        text = text.replace(value, "...")
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + "..."


_HARMLESS = ("InstanceId", "UserId", "RoutingProfileId", "HierarchyGroupId", "SecurityProfileIds")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if len(value) > 1:
            yield value
    elif isinstance(value, Mapping):
        for key, member in value.items():
            if key not in _HARMLESS:
                yield from _texts(member)
    elif isinstance(value, list | tuple):
        for member in value:
            yield from _texts(member)
