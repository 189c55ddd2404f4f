"""AWS's error codes as our classes, and its messages without anybody's values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

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

from ..errors import (
    UNREACHABLE,
    AccessDenied,
    ApiError,
    Conflict,
    Duplicate,
    InvalidRequest,
    NotFound,
    OutcomeUnknown,
    QuotaExceeded,
    ServiceFailure,
    Throttled,
)

ERROR_CLASSES: Mapping[str, type[ApiError]] = {
    "AccessDeniedException": AccessDenied,
    "AccessDenied": AccessDenied,
    "ConditionalOperationFailedException": Conflict,
    "DestinationNotAllowedException": InvalidRequest,
    "DuplicateResourceException": Duplicate,
    "ExpiredToken": AccessDenied,
    "ExpiredTokenException": AccessDenied,
    "ForbiddenException": AccessDenied,
    "IdempotencyException": Conflict,
    "IncompleteSignature": AccessDenied,
    "InternalFailure": ServiceFailure,
    "InternalServerError": ServiceFailure,
    "InternalServiceException": ServiceFailure,
    "InvalidClientTokenId": AccessDenied,
    "InvalidParameterException": InvalidRequest,
    "InvalidRequestException": InvalidRequest,
    "InvalidSignatureException": AccessDenied,
    "LimitExceededException": QuotaExceeded,
    "MaximumResultReturnedException": InvalidRequest,
    "MissingAuthenticationToken": AccessDenied,
    "MissingAuthenticationTokenException": AccessDenied,
    "OptInRequired": AccessDenied,
    "PropertyValidationException": InvalidRequest,
    "RequestExpired": AccessDenied,
    "RequestLimitExceeded": Throttled,
    "ResourceConflictException": Conflict,
    "ResourceInUseException": Conflict,
    "ResourceNotFoundException": NotFound,
    "ResourceNotReadyException": Conflict,
    "ServiceQuotaExceededException": QuotaExceeded,
    "ServiceUnavailable": ServiceFailure,
    "ServiceUnavailableException": ServiceFailure,
    "SignatureDoesNotMatch": AccessDenied,
    "SlowDown": Throttled,
    "Throttling": Throttled,
    "ThrottlingException": Throttled,
    "TooManyRequestsException": Throttled,
    "UnrecognizedClientException": AccessDenied,
    "ValidationException": InvalidRequest,
}
"""By code, never by HTTP status: a full quota and throttling both answer 429."""

_QUOTAS = {
    "CreateUser": "users per instance",
    "AssociateUserProficiencies": "proficiencies per agent",
}
_SHOWN = 300


def translate(
    error: Exception, operation: str, parameters: Mapping[str, Any], service: str = "connect"
) -> ApiError:
    """One of our errors for whatever botocore raised."""
    if isinstance(error, ClientError):
        return _answered(error, operation, parameters, service)
    if isinstance(error, NoCredentialsError | PartialCredentialsError):
        return _error(AccessDenied, operation, "no AWS credentials were found", "NoCredentials")
    if isinstance(error, ParamValidationError):
        # Its text repeats values.
        return _error(
            InvalidRequest, operation, "the request is not well-formed", "ParamValidation"
        )
    if _is_unsent(error):
        return _error(ServiceFailure, operation, _unreached(error), UNREACHABLE)
    name = type(error).__name__
    if isinstance(error, HTTPClientError):
        timed_out = isinstance(error, ReadTimeoutError)
        cause = "no answer came in time" if timed_out else "the answer was lost"
        return _error(OutcomeUnknown, operation, cause, name)
    if not isinstance(error, BotoCoreError):
        return _error(OutcomeUnknown, operation, f"the answer cannot be read ({name})", name)
    kind = AccessDenied if is_about_credentials(error) else OutcomeUnknown
    return _error(kind, operation, f"the call failed ({name})", name)


def answer_of_others(operation: str, answer: Mapping[str, Any]) -> ApiError | None:
    """An error where a web page came back: no service of AWS answers with one, a proxy does."""
    metadata = answer.get("ResponseMetadata", {})
    kind = str(metadata.get("HTTPHeaders", {}).get("content-type", ""))
    if not kind.lower().startswith("text/html"):
        return None
    status = int(metadata.get("HTTPStatusCode", 0))
    cause = f"a web page came back (HTTP {status}), as from a proxy: check the endpoint and proxy"
    # A gateway that had no answer in time may have passed the request on.
    refused = 300 <= status < 500
    return _error(
        ServiceFailure if refused else OutcomeUnknown, operation, cause, "UnexpectedContent"
    )


def _is_unsent(error: Exception) -> bool:
    """Whether the request cannot have reached the service."""
    return isinstance(
        error, ConnectTimeoutError | EndpointConnectionError | ProxyConnectionError | SSLError
    )


def _unreached(error: Exception) -> str:
    if isinstance(error, SSLError):
        return "there is no trusted connection to the endpoint: AWS_CA_BUNDLE names certificates"
    if isinstance(error, ProxyConnectionError):
        return "the proxy cannot be reached"
    return "the endpoint cannot be reached"


def is_about_credentials(error: Exception) -> bool:
    """Whether the credentials could not be loaded or renewed."""
    name = type(error).__name__
    words = ("Credential", "Token", "Profile", "SSO", "Login")
    return isinstance(error, BotoCoreError) and any(word in name for word in words)


def _answered(
    error: ClientError, operation: str, parameters: Mapping[str, Any], service: str
) -> ApiError:
    answer: Mapping[str, Any] = error.response
    if (others := answer_of_others(operation, answer)) is not None:
        return others
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
    if error.operation_name != operation:
        # botocore renews credentials on the way. Whatever is not found there, it is no user.
        kind = ServiceFailure if kind in (ServiceFailure, Throttled) else AccessDenied
        cause = f"getting credentials with {error.operation_name} failed ({cause})"
    elif kind is QuotaExceeded:
        quota = _QUOTAS.get(operation, "its quota")
        cause = f"the quota '{quota}' is full ({code})"
    elif kind is AccessDenied and code.startswith("AccessDenied"):
        cause = f"the credentials may not call {service}:{operation} ({cause})"
    return _error(kind, operation, cause, code, str(metadata.get("RequestId", "")))


def _error(
    kind: type[ApiError], operation: str, cause: str, code: str, request_id: str = ""
) -> ApiError:
    shown = f" [request {request_id}]" if request_id else ""
    message = f"{operation}: {cause.rstrip('.')}{shown}."
    return kind(message, operation=operation, code=code, request_id=request_id)


def _without_values(text: str, parameters: Mapping[str, Any]) -> str:
    """AWS's message with every value that we sent taken out: it may be a name or a password."""
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
