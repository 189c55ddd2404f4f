"""check of an agent's status: what is known without a look-up, and what a preview cannot know."""

from typing import Any

import pytest

from pulumi_connect_users.core.arns import last_part
from pulumi_connect_users.core.lookups import Lookups
from pulumi_connect_users.core.unknowns import UNKNOWN
from pulumi_connect_users.users.status import UserStatus, plan
from pulumi_connect_users.users.status_check import check
from tests.support.programs import MANAGED_ARN, SAML_ARN

_STATUS: dict[str, Any] = {
    "userArn": f"{MANAGED_ARN}/agent/33333333-3333-4333-8333-333333333333",
    "agentStatus": "Available",
    "triggers": ["monday"],
    "enforce": True,
}


_NEW = UserStatus.decode({})


def test_status_of_the_last_run_stays_where_it_cannot_be_looked_up(
    session: Lookups, offline: Lookups
) -> None:
    """A preview without a network shows no change; a status that was never resolved is refused."""
    old = UserStatus.decode(check(_NEW, _STATUS, session).inputs)

    assert check(old, _STATUS, offline).inputs == old.properties
    (failure,) = check(old, _STATUS | {"agentStatus": "Offline"}, offline).failures
    assert failure.startswith("agent_status: cannot be looked up: ")


def test_user_and_status_in_any_form_of_id_are_the_same(session: Lookups, offline: Lookups) -> None:
    """`aws.connect.User.id` is INSTANCE:ID: it becomes the ARN, which state holds."""
    wanted = UserStatus.decode(check(_NEW, _STATUS, session).inputs)
    instance, user = last_part(MANAGED_ARN), last_part(_STATUS["userArn"])
    status = wanted.status_id
    given = {k: v for k, v in _STATUS.items() if k != "agentStatus"}
    given["userArn"] = f"{instance}:{user}"

    for form in (status, f"{instance}:{status}", f"{MANAGED_ARN}/agent-state/{status}"):
        given["agentStatusId"] = form
        found = check(_NEW, given, session)
        assert (found.failures, found.inputs) == ([], wanted.properties)
        assert not plan(wanted, found.inputs).changes
    assert check(wanted, given, offline).inputs["userArn"] == wanted.user_arn
    (failure,) = check(_NEW, given, offline).failures
    assert failure.startswith("user_arn: cannot be looked up: ")
    assert failure.endswith("Fix that, or pass the ARN.")


@pytest.mark.parametrize(
    "foreign",
    [f"{last_part(SAML_ARN)}:s", f"{SAML_ARN}/agent-state/s"],
)
def test_status_of_another_instance_is_refused(session: Lookups, foreign: str) -> None:
    """An id that looks right by its last part sets another status, or none."""
    given = {k: v for k, v in _STATUS.items() if k != "agentStatus"} | {"agentStatusId": foreign}

    (failure,) = check(_NEW, given, session).failures

    assert failure == (
        f"agent_status_id: is an agent status of another instance. Give one of {MANAGED_ARN}."
    )


@pytest.mark.parametrize("key", _STATUS)
def test_value_that_is_not_known_yet_is_refused_nowhere_and_changes(
    key: str, session: Lookups
) -> None:
    """Nothing is judged that a preview cannot know."""
    first = check(_NEW, _STATUS, session)
    assert first.failures == []
    old = UserStatus.decode(first.inputs)

    checked = check(old, _STATUS | {key: UNKNOWN}, session)

    assert checked.failures == []
    assert plan(old, checked.inputs).changes
