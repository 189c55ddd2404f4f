"""First passwords in a store of secrets, where a run ended between user and secret."""

import pytest

from pulumi_connect_users.users.state import UserState
from tests.support.bad_case import ABSENT
from tests.support.twin_process import Secrets, TwinProcess


@pytest.fixture
def secrets() -> Secrets:
    """Where the process keeps passwords."""
    return Secrets()


@pytest.fixture
def process(secrets: Secrets) -> TwinProcess:
    """A process with a store of secrets."""
    return TwinProcess(secret_store=secrets)


def _created(process: TwinProcess, on_user_delete: str) -> UserState:
    asked = {"onUserDelete": on_user_delete}
    inputs = process.inputs(password=ABSENT, initialPassword=asked)
    return process.users.create(inputs)


@pytest.mark.parametrize("on_user_delete", ["schedule", "keep"])
def test_secret_of_a_user_that_is_already_gone_goes_as_was_asked(
    process: TwinProcess, secrets: Secrets, on_user_delete: str
) -> None:
    """Deleted by hand, or by a run that was killed before it came to the secret."""
    state = _created(process, on_user_delete)
    process.connect.change("DeleteUser", UserId=state.user_id)

    process.users.delete(state)

    name = state.get("initialPasswordSecret")
    assert list(secrets.kept) == [name]
    assert secrets.scheduled == ([name] if on_user_delete == "schedule" else [])


def test_secret_that_a_user_made_since_uses_too_stays(
    process: TwinProcess, secrets: Secrets
) -> None:
    """A replacement that creates first: the user who was gone had the secret of the new one."""
    old = _created(process, "schedule")
    process.connect.change("DeleteUser", UserId=old.user_id)
    new = _created(process, "schedule")
    assert new.get("initialPasswordSecret") == old.get("initialPasswordSecret")

    process.users.delete(old)

    assert secrets.scheduled == []
