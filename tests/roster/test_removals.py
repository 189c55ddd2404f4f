"""A user who leaves a roster but has to stay for now: everybody else comes and goes."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.core.errors import DeletionRefused
from pulumi_connect_users.roster.workers import WorkerPool
from tests.roster.test_check import USER, batch
from tests.support.batches import check_batch, create_batch, update_batch
from tests.support.local_connect import Local
from tests.support.programs import SAML_ARN
from tests.support.provider_process import users_of


def test_user_who_must_not_be_deleted_yet_keeps_nobody_waiting(
    session: ConnectSession, store: Path
) -> None:
    """An agent on a call must not hold up the changes of a 64th of all users."""
    users, workers = users_of(session, SAML_ARN), WorkerPool(ThreadPoolExecutor(2))
    local = Local(store)

    def checked(old: Any, **declared: Any) -> dict[str, Any]:
        found = check_batch(old, batch(**declared), session)
        assert found.failures == []
        return found.inputs

    before = create_batch(checked(None, mary=USER, li=USER, ana=USER), users, workers)
    changed = USER | {"tags": {"a": "changed"}}
    after = checked(before, li=changed, new=USER)
    unseen = {"kind": "error", "code": "AccessDeniedException", "nth": 1}
    local.store.control(faults=[{"operation": "GetCurrentUserData", **unseen}])

    with pytest.raises(DeletionRefused, match="1 of 4 users failed, 3 are done"):
        update_batch(before, after, users, workers)

    live = {u["Username"]: u for u in local.users(SAML_ARN.rsplit("/", 1)[1])}
    assert len(live) == 3
    assert live["li"]["Tags"]["a"] == "changed"
    assert "new" in live
    outputs = update_batch(before, after, users, workers)
    assert sorted(outputs["userIds"]) == ["li", "new"]
