"""A batch brought from one state to another: who is made, changed, kept, forgotten, deleted."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.core import errors
from pulumi_connect_users.core.errors import ApiError, ConnectUsersError
from pulumi_connect_users.core.run_hooks import RunHooks
from pulumi_connect_users.roster.partition import canonical
from pulumi_connect_users.roster.workers import Task, WorkerPool
from pulumi_connect_users.users.service import InstanceUsers
from pulumi_connect_users.users.state import UserState
from tests.support.batches import (
    check_batch,
    create_batch,
    delete_batch,
    inputs_of,
    plan_batch,
    read_batch,
    update_batch,
)
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, MANAGED_ID, SAML_ARN, SAML_ID
from tests.support.provider_process import session_over, users_of

OWNERSHIP = "o/p/s#" + "0" * 8
TEAM = ("ana", "bob", "eve", "li", "mary", "zoe")


@dataclass
class Process:
    """A provider process that works on one batch."""

    store: Path
    pool: ThreadPoolExecutor
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session = session_over(self.store, RunHooks(inform=self.said.append))
        self.workers = WorkerPool(self.pool, lambda text: None)
        self.local = Local(self.store)
        self.local.mark()

    def users(self, arn: str = SAML_ARN) -> InstanceUsers:
        """The users of an instance, read in bulk."""
        snapshots = partial(self.session.snapshot, arn)
        return users_of(self.session, arn, snapshots)

    def checked(self, old: Any, *names: str, arn: str = SAML_ARN, **more: Any) -> dict[str, Any]:
        """What check makes of a batch of these users; `last` gives all another last name."""
        last = more.pop("last", "Major")
        email = {"email": "marym@example.com"} if arn == MANAGED_ARN else {}
        user = {
            "identityInfo": {"firstName": "Mary", "lastName": last, **email},
            "routingProfile": "Basic Routing Profile",
            "securityProfiles": ["Agent"],
            **more.pop("each", {}),
        }
        texts = {name: canonical(user) for name in names}
        words = {"instanceArn": arn, "ownership": OWNERSHIP, "users": texts, **more}
        checked = check_batch(old, words, self.session)
        assert checked.failures == []
        return checked.inputs

    def created(self, *names: str, **more: Any) -> dict[str, Any]:
        """The outputs of a new batch."""
        arn = str(more.get("arn", SAML_ARN))
        return create_batch(self.checked(None, *names, **more), self.users(arn), self.workers)

    def updated(self, old: dict[str, Any], *names: str, **more: Any) -> dict[str, Any]:
        """The outputs after an update to these users; the calls are counted from here on."""
        arn = str(more.get("arn", SAML_ARN))
        new = self.checked(old, *names, **more)
        self.local.mark()
        return update_batch(old, new, self.users(arn), self.workers)

    def there(self, instance: str = SAML_ID) -> dict[str, str]:
        """Ids by username."""
        return {str(u["Username"]): str(u["Id"]) for u in self.local.users(instance)}

    def changes(self) -> Counter[str]:
        """The mutating calls so far, counted."""
        return Counter(self.local.changes())


@pytest.fixture
def process(store: Path) -> Iterator[Process]:
    """A process with one worker, so that the order of calls is that of the work."""
    with ThreadPoolExecutor(1) as pool:
        yield Process(store, pool)


def test_user_who_leaves_goes_before_anybody_is_made(process: Process) -> None:
    old = process.created("ana", "bob")

    new = process.updated(old, "bob", "eve")

    assert process.local.changes() == ["DeleteUser", "CreateUser"]
    assert new["userIds"] == process.there()
    assert set(new["users"]) == {"bob", "eve"}


@pytest.mark.parametrize("when", ["before", "now"])
@pytest.mark.parametrize("how", [{"onRemove": "retain"}, {"released": ["ana"]}])
def test_user_who_is_let_go_is_only_forgotten(
    process: Process, how: dict[str, Any], when: str
) -> None:
    """Asked for with the removal or by the program of before: either is meant."""
    asked = how if when == "before" else {}
    old = process.created("ana", "bob") | asked
    process.said.clear()

    new = process.updated(old, "bob", **(how if when == "now" else {}))

    assert process.changes() == {}
    assert set(new["users"]) == {"bob"}
    assert set(process.there()) == {"ana", "bob"}
    assert process.said == ["ana: removed from state only, not deleted"]


def test_batch_that_goes_deletes_its_users_but_those_that_are_retained(process: Process) -> None:
    """What a destroy does, with and without `on_remove="retain"`."""
    gone, kept = process.created("ana", "bob"), process.created("eve", onRemove="retain")

    delete_batch(gone, process.users(), process.workers)
    delete_batch(kept, process.users(), process.workers)

    assert set(process.there()) == {"eve"}


def test_option_of_users_is_stored_without_a_call(process: Process) -> None:
    """Deletion sees outputs only: an `on_delete` that stayed in the inputs would be lost."""
    old = process.created("ana", "bob")

    new = process.updated(old, "ana", "bob", each={"onDelete": "force"})

    assert process.changes() == {}
    assert plan_batch(old, new).changes
    assert all('"onDelete":"force"' in text for text in new["users"].values())
    assert new["userIds"] == old["userIds"]


def test_new_name_of_a_profile_reaches_state_without_a_call(process: Process) -> None:
    """Names are no change of a user; with the next change of a colleague they are stored."""
    old = process.created("ana", "bob")
    was = old["users"]["bob"].replace("Basic Routing Profile", "Former Name")
    stale = old | {"users": old["users"] | {"bob": was}}
    new = process.checked(old, "ana", "bob")
    new["users"]["ana"] = process.checked(old, "ana", last="Stiles")["users"]["ana"]
    process.local.mark()

    outputs = update_batch(stale, new, process.users(), process.workers)

    assert process.changes() == {"UpdateUserIdentityInfo": 1}
    assert outputs["users"] == new["users"]


def test_changed_user_is_one_call_and_the_others_none(process: Process) -> None:
    """Outputs hold the new text of the one and the old of the rest."""
    old = process.created(*TEAM)
    new = process.checked(old, *TEAM)
    text = process.checked(old, "eve", last="Stiles")["users"]["eve"]
    new["users"] = new["users"] | {"eve": text}
    process.local.mark()

    outputs = update_batch(old, new, process.users(), process.workers)

    assert process.changes() == {"UpdateUserIdentityInfo": 1}
    assert outputs["users"] == old["users"] | {"eve": text}
    assert outputs["userIds"] == old["userIds"]


def test_user_with_a_new_password_is_replaced_under_the_same_name(process: Process) -> None:
    """The old one goes first, or the name is taken; the plan sees the password beside the text."""
    each = {"onPasswordChange": "replace"}
    words: dict[str, Any] = {"arn": MANAGED_ARN, "each": each}
    old = process.created("ana", **words, passwords={"ana": "Corr3ctHorse"})
    before = process.there(MANAGED_ID)
    new = process.checked(old, "ana", **words, passwords={"ana": "An0therHorse"})
    assert plan_batch(old, new).changes
    process.local.mark()

    outputs = update_batch(old, new, process.users(MANAGED_ARN), process.workers)

    assert process.local.changes() == ["DeleteUser", "CreateUser"]
    assert process.there(MANAGED_ID).keys() == before.keys()
    assert process.there(MANAGED_ID) != before
    assert outputs["passwords"] == {"ana": "An0therHorse"}


def test_passwords_stay_in_the_outputs_of_a_read(process: Process) -> None:
    """No API tells them; lost, the next preview would show them as added."""
    old = process.created("ana", arn=MANAGED_ARN, passwords={"ana": "Corr3ctHorse"})

    found = read_batch(old, process.users(MANAGED_ARN), process.workers)

    assert found == old


def test_what_an_interrupted_run_has_made_is_found_by_one_search(process: Process) -> None:
    """From five creations on: no CreateUser for those who are there, and nobody twice."""
    process.created(*TEAM[:4])
    there = process.there()
    inputs = process.checked(None, *TEAM)
    process.local.mark()

    outputs = create_batch(inputs, process.users(), process.workers)

    assert process.changes() == {"CreateUser": 2}
    assert there.items() <= process.there().items()
    assert outputs["userIds"] == process.there()


def test_users_that_this_process_deleted_are_made_anew_at_once(process: Process) -> None:
    """What was searched before shows them still: nobody looks at those who are known to be gone."""
    old = process.created(*TEAM)
    later = Process(process.store, process.pool)
    assert len(later.session.snapshot(SAML_ARN, "o/p/s").rows()) == len(TEAM)
    delete_batch(old, later.users(), later.workers)
    inputs = later.checked(None, *TEAM)
    later.local.mark()

    create_batch(inputs, later.users(), later.workers)

    assert later.local.calls() == ["CreateUser"] * len(TEAM)


def test_user_that_is_gone_is_no_part_of_what_is_read(process: Process) -> None:
    """Each absent user is forgotten by itself; the batch when nobody is left."""
    old = process.created("ana", "bob")
    ids = process.there()
    for name, left in (("ana", {"bob"}), ("bob", None)):
        process.local.client.delete_user(InstanceId=SAML_ID, UserId=ids[name])

        found = read_batch(old, Process(process.store, process.pool).users(), process.workers)

        assert (None if found is None else set(found["users"])) == left


@pytest.mark.parametrize(
    ("changes", "replaces"),
    [
        ({"ownership": "o/p/s#" + "1" * 8}, ()),
        ({"onRemove": "retain"}, ()),
        ({"released": ["ana"]}, ()),
        ({"instanceArn": MANAGED_ARN}, ("instanceArn",)),
    ],
)
def test_what_users_share_is_a_change_of_the_batch(
    process: Process, changes: dict[str, Any], replaces: tuple[str, ...]
) -> None:
    """Another instance is another batch; all else is stored, or marks its users."""
    old = process.created("bob")

    found = plan_batch(old, old | changes)

    assert (found.changes, found.replaces) == (True, replaces)


def test_marks_of_users_tell_them_apart(process: Process) -> None:
    """Each has one of its own: an interrupted creation is recognised by it."""
    process.created("ana", "bob")

    marks = [tuple(sorted(u["Tags"].values())) for u in process.local.users(SAML_ID)]

    assert len(set(marks)) == 2


_STOPPING = {
    errors.EngineGone: True,
    errors.QuotaExceeded: True,
    errors.AccessDenied: True,
    errors.SettingsError: True,
    errors.WrongInstance: True,
    errors.Throttled: True,
    errors.DeletionsExhausted: True,
    errors.DeletionRefused: False,
    errors.InvalidRequest: False,
    errors.InvalidUser: False,
    errors.NotFound: False,
    errors.NotOurs: False,
    errors.Duplicate: False,
    errors.Conflict: False,
    errors.OutcomeUnknown: False,
    errors.ServiceFailure: False,
}


@pytest.mark.parametrize(
    ("kind", "stops"), _STOPPING.items(), ids=lambda v: getattr(v, "__name__", v)
)
def test_error_that_meets_everybody_stops_the_work_and_no_other_does(
    kind: type[ConnectUsersError], stops: bool
) -> None:
    """A run that has ended, a missing permission: the rest is not tried, and told as such."""
    tried: list[str] = []

    def run(name: str) -> UserState | None:
        tried.append(name)
        raise kind("no.", code="Test") if issubclass(kind, ApiError) else kind("no.")

    tasks = [Task("creating", "created", inputs_of(n), partial(run, n)) for n in TEAM]
    with ThreadPoolExecutor(1) as pool, pytest.raises(kind):
        WorkerPool(pool, lambda text: None).carry_out(tasks)

    assert len(tried) == (1 if stops else len(TEAM))
