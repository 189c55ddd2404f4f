"""What Pulumi is told where something is wrong: sentences for people, with no value of theirs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pulumi.dynamic import CheckFailure, CheckResult

from ..core.errors import ConnectUsersError
from .properties import encode


def check_result(new: dict[str, Any], reasons: Iterable[object]) -> CheckResult:
    """What check answers where something is wrong.

    The property is empty: the engine prints the value of a named one, secret or not.
    """
    error_boundary = sorted({str(reason).strip() for reason in reasons})
    return CheckResult(encode(new), [CheckFailure("", reason) for reason in error_boundary])


@contextmanager
def error_boundary(doing: str, props: Mapping[str, Any]) -> Iterator[None]:
    """Errors as one line: doing, subject: cause. Remedy. Never a traceback through AWS's SDK."""
    from ..core.messages import GO_BACK, error_message, notes

    try:
        yield
    except ConnectUsersError as error:
        text = error_message(error, doing, props)
        if doing == "updating" and notes(error):
            text = f"{text} {GO_BACK}"
        raise _alone(type(error)(text)) from None


@contextmanager
def batch_error_boundary(doing: str) -> Iterator[None]:
    """Errors as one line that says what was done; the users in it are named already."""
    try:
        yield
    except ConnectUsersError as error:
        raise _alone(type(error)(f"{doing} users of a roster: {error}")) from None


def _alone(error: ConnectUsersError) -> ConnectUsersError:
    """The error, to be printed without a traceback.

    The SDK's server (3.272) prints the way through its code and ours, a dozen lines with the host's
    paths, above what there is to know. This is Python's own switch for that; other errors of the
    same process lose their way too, but only once there was one of these.
    """
    sys.tracebacklimit = 0
    return error
