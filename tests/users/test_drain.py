"""Deletions one by one, against the embedded Connect: refuse, wait, force, and what goes along."""

import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.aws.settings import Settings
from pulumi_connect_users.core.errors import DeletionRefused, EngineGone, OutcomeUnknown
from pulumi_connect_users.core.run_hooks import RunHooks
from pulumi_connect_users.emulator import Store
from pulumi_connect_users.users.deletion_limit import DeletionLimit
from pulumi_connect_users.users.service import InstanceUsers
from pulumi_connect_users.users.state import UserState
from tests.support.contact_centre import ARN, INSTANCE, close, contact, user_id


@dataclass
class Run:
    """One provider process over a store, and what it has said."""

    store: Store
    settings: dict[str, Any]
    before_change: Callable[[], None] = lambda: None
    said: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        settings = Settings(
            endpoint="local", store=self.store.path, requests_per_second=None, **self.settings
        )
        self.session = ConnectSession(
            settings,
            RunHooks(self.warned.append, self.said.append, lambda: self.before_change()),
        )
        self._since = self.store.last_request()

    def delete(self, username: str, **state: Any) -> None:
        """What the provider does to delete a user of this state."""
        connect = self.session.connect(ARN)
        users = InstanceUsers(connect, self.session)
        held = {"username": username, "instanceArn": ARN, **state}
        users.delete(UserState.decode({**held, "userArn": f"{ARN}/agent/{user_id(username)}"}))

    def changes(self) -> list[str]:
        """The operations so far that were asked to change something."""
        return [r.operation for r in self.store.requests(since=self._since) if r.mutating]

    def is_there(self, username: str) -> bool:
        """Whether Connect still has the user."""
        names = self.session.connect(ARN).call("ListUsers")["UserSummaryList"]
        return username in [row["Username"] for row in names]


@pytest.fixture
def run_of(centre: Store) -> Callable[..., Run]:
    """Makes runs over the centre, with settings."""

    def make(**settings: Any) -> Run:
        return Run(centre, settings)

    return make


RunOf = Callable[..., Run]


@pytest.mark.parametrize(
    ("username", "contact_told"),
    [
        ("mary.major", "1 contact (VOICE, CONNECTED)"),
        ("arnav.desai", "1 contact (VOICE, CONNECTED_ONHOLD)"),
        ("li.juan@example.com", "1 contact (CHAT, CONNECTED)"),
    ],
)
def test_agent_on_a_contact_is_not_deleted(run_of: RunOf, username: str, contact_told: str) -> None:
    """By default nobody is cut off; the message says on what, and the ways out."""
    run = run_of()

    with pytest.raises(DeletionRefused) as raised:
        run.delete(username)

    assert contact_told in str(raised.value)
    assert "CONNECT_USERS_ON_DELETE=wait (or force" in str(raised.value)
    assert run.changes() == []


@pytest.mark.parametrize("username", ["nikki.wolf", "jane.doe"])
def test_agent_at_lunch_or_at_home_is_deleted(run_of: RunOf, username: str) -> None:
    """No contact, no reason to refuse; who is not at work may go too."""
    run = run_of()

    run.delete(username)

    assert run.changes() == ["DeleteUser"]
    assert not run.is_there(username)


def test_after_contact_work_and_missed_contacts_refuse_nothing(run_of: RunOf) -> None:
    """Nobody is at the other end any more."""
    run = run_of()
    run.store.play_day(INSTANCE, [contact("mary.major", "call", "ENDED")])

    run.delete("mary.major")

    assert not run.is_there("mary.major")


def test_forced_deletion_looks_at_nothing(run_of: RunOf) -> None:
    """on_delete="force" cuts off, and asks for no live data."""
    run = run_of()

    run.delete("mary.major", onDelete="force")

    assert run.changes() == ["DeleteUser"]
    assert run.store.requests(operation="GetCurrentUserData") == []


def test_configuration_counts_for_every_user(run_of: RunOf) -> None:
    """connect:onDelete is the way out for users that the program does not declare any more."""
    run = run_of(on_delete="force")

    run.delete("mary.major", onDelete="refuse")

    assert not run.is_there("mary.major")


def test_waiting_deletion_goes_on_when_the_contact_ends(run_of: RunOf) -> None:
    """Offline first, so that nothing new comes; then the contact's end; then the deletion."""
    run = run_of()

    def end_once_waited_for() -> None:
        while not run.said:
            time.sleep(0.02)
        run.store.play_day(INSTANCE, [close("call")])

    done = threading.Thread(target=end_once_waited_for, daemon=True)
    done.start()

    run.delete("mary.major", onDelete="wait")

    done.join()
    assert run.changes() == ["PutUserStatus", "DeleteUser"]
    assert not run.is_there("mary.major")
    assert "waiting 60 s more" in run.said[0]
    assert run.said[-1] == "mary.major: the contacts have ended"


def test_waiting_deletion_sets_an_idle_agent_offline_first(run_of: RunOf) -> None:
    """No contact can come between the look and the deletion."""
    run = run_of()

    run.delete("nikki.wolf", onDelete="wait")

    assert run.changes() == ["PutUserStatus", "DeleteUser"]


def test_wait_that_takes_too_long_keeps_the_user(run_of: RunOf) -> None:
    """The user stays, Offline from then on; the message says how long it was waited."""
    run = run_of()

    with pytest.raises(DeletionRefused, match="after 1 s the agent is still on 1 contact"):
        run.delete("mary.major", onDelete="wait", deleteWaitSeconds=1)

    assert run.changes() == ["PutUserStatus"]
    assert run.is_there("mary.major")


def test_second_wait_goes_on_where_the_first_gave_up(run_of: RunOf) -> None:
    """The agent is Offline next already, which Connect refuses to set again."""
    run = run_of()
    with pytest.raises(DeletionRefused):
        run.delete("mary.major", onDelete="wait", deleteWaitSeconds=1)

    with pytest.raises(DeletionRefused, match="after 1 s the agent is still on 1 contact"):
        run.delete("mary.major", onDelete="wait", deleteWaitSeconds=1)

    run.store.play_day(INSTANCE, [close("call")])
    run.delete("mary.major", onDelete="wait")
    assert not run.is_there("mary.major")


def test_wait_ends_with_the_run_that_asked_for_it(run_of: RunOf) -> None:
    """A provider that outlives its engine waits for nobody, and deletes nobody."""
    run = run_of()
    changes = iter([None, None])

    def engine() -> None:
        if next(changes, "gone") == "gone":
            raise EngineGone("stopping")

    run.before_change = engine

    with pytest.raises(EngineGone):
        run.delete("mary.major", onDelete="wait")

    assert run.is_there("mary.major")


def test_only_two_deletions_wait_at_once(run_of: RunOf) -> None:
    """The third is told to come back, so that two of four threads stay free for other work."""
    run = run_of()
    run.store.play_day(INSTANCE, [contact("nikki.wolf", "third", "CONNECTED")])

    def wait_for(username: str) -> None:
        with contextlib.suppress(DeletionRefused):
            run.delete(username, onDelete="wait", deleteWaitSeconds=600)

    threads = [
        threading.Thread(target=wait_for, args=(name,)) for name in ("mary.major", "arnav.desai")
    ]
    for thread in threads:
        thread.start()
    while len(run.said) < len(threads):
        time.sleep(0.02)

    with pytest.raises(
        DeletionRefused, match=r"2 other deletions are already waiting .* Run again"
    ):
        run.delete("nikki.wolf", onDelete="wait")

    assert run.changes() == ["PutUserStatus", "PutUserStatus"]
    run.store.play_day(INSTANCE, [close("call"), close("held")])
    for thread in threads:
        thread.join()
    assert not run.is_there("mary.major")
    assert run.is_there("nikki.wolf")


def test_unknown_activity_is_no_reason_to_delete(run_of: RunOf) -> None:
    """Without permission to look, the user stays and the permission is named."""
    run = run_of()
    run.store.control(faults=[{"operation": "GetCurrentUserData", "kind": "access-denied"}])

    with pytest.raises(DeletionRefused, match=r"Allow connect:GetCurrentUserData, or delete"):
        run.delete("nikki.wolf")

    assert run.is_there("nikki.wolf")


def test_run_stops_at_its_number_of_deletions(run_of: RunOf) -> None:
    """connect:maxDeletes counts for the process; the message says how many are already gone."""
    run = run_of(max_deletes=1)
    run.delete("nikki.wolf")

    with pytest.raises(DeletionRefused) as raised:
        run.delete("jane.doe")

    assert "connect:maxDeletes allows 1 in one run: 1 user was already deleted" in str(raised.value)
    assert "set CONNECT_USERS_MAX_DELETES for one run" in str(raised.value)
    assert run.is_there("jane.doe")


def test_refused_deletion_uses_up_no_deletion() -> None:
    """Who stays leaves the place to others; who may be gone does not."""
    deletion_limit = DeletionLimit(1)
    for _ in range(2):
        with pytest.raises(ValueError, match="stays"), deletion_limit.deletion():
            raise ValueError("stays")
    with pytest.raises(OutcomeUnknown), deletion_limit.deletion():
        raise OutcomeUnknown("perhaps gone")

    with (
        pytest.raises(DeletionRefused, match="1 user was already deleted"),
        deletion_limit.deletion(),
    ):
        pass


def test_no_deletions_at_all_can_be_asked_for() -> None:
    """connect:maxDeletes 0 keeps everybody."""
    with (
        pytest.raises(DeletionRefused, match="allows 0 in one run: 0 users were already deleted"),
        DeletionLimit(0).deletion(),
    ):
        pass


@pytest.fixture
def quick_connects(centre: Store) -> Store:
    """Two quick connects to Nikki, one to a queue, one to Mary."""
    entries = [
        {"name": "Nikki Wolf", "user": "nikki.wolf"},
        {"name": "Dublin desk", "user": "nikki.wolf"},
        {"name": "Mary", "user": "mary.major"},
        {"name": "Bills", "queue": "Billing"},
    ]
    centre.seed({"instances": [{"id": INSTANCE, "quickConnects": entries}]})
    return centre


def _quick_connects(run: Run) -> list[str]:
    rows = run.session.connect(ARN).call("ListQuickConnects")["QuickConnectSummaryList"]
    return sorted(row["Name"] for row in rows)


def test_quick_connects_to_a_deleted_user_are_listed(quick_connects: Store) -> None:
    """What is left behind is told, with ids, and names only by their initials."""
    run = Run(quick_connects, {})

    run.delete("nikki.wolf")

    [told] = run.warned
    assert "2 quick connects still lead to the deleted user: " in told
    assert "N... W... (" in told
    assert "Wolf" not in told
    assert _quick_connects(run) == ["Bills", "Dublin desk", "Mary", "Nikki Wolf"]


def test_quick_connects_are_deleted_with_the_user_when_asked(quick_connects: Store) -> None:
    """They go first: a run that ends in between still has the user in state."""
    run = Run(quick_connects, {})

    run.delete("nikki.wolf", deleteQuickConnects=True)

    assert run.changes() == ["DeleteQuickConnect", "DeleteQuickConnect", "DeleteUser"]
    assert _quick_connects(run) == ["Bills", "Mary"]
    assert run.warned == []


def test_one_search_serves_the_deletions_of_a_run(quick_connects: Store) -> None:
    """Two requests a second: ten deletions do not search ten times."""
    run = Run(quick_connects, {})

    run.delete("nikki.wolf")
    run.delete("jane.doe")

    assert len(run.store.requests(operation="SearchQuickConnects")) == 1


def test_missing_permission_to_search_is_told_and_stops_nothing(quick_connects: Store) -> None:
    """What cannot be known about quick connects is no reason to keep a user."""
    quick_connects.control(faults=[{"operation": "SearchQuickConnects", "kind": "access-denied"}])
    run = Run(quick_connects, {})

    run.delete("nikki.wolf")

    [told] = run.warned
    assert "could not check for quick connects to this user" in told
    assert not run.is_there("nikki.wolf")


def test_privileged_user_never_goes_silently(centre: Store) -> None:
    """The profiles are those of this moment, whatever state remembers."""
    admin = {"username": "ana.admin", "securityProfiles": ["Admin", "Agent"]}
    centre.seed({"instances": [{"id": INSTANCE, "users": [admin]}]})
    run = Run(centre, {})

    run.delete("ana.admin", securityProfileNames=["Agent"])

    assert run.warned == [
        "ana.admin: holds privileged profiles (Admin) and will be permanently deleted"
    ]


def test_which_profiles_are_privileged_can_be_configured(centre: Store) -> None:
    """connect:privilegedProfiles names them."""
    run = Run(centre, {"privileged_profiles": ("Agent",)})

    run.delete("jane.doe")

    assert run.warned == [
        "jane.doe: holds privileged profiles (Agent) and will be permanently deleted"
    ]
