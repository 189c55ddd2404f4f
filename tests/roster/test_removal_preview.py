"""Who leaves a roster is told at the preview, and too many are refused there."""

import json
from collections.abc import Callable
from typing import Any

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.emulator import Store
from pulumi_connect_users.users.deletion_limit import DeletionLimit
from tests.support.batches import CheckedBatch, check_batch
from tests.support.programs import SAML_ARN

SessionOf = Callable[[Store], ConnectSession]


def _batch(*names: str, **more: Any) -> dict[str, Any]:
    """A batch's words; `ana` is an administrator."""
    users = {
        name: json.dumps(
            {
                "identityInfo": {"firstName": "Mary", "lastName": "Major"},
                "routingProfile": "Basic Routing Profile",
                "securityProfiles": ["Admin" if name == "ana" else "Agent"],
            }
        )
        for name in names
    }
    return {"instanceArn": SAML_ARN, "users": users, **more}


def _after(
    session: ConnectSession, new: dict[str, Any], deletion_limit: DeletionLimit | None = None
) -> CheckedBatch:
    """What check says of a batch that had four users before."""
    before = check_batch(None, _batch("ana", "bob", "eve", "zoe"), session).inputs
    return check_batch(before, new, session, deletion_limit=deletion_limit)


def test_leavers_are_named_and_privileged_ones_marked(centre: Store, session_of: SessionOf) -> None:
    checked = _after(session_of(centre), _batch("bob", "zoe"))

    assert checked.warnings == ["2 users will be deleted: ana (privileged: Admin), eve"]
    assert checked.failures == []


def test_retained_and_released_users_are_no_leavers(centre: Store, session_of: SessionOf) -> None:
    session = session_of(centre)

    retained = _after(session, _batch("bob", onRemove="retain"), DeletionLimit(0))
    released = _after(session, _batch("bob", released=["ana", "eve", "zoe"]), DeletionLimit(0))

    assert (retained.warnings, retained.failures) == ([], [])
    assert (released.warnings, released.failures) == ([], [])


def test_more_leavers_than_the_run_may_delete_are_refused(
    centre: Store, session_of: SessionOf
) -> None:
    """connect:maxDeletes closes at the preview; a batch that is checked twice counts once."""
    session, deletion_limit = session_of(centre), DeletionLimit(2)

    within = [_after(session, _batch("bob", "zoe"), deletion_limit).failures for _ in range(2)]
    beyond = _after(session, _batch("bob"), deletion_limit).failures

    assert within == [[], []]
    assert len(beyond) == 1
    assert beyond[0].startswith("3 users of rosters would be deleted, and connect:maxDeletes")
