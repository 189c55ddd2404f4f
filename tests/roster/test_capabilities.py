"""What security profiles allow, in a roster: in each user's text, and never a change."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.roster.workers import WorkerPool
from tests.roster.test_check import USER, batch
from tests.support.batches import Bag, check_batch, create_batch, plan_batch
from tests.support.local_connect import Local
from tests.support.programs import SAML_ARN, SAML_ID
from tests.support.provider_process import session_over, users_of

AGENT = {**USER, "securityProfiles": ["Agent"]}
LEAD = {**USER, "securityProfiles": ["Team Lead"]}


def _checked(session: ConnectSession, old: Bag | None, new: Bag) -> Bag:
    checked = check_batch(old, new, session)
    assert checked.failures == []
    return checked.inputs


def _capabilities(inputs: Bag) -> dict[str, Any]:
    users: dict[str, str] = inputs["users"]
    return {name: json.loads(text).get("capabilities") for name, text in users.items()}


def _without(inputs: Bag) -> Bag:
    """As an earlier version left it."""
    texts = {name: json.loads(text) for name, text in inputs["users"].items()}
    users = {
        name: json.dumps(
            {k: v for k, v in user.items() if k != "capabilities"},
            sort_keys=True,
            separators=(",", ":"),
        )
        for name, user in texts.items()
    }
    return {**inputs, "users": users}


def test_each_user_has_its_own_and_a_state_without_them_changes_nothing(local: Local) -> None:
    """They follow what the profile allows now, also for users that are not validated again."""
    lead = local.add_security_profile("Team Lead", "Users.View", instance_id=SAML_ID)
    declared = batch(SAML_ARN, **{"amy.agent": AGENT, "lee.lead": LEAD})
    first = session_over(local.path)
    made = _checked(first, None, declared)
    assert _capabilities(made) == {"amy.agent": [], "lee.lead": ["export-users"]}
    workers = WorkerPool(ThreadPoolExecutor(2))
    outputs = create_batch(made, users_of(first, SAML_ARN), workers)

    local.client.update_security_profile(
        InstanceId=SAML_ID, SecurityProfileId=lead, Permissions=["Users.EditPermission"]
    )
    for old_inputs, old_outputs in ((made, outputs), (_without(made), _without(outputs))):
        again = _checked(session_over(local.path), old_inputs, declared)
        leads = ["become-admin", "change-rights"]
        assert _capabilities(again) == {"amy.agent": [], "lee.lead": leads}
        assert not plan_batch(old_outputs, again).changes


def test_users_whose_profiles_cannot_be_read_lose_the_fact_alone(local: Local) -> None:
    declared = batch(SAML_ARN, **{"amy.agent": AGENT})
    made = _checked(session_over(local.path), None, declared)
    local.store.control(
        faults=[{"operation": "ListSecurityProfilePermissions", "kind": "access-denied"}]
    )

    again = _checked(session_over(local.path), made, declared)

    assert again == _without(made)
