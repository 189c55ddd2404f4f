"""Parts of users in a roster, and names in a roster that differ in case."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.roster.unchanged import declared_text
from pulumi_connect_users.roster.workers import WorkerPool
from pulumi_connect_users.users.allowance import Allowance
from pulumi_connect_users.users.deletion_limit import DeletionLimit
from pulumi_connect_users.users.run.usernames import SimilarUsernames
from tests.roster.test_check import USER, batch
from tests.support.batches import CheckedBatch, check_batch, create_batch, plan_batch, update_batch
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN
from tests.support.provider_process import INSTANCE_ID, users_of

PART = {"adopt": True, "hierarchyGroup": "AMER/West/Team 1"}
CASE_ALONE = "username: differs from the existing one only in case"


@pytest.fixture
def local(store: Path) -> Local:
    """The embedded Connect, with Mary and Nikki in it."""
    local = Local(store)
    local.add_user()
    local.add_user("nikki.wolf")
    return local


def _checked(session: ConnectSession, old: Any, new: dict[str, Any], **more: Any) -> CheckedBatch:
    checked = check_batch(old, new, session, strict=False, **more)
    assert checked.failures == []
    return checked


def _parts(**users: Any) -> dict[str, Any]:
    return batch(MANAGED_ARN, **users)


def test_parts_in_a_roster_are_adopted_and_released(session: ConnectSession, local: Local) -> None:
    """Not told as deletions, not counted by connect:maxDeletes, and nobody is deleted."""
    users = users_of(session, MANAGED_ARN)
    workers = WorkerPool(ThreadPoolExecutor(2))
    both = _parts(**{"mary.major": PART, "nikki.wolf": PART})
    first = _checked(session, None, both)
    mary = json.loads(first.inputs["users"]["mary.major"])
    assert mary["securityProfileNames"] == ["Agent"]
    old = create_batch(first.inputs, users, workers)
    local.mark()
    again = _checked(session, first.inputs, both)
    assert not plan_batch(old, again.inputs).changes
    assert _checked(session, again.inputs, both).inputs == again.inputs
    assert local.calls() == []
    for text in again.inputs["users"].values():
        assert json.loads(declared_text(json.loads(text))).keys() == {
            "adopt",
            "hierarchyGroupId",
            "hierarchyPath",
        }

    local.mark()
    left = _checked(
        session,
        first.inputs,
        _parts(**{"nikki.wolf": PART}),
        deletion_limit=DeletionLimit(Allowance("maxDeletes", 0)),
    )
    update_batch(old, left.inputs, users, workers)

    (warning,) = [w for w in left.warnings if "mary.major" in w]
    assert warning == ("1 user will be released, not deleted (only parts are declared): mary.major")
    assert local.changes() == ["UntagResource"]
    assert len(local.users(INSTANCE_ID)) == 2


def test_part_of_nobody_in_a_roster_is_refused(session: ConnectSession, local: Local) -> None:
    refused = check_batch(None, _parts(**{"Mary.Major": PART}), session, strict=False).failures

    (text,) = refused
    assert text.startswith("Mary.Major: username: no user with this name exists in this instance")
    assert text.endswith("Did you mean mary.major?")


def test_many_whom_an_adoption_does_not_find_are_told_in_one_line(
    session: ConnectSession, local: Local
) -> None:
    """A typo in a path, and a whole team would be made again."""
    new = _parts(**{f"agent.{n}x{n}": {**USER, "adopt": True} for n in range(12)})
    new["passwords"] = dict.fromkeys(new["users"], "Corr3ctHorse")

    told = [w for w in check_batch(None, new, session, strict=False).warnings if "adopt" in w]

    (line,) = told
    assert "and 2 more: no user with this name exists" in line


@pytest.mark.parametrize("leaver_first", [False, True])
def test_change_of_case_alone_in_a_roster_is_refused_in_the_words_of_a_user(
    session: ConnectSession, local: Local, *, leaver_first: bool
) -> None:
    """The two names are in different batches: the second to be checked is refused."""
    known = SimilarUsernames()
    was = batch(mary=USER)
    before = _checked(session, None, was).inputs
    gone, come = batch() | {"users": {}}, batch(Mary=USER)

    def leave() -> list[str]:
        return check_batch(before, gone, session, similar_usernames=known).failures

    def arrive() -> list[str]:
        return check_batch(None, come, session, similar_usernames=known).failures

    said = [*leave(), *arrive()] if leaver_first else [*arrive(), *leave()]

    (refused,) = said
    assert CASE_ALONE in refused


def test_name_in_another_case_may_come_where_the_other_stays_in_connect(
    session: ConnectSession, local: Local
) -> None:
    known = SimilarUsernames()
    before = _checked(session, None, batch(mary=USER)).inputs
    gone = batch() | {"users": {}, "onRemove": "retain"}

    _checked(session, before, gone, similar_usernames=known)
    _checked(session, None, batch(Mary=USER), similar_usernames=known)


def test_two_names_of_a_roster_that_differ_in_case_are_told(
    session: ConnectSession, local: Local
) -> None:
    """When the second comes, whichever batch it is in; and no more once both are there."""
    before = _checked(session, None, batch(mary=USER)).inputs
    known = SimilarUsernames()
    assert _checked(session, None, batch(Mary=USER), similar_usernames=known).warnings == []
    (told,) = _checked(session, before, batch(mary=USER), similar_usernames=known).warnings
    assert told.startswith("mary: username: differs only in case from Mary;")

    both = _checked(session, None, batch(mary=USER, Mary=USER)).inputs
    later = _checked(
        session, both, batch(mary=USER, Mary=USER), similar_usernames=SimilarUsernames()
    )
    assert later.warnings == []
