"""Everything that can go wrong, as one tree.

    ConnectUsersError
    ├── SettingsError           a setting contradicts another, or the instance
    │   └── WrongInstance       the client cannot be the one of this instance
    ├── InvalidUser             a user that check would have refused
    │   └── InvalidRoster       a file of users that holds mistakes
    ├── InvalidFilter           arguments of a look-up that are not valid, or name nothing
    ├── NotOurs                 the user belongs to another stack or resource
    ├── UnknownState            a state in a form that this version does not read
    ├── DeletionRefused         a deletion that needs a decision
    │   └── DeletionsExhausted  so does every other deletion of this run
    ├── EngineGone              the run that asked for this has ended
    ├── LookUpUnavailable       a look-up could not be made; the value may be right
    └── ApiError                Amazon Connect answered with an error
        ├── NotFound
        ├── InvalidRequest
        ├── Duplicate
        ├── Conflict
        ├── QuotaExceeded
        ├── Throttled
        ├── AccessDenied
        │   └── NotAuthenticated    no credentials, or they are not valid (any more)
        ├── ServiceFailure
        └── OutcomeUnknown      the response was lost: the call may have worked

A message reads: doing, subject, id: cause. Remedy. The last line carries all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from .properties import Properties

UNREACHABLE: Final = "Unreachable"
"""The code of a ServiceFailure where no request can have reached the service."""


class ConnectUsersError(Exception):
    """The root of this project's errors."""

    reached: Properties | None = None
    """The outputs after a change that failed half-way, for a front end that can keep them."""

    def reworded(self, text: str) -> Self:
        """The same error with another text, and without details that are the cause's own."""
        error = type(self)(text)
        error.reached = self.reached
        return error


class SettingsError(ConnectUsersError):
    """A setting contradicts another one, or cannot be read."""


class WrongInstance(SettingsError):
    """The ARN's partition, account or Region is not the client's, or it names no instance."""


class InvalidUser(ConnectUsersError):
    """The desired state is not a possible user."""


class InvalidFilter(ConnectUsersError):
    """Arguments of a look-up, or filters for live data, are not valid or name nothing."""


class InvalidRoster(InvalidUser):
    """A roster's file cannot be read, or holds mistakes; the message names each with its line."""


class NotOurs(ConnectUsersError):
    """The user exists and belongs to another stack, another resource, or an unknown owner."""


class UnknownState(ConnectUsersError):
    """The state has a form that this version does not read; nothing was changed or forgotten."""


class DeletionRefused(ConnectUsersError):
    """The deletion was stopped before its call; the message says how to allow it."""


class DeletionsExhausted(DeletionRefused):
    """The run has made all the deletions that `connect:maxDeletes` allows."""


class TooFewAdmins(ConnectUsersError):
    """The change would leave fewer users with the profile Admin than `connect:minAdmins` says."""


class EngineGone(ConnectUsersError):
    """The Pulumi run that asked for this call has ended, so the call was not made."""


class LookUpUnavailable(ConnectUsersError):
    """A look-up could not be made (no credentials, no permission, no network)."""


class ApiError(ConnectUsersError):
    """Amazon Connect answered with an error.

    `code` is AWS's error code, `operation` the API's name, `request_id` AWS's own, or empty;
    `remedy` is the class's unless the cause has one of its own.
    """

    remedy = "No change is left half-applied; fix the cause and run again."

    def __init__(
        self,
        message: str,
        *,
        operation: str = "",
        code: str = "",
        request_id: str = "",
        remedy: str = "",
    ) -> None:
        super().__init__(message)
        self.remedy = remedy or self.remedy
        self.operation = operation
        self.code = code
        self.request_id = request_id


class NotFound(ApiError):
    """The user, or something that the request names, does not exist (yet)."""

    remedy = "Check the ids; a resource created a moment ago may take a minute to appear."


class InvalidRequest(ApiError):
    """Connect does not accept the request."""

    remedy = "Correct the named attribute; if the preview accepted it, please report that."


class Duplicate(ApiError):
    """A user of this username exists already."""

    remedy = "Choose another username, or take the user over with adopt=True."


class Conflict(ApiError):
    """The resource is in use, or is currently changing."""

    remedy = "Wait for the other change to end, then run again."


class QuotaExceeded(ApiError):
    """A quota of the account or instance is full; waiting does not help."""

    remedy = "Request an increase in Service Quotas (Amazon Connect), or delete what is not needed."


class Throttled(ApiError):
    """Throttled beyond the time for retries."""

    remedy = "Run again later, lower connect:requestsPerSecond, or ask AWS for a higher rate."


class AccessDenied(ApiError):
    """The credentials may not make this call."""

    remedy = "Allow the action for the role in use, then run again."


class NotAuthenticated(AccessDenied):
    """AWS credentials are missing, expired or not valid."""

    remedy = (
        "Log in (`aws sso login`, or `aws configure` for an access key), or name a profile that "
        "has credentials: AWS_PROFILE, connect:profile or connect:profiles."
    )


class ServiceFailure(ApiError):
    """Amazon Connect failed and kept failing."""

    remedy = "Run again; it continues where it stopped."


class OutcomeUnknown(ApiError):
    """No answer arrived: the call may have taken effect or not."""

    remedy = "Run again: completed steps are recognised, missing ones are repeated."
