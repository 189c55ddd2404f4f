"""Answers that are not Amazon Connect's, broken, or about something else than was asked."""

import json
from pathlib import Path

import pytest

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.aws.settings import Settings
from pulumi_connect_users.core.errors import (
    AccessDenied,
    ApiError,
    LookUpUnavailable,
    OutcomeUnknown,
    ServiceFailure,
)
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN
from tests.support.stand_in_endpoint import ARN, INSTANCE, PAGE, Answer, Endpoint, of_json, serving

INSTANCE_ID = ARN.rsplit("/", 1)[-1]


@pytest.mark.parametrize(
    ("status", "kind"),
    [(200, OutcomeUnknown), (403, ServiceFailure), (404, ServiceFailure), (504, OutcomeUnknown)],
)
def test_web_page_is_told_as_one_and_not_shown(
    endpoint: Endpoint, status: int, kind: type[ApiError]
) -> None:
    """A proxy that wants a login knows nothing of users, nor of who may see them."""
    endpoint.answers[INSTANCE_ID] = [Answer(PAGE, status, "text/html; charset=utf-8")]

    with pytest.raises(kind) as told:
        endpoint.session().connect(ARN)

    assert f"the response is a web page (HTTP {status})" in str(told.value)
    assert "<" not in str(told.value)


def test_deletion_that_a_web_page_answers_is_not_done(endpoint: Endpoint) -> None:
    """An answer that need not hold anything must be Connect's all the same."""
    endpoint.answers["u-1"] = [Answer(PAGE, 200, "text/html")]
    connect = endpoint.session().connect(ARN)

    with pytest.raises(OutcomeUnknown):
        connect.call("DeleteUser", UserId="u-1")


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"[]", 200), (b'{"Instance": {"CreatedTime": "x"}}', 200), (b"\xff", 400), (b'"x"', 500)],
)
def test_body_that_cannot_be_read_is_an_unknown_outcome(
    endpoint: Endpoint, body: bytes, status: int
) -> None:
    """What botocore's parsers fall over reaches people as one of our errors."""
    endpoint.answers[INSTANCE_ID] = [Answer(body, status)]

    with pytest.raises(ApiError, match="DescribeInstance: "):
        endpoint.session().connect(ARN)


def test_answer_that_breaks_off_once_is_asked_for_again(endpoint: Endpoint) -> None:
    """A read may be repeated."""
    endpoint.answers[INSTANCE_ID] = [Answer(b"null"), of_json(INSTANCE)]

    assert endpoint.session().connect(ARN).instance_arn == ARN


@pytest.mark.parametrize("date", ["", "yesterday", "Sun, 99 Nov 1994 08:49:37 GMT"])
def test_date_that_is_none_does_not_fail_a_change(endpoint: Endpoint, date: str) -> None:
    """The change was made; when is not known."""
    endpoint.answers["u-1"] = [Answer(b"{}", headers={"Date": date})]
    connect = endpoint.session().connect(ARN)

    connect.call("DeleteUser", UserId="u-1")

    assert endpoint.requests[-1][0] == "DELETE"


def test_user_on_a_later_page_of_a_search_is_found(endpoint: Endpoint) -> None:
    """A page of a search may be empty and not the last."""
    row = {"Id": "u-1", "Username": "mary.major"}
    endpoint.answers["search-users"] = [
        of_json({"Users": [], "NextToken": "more"}),
        of_json({"Users": [row]}),
    ]
    endpoint.answers["u-1"] = [of_json({"User": row})]

    mary = endpoint.session().find_user(ARN, "mary.major")
    assert mary is not None
    assert mary.attributes == row
    assert json.loads(endpoint.requests[-2][2])["NextToken"] == "more"


def test_throttling_does_not_use_up_the_attempts_of_failures(tmp_path: Path) -> None:
    """Five throttled answers and then a failure: the failure is the first, and is tried again."""
    local = Local(tmp_path / "local.db")
    settings = Settings(endpoint="local", store=local.path, requests_per_second=None)
    connect = ConnectSession(settings).connect(MANAGED_ARN)
    local.store.control(
        faults=[
            {"operation": "ListUsers", "kind": "throttle", "times": 5},
            {"operation": "ListUsers", "kind": "server-error", "nth": 6},
        ]
    )
    local.mark()

    connect.call("ListUsers")

    assert local.calls() == ["ListUsers"] * 7


def _refused(code: str) -> Answer:
    text = f"<ErrorResponse><Error><Code>{code}</Code><Message>no</Message></Error></ErrorResponse>"
    return Answer(text.encode(), 400, "text/xml")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("ResourceNotFoundException", AccessDenied),
        ("ValidationError", AccessDenied),
        ("ExpiredToken", AccessDenied),
    ],
)
def test_refused_role_says_nothing_about_users(
    aws: pytest.MonkeyPatch, tmp_path: Path, code: str, kind: type[ApiError]
) -> None:
    """Whatever is not found while credentials are fetched: no user is forgotten for it."""
    (tmp_path / "config").write_text(
        "[profile role]\nrole_arn = arn:aws:iam::123456789012:role/deploy\nsource_profile = base\n"
        "[profile base]\naws_access_key_id = testing\naws_secret_access_key = testing\n"
    )
    with serving() as sts:
        sts.answers[""] = [_refused(code)]
        aws.setenv("AWS_ENDPOINT_URL_STS", sts.url)
        session = ConnectSession(Settings(profile="role", requests_per_second=None))
        with pytest.raises(kind) as told:
            session.connect(ARN)

    assert f"getting credentials with AssumeRole failed ({code}" in str(told.value)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("half", "loading AWS credentials: Partial credentials"),
        ("helper", "loading AWS credentials: CredentialRetrievalError"),
    ],
)
def test_credentials_that_cannot_be_loaded_keep_no_preview_from_going_on(
    aws: pytest.MonkeyPatch, tmp_path: Path, profile: str, expected: str
) -> None:
    """They are like none at all; what a helper says about its secrets is not repeated."""
    (tmp_path / "config").write_text(
        "[profile half]\naws_access_key_id = testing\n"
        "[profile helper]\ncredential_process = sh -c 'echo hunter2 >&2; exit 1'\n"
    )

    with pytest.raises(LookUpUnavailable) as told:
        ConnectSession(Settings(profile=profile)).instance(ARN)

    assert str(told.value).startswith(expected)
    assert "hunter2" not in str(told.value)
