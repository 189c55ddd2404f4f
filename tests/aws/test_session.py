"""A session: what it asks once, and how it tells what it could not see."""

from pathlib import Path

import pytest

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.aws.settings import Settings
from pulumi_connect_users.core.arns import last_part
from pulumi_connect_users.core.errors import AccessDenied, LookUpUnavailable, SettingsError
from pulumi_connect_users.core.ownership import OwnershipMark
from pulumi_connect_users.core.run_hooks import RunHooks
from pulumi_connect_users.users.allowance import Share
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN

EXPIRED = {"kind": "error", "code": "ExpiredTokenException"}


@pytest.fixture
def local(tmp_path: Path) -> Local:
    """The embedded Connect, behind the session's back."""
    return Local(tmp_path / "local.db")


@pytest.fixture
def warnings() -> list[str]:
    """What people are told."""
    return []


@pytest.fixture
def session(local: Local, warnings: list[str]) -> ConnectSession:
    """One process."""
    settings = Settings(endpoint="local", store=local.path, requests_per_second=None)
    return ConnectSession(settings, RunHooks(warn=warnings.append))


def test_instance_that_cannot_be_seen_is_asked_and_warned_of_once(
    session: ConnectSession, local: Local, warnings: list[str]
) -> None:
    """A preview goes on without it, for each of its users."""
    local.store.control(faults=[{"operation": "DescribeInstance", **EXPIRED}])
    local.mark()

    for _ in range(3):
        with pytest.raises(LookUpUnavailable, match="the AWS credentials have expired") as raised:
            session.instance(MANAGED_ARN)
        assert "aws sso login" not in str(raised.value), "the remedy is said once"

    assert local.calls() == ["DescribeInstance"]
    (warning,) = warnings
    assert "Renew them (`aws sso login`" in warning


def test_instance_that_cannot_be_used_is_an_error_and_no_warning_too(
    session: ConnectSession, local: Local, warnings: list[str]
) -> None:
    """One failure is told once."""
    local.store.control(faults=[{"operation": "DescribeInstance", **EXPIRED}])

    with pytest.raises(AccessDenied):
        session.connect(MANAGED_ARN)

    assert warnings == []


def test_credentials_that_expire_during_a_refresh_are_no_missing_permission(
    session: ConnectSession, local: Local, warnings: list[str]
) -> None:
    """The remedy is another login, not another policy."""
    snapshot = session.snapshot(MANAGED_ARN, "organization/project/dev")
    local.store.control(faults=[{"operation": "SearchUsers", **EXPIRED}])

    with pytest.raises(AccessDenied, match="ExpiredTokenException"):
        snapshot.row("u-1")

    assert warnings == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("local-managed", "An alias is not enough: give the id or ARN."),
        (f"{last_part(MANAGED_ARN)}:x", "that is the id of a resource in an instance"),
    ],
)
def test_instance_that_is_named_otherwise_says_what_it_takes(
    session: ConnectSession, given: str, said: str
) -> None:
    """`aws.connect.Instance.id` is a bare id, its `arn` and aws-native's `id` are ARNs."""
    with pytest.raises(SettingsError, match=said):
        session.instance(given)


@pytest.mark.parametrize(
    ("stack", "denied", "counted", "calls"),
    [("o/p/s", False, 4, 1), ("o/p/s", True, 0, 1), ("o/p/other", False, 0, 1), ("", False, 0, 0)],
    ids=["ours", "denied", "others", "ownership off"],
)
def test_share_counts_the_users_with_the_mark_of_the_stack_once(
    local: Local, warnings: list[str], *, stack: str, denied: bool, counted: int, calls: int
) -> None:
    """Where they cannot be counted, the least that a share allows holds, with a warning."""
    for n in range(4):
        mark = OwnershipMark("o/p/s", f"mark{n}")
        local.add_user(f"agent.{n}", Tags=mark.tags())
    settings = Settings(
        endpoint="local", store=local.path, requests_per_second=None, max_deletes=Share(100)
    )
    session = ConnectSession(settings, RunHooks(warn=warnings.append), stacks=lambda: (stack,))
    session.instance(MANAGED_ARN)
    if denied:
        local.store.control(faults=[{"operation": "SearchUsers", "kind": "access-denied"}])
    local.mark()

    reasons = [session.deletion_limit.foresee([f"{n}" for n in range(5)]) for _ in range(2)]

    of = f"(100% of {counted} users, at least 3) allows {max(3, counted)} in one run"
    assert all(reason and of in reason for reason in reasons)
    assert local.calls() == ["SearchUsers"] * calls
    assert len(warnings) == denied
