"""check of an agent's status: what is known without a look-up, and what a preview cannot know."""

from __future__ import annotations

from typing import Any

import pytest

from pulumi_connect_users.gateway.session import Session
from pulumi_connect_users.gateway.settings import read_settings
from pulumi_connect_users.lifecycle.bag import UNKNOWN
from pulumi_connect_users.lifecycle.live.status import check, plan
from tests.engine.programs import MANAGED_ARN

_STATUS: dict[str, Any] = {
    "userArn": f"{MANAGED_ARN}/agent/33333333-3333-4333-8333-333333333333",
    "agentStatus": "Available",
    "triggers": ["monday"],
    "enforce": True,
}


@pytest.fixture(scope="module")
def offline() -> Session:
    """A process that reaches nothing."""
    return Session(read_settings({"endpoint": "http://127.0.0.1:9"}.get, {}))


def test_status_of_the_last_run_stays_where_it_cannot_be_looked_up(
    session: Session, offline: Session
) -> None:
    """A preview without a network shows no change; a status that was never resolved is refused."""
    old = check(None, _STATUS, session).inputs

    assert check(old, _STATUS, offline).inputs == old
    (failure,) = check(old, _STATUS | {"agentStatus": "Offline"}, offline).failures
    assert failure.startswith("agent_status: cannot be looked up: ")


@pytest.mark.parametrize("key", _STATUS)
def test_value_that_is_not_known_yet_is_refused_nowhere_and_changes(
    key: str, session: Session
) -> None:
    """Nothing is judged that a preview cannot know."""
    old = check(None, _STATUS, session)
    assert old.failures == []

    checked = check(old.inputs, _STATUS | {key: UNKNOWN}, session)

    assert checked.failures == []
    assert plan(old.inputs, checked.inputs).changes
