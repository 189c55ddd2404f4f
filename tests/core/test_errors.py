"""Errors: every one that AWS models has a class, and every message can be acted upon."""

import re
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
    NoCredentialsError,
    ParamValidationError,
    ReadTimeoutError,
    SSOTokenLoadError,
)

import pulumi_connect_users
from pulumi_connect_users.aws.error_mapping import ERROR_CLASSES, translate
from pulumi_connect_users.core import errors
from pulumi_connect_users.core.errors import ApiError
from pulumi_connect_users.core.messages import error_message
from pulumi_connect_users.model import facts

PACKAGE = Path(pulumi_connect_users.__file__).parent
_PARTS = ("aws", "users", "live_data", "model", "roster", "orphans.py", "export")
_MODEL = (
    boto3.Session(region_name="us-west-2", aws_access_key_id="none", aws_secret_access_key="none")
    .client("connect")
    .meta.service_model
)
_STATE = {
    "username": "mary.major@example.com",
    "userArn": "arn:aws:connect:us-west-2:000000000000:instance/i-1/agent/u-1",
}
_SENT = {
    "InstanceId": "i-1",
    "Username": "mary.major@example.com",
    "Password": "Corr3ctHorse",
    "IdentityInfo": {"FirstName": "Mary", "LastName": "Major", "Mobile": "+15555550100"},
}


def _operations() -> list[str]:
    """The API's operations that this package's code names."""
    files = [f for part in _PARTS for f in sorted(PACKAGE.glob(f"{part}/**/*.py"))]
    files += [PACKAGE / part for part in _PARTS if part.endswith(".py")]
    words = set(re.findall(r'"([A-Z][A-Za-z]+)"', "\n".join(f.read_text() for f in files)))
    return sorted(words & set(_MODEL.operation_names))


def _modelled() -> list[tuple[str, str]]:
    return [
        (operation, str(shape.metadata.get("error", {}).get("code") or shape.name))
        for operation in _operations()
        for shape in _MODEL.operation_model(operation).error_shapes
    ]


def _answer(operation: str, code: str, status: int = 400) -> ClientError:
    text = "Mary Major <mary.major@example.com> +15555550100: Corr3ctHorse\nis not possible"
    response: Any = {
        "Error": {"Code": code, "Message": text},
        "ResponseMetadata": {"HTTPStatusCode": status, "RequestId": "r-1"},
    }
    return ClientError(response, operation)


def test_every_operation_of_the_model_is_among_those_tested() -> None:
    """The list is found in the code: a new call is tested without being written down here."""
    named = {v for k, v in vars(facts).items() if k.isupper() and isinstance(v, str)}

    assert named & set(_MODEL.operation_names) <= set(_operations())
    assert {"CreateUser", "DeleteUser", "DescribeUser", "SearchUsers"} <= set(_operations())


def test_every_modelled_error_of_every_call_has_a_class() -> None:
    """None falls through to a guess by HTTP status."""
    found = _modelled()
    print(f"{len(found)} errors of {len(_operations())} operations")  # noqa: T201

    assert [(o, code) for o, code in found if code not in ERROR_CLASSES] == []


@pytest.mark.parametrize(("operation", "code"), _modelled())
def test_message_is_one_line_with_subject_cause_and_remedy_and_no_value(
    operation: str, code: str
) -> None:
    """Doing, subject, id: cause. Remedy. AWS's text is in it without what we sent."""
    error = translate(_answer(operation, code), operation, _SENT)

    message = error_message(error, "updating", _STATE)

    assert type(error) is ERROR_CLASSES[code]
    subject = f"updating user {_STATE['username']}, u-1: "
    assert message.startswith(subject + operation)
    assert message.endswith(error.remedy)
    assert "\n" not in message
    assert code in message
    for value in ("mary.major", "Corr3ctHorse", "Mary", "Major", "+15555550100"):
        assert value not in message.removeprefix(subject)


def test_denial_names_the_action() -> None:
    error = translate(
        _answer("UpdateUserConfig", "AccessDeniedException", 403), "UpdateUserConfig", {}
    )

    assert "may not call connect:UpdateUserConfig" in str(error)
    assert error.remedy == "Allow connect:UpdateUserConfig to the role in use, then run again."


def test_denial_names_the_role_that_aws_names() -> None:
    """Who is denied is not always whom one thinks; the session's name may be a person's."""
    who = "arn:aws:sts::123456789012:assumed-role/Deploy/mary.major@example.com"
    text = f"User: {who} is not authorized to perform: connect:TagResource on resource: *"
    error = translate(
        ClientError({"Error": {"Code": "AccessDeniedException", "Message": text}}, "CreateUser"),
        "CreateUser",
        {},
    )

    assert error.remedy == "Allow connect:TagResource to the role Deploy, then run again."
    assert "mary.major" not in str(error)


@pytest.mark.parametrize(
    ("raised", "cause", "remedy"),
    [
        (NoCredentialsError(), "no AWS credentials were found", "Log in (`aws sso login`, or"),
        (SSOTokenLoadError(profile_name="x", error_msg="y"), "cannot be used", "Renew them (`aws"),
        (
            "ExpiredTokenException",
            "the AWS credentials have expired",
            "Renew them (`aws sso login`",
        ),
        ("UnrecognizedClientException", "credentials are not valid", "Check their source"),
        ("SignatureDoesNotMatch", "credentials are not valid", "Check their source"),
    ],
)
def test_credentials_have_the_remedy_of_their_own_cause(
    raised: Exception | str, cause: str, remedy: str
) -> None:
    """A permission is no remedy where there are no credentials: that was told to newcomers."""
    error = raised if isinstance(raised, Exception) else _answer("CreateUser", raised, 403)

    found = translate(error, "CreateUser", {})

    assert isinstance(found, errors.NotAuthenticated)
    assert cause in str(found)
    assert found.remedy.startswith(remedy)


def test_full_quota_is_named_and_no_throttling() -> None:
    """LimitExceeded answers 429 as throttling does; the code decides."""
    error = translate(_answer("CreateUser", "LimitExceededException", 429), "CreateUser", _SENT)

    assert isinstance(error, errors.QuotaExceeded)
    assert "users per instance" in str(error)


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        (ReadTimeoutError(endpoint_url="https://connect"), errors.OutcomeUnknown),
        (ConnectionClosedError(endpoint_url="https://connect"), errors.OutcomeUnknown),
        (EndpointConnectionError(endpoint_url="https://connect"), errors.ServiceFailure),
        (NoCredentialsError(), errors.NotAuthenticated),
        (ParamValidationError(report="Corr3ctHorse"), errors.InvalidRequest),
    ],
)
def test_failures_without_an_answer_are_told_apart(raised: Exception, kind: type[ApiError]) -> None:
    """What cannot have been sent may be sent again; what may have arrived is not known."""
    error = translate(raised, "CreateUser", _SENT)

    assert type(error) is kind
    assert "Corr3ctHorse" not in error_message(error, "creating", _STATE)


@pytest.mark.parametrize("status", [400, 403, 500, 503])
def test_error_that_aws_adds_later_still_has_a_class(status: int) -> None:
    """Unknown codes go by status; none is taken for the absence of a user."""
    error = translate(_answer("DescribeUser", "NewException", status), "DescribeUser", {})

    assert not isinstance(error, errors.NotFound)
    assert isinstance(error, ApiError)
