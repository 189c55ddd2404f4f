"""Who leaves a roster is told at the preview, and too many are refused there."""

import json
from collections.abc import Callable
from typing import Any

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.emulator import Store
from pulumi_connect_users.users.admin_minimum import AdminMinimum
from pulumi_connect_users.users.allowance import Allowance
from pulumi_connect_users.users.deletion_limit import DeletionLimit
from tests.report.builders import USER_BATCH, digest, report, step
from tests.support.batches import CheckedBatch, check_batch
from tests.support.programs import MANAGED_ARN, SAML_ARN

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

    retained = _after(
        session, _batch("bob", onRemove="retain"), DeletionLimit(Allowance("maxDeletes", 0))
    )
    released = _after(
        session,
        _batch("bob", released=["ana", "eve", "zoe"]),
        DeletionLimit(Allowance("maxDeletes", 0)),
    )

    assert (retained.warnings, retained.failures) == ([], [])
    assert (released.warnings, released.failures) == ([], [])


def test_more_leavers_than_the_run_may_delete_are_refused(
    centre: Store, session_of: SessionOf
) -> None:
    """connect:maxDeletes closes at the preview; a batch that is checked twice counts once."""
    session, deletion_limit = session_of(centre), DeletionLimit(Allowance("maxDeletes", 2))

    within = [_after(session, _batch("bob", "zoe"), deletion_limit).failures for _ in range(2)]
    beyond = _after(session, _batch("bob"), deletion_limit).failures

    assert within == [[], []]
    assert len(beyond) == 1
    assert beyond[0].startswith("3 users of rosters would be deleted, and connect:maxDeletes")


def test_last_admin_neither_leaves_nor_changes(centre: Store, session_of: SessionOf) -> None:
    """connect:minAdmins closes at the preview; one who is released or retained keeps Admin."""
    agent = _batch("bob")["users"]["bob"]
    cases: dict[str, tuple[dict[str, Any], bool]] = {
        "leaves": (_batch("bob", "eve", "zoe"), True),
        "changes": (_batch("bob", "eve", "zoe") | {"users": {"ana": agent}}, True),
        "stays": (_batch("ana"), False),
        "is released": (_batch("bob", released=["ana"]), False),
        "is retained": (_batch("bob", onRemove="retain"), False),
        "moves": (_batch("ana") | {"instanceArn": MANAGED_ARN}, True),
    }
    for why, (new, refused) in cases.items():
        session = session_of(centre)
        guard = AdminMinimum(1, session.connect)
        before = check_batch(None, _batch("ana", "bob", "eve", "zoe"), session).inputs
        failures = check_batch(before, new, session, admin_minimum=guard).failures
        losing = [text for text in failures if "would lose the security profile Admin" in text]
        assert bool(losing) is refused, why
        assert all("(ana), and there would be 0 left on the instance" in text for text in losing)


def test_report_lists_leavers_and_repeats_no_warning_about_them(
    centre: Store, session_of: SessionOf
) -> None:
    """Unless it cannot list them, where the roster is secret as a whole."""
    session = session_of(centre)
    old = check_batch(None, _batch("ana", "bob", "eve", "zoe"), session).inputs
    moved = _batch("zoe") | {"instanceArn": MANAGED_ARN}
    checked = [check_batch(old, new, session) for new in (_batch("zoe"), moved)]
    told = [text for one in checked for text in one.warnings if "will be" in text]
    assert len(told) == 2
    warnings = [{"severity": "warning", "message": f"warning: {text}"} for text in told]
    failure = {"severity": "error", "message": "error: no"}
    listed = step("update", old, _batch("zoe"), name="west", kind=USER_BATCH)
    secret = step("update", {"users": "[secret]"}, {}, name="west", kind=USER_BATCH)

    failed = report(digest(listed, diagnostics=[*warnings, failure])).problems
    assert [problem.severity for problem in failed] == ["error"]
    assert len(report(digest(secret, diagnostics=warnings)).problems) == 2
