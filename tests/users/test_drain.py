"""Deletions one by one, on the in-memory twin: refuse, wait, force, and what goes along."""

from typing import Any

import pytest

from pulumi_connect_users.core.errors import (
    AccessDenied,
    DeletionRefused,
    EngineGone,
    OutcomeUnknown,
)
from pulumi_connect_users.core.lookups import Kind
from pulumi_connect_users.live_data.model import (
    Channel,
    ContactState,
    CurrentContact,
    CurrentUserData,
    Reference,
)
from pulumi_connect_users.users.allowance import Allowance
from pulumi_connect_users.users.deletion_limit import DeletionLimit
from pulumi_connect_users.users.ports import QuickConnect
from pulumi_connect_users.users.state import UserState
from tests.support.programs import MANAGED_ARN
from tests.support.twin_process import TwinProcess


class Centre(TwinProcess):
    """One provider process over a contact centre: on a call, on hold, in a chat, idle, at home."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.ids = {name: self.connect.add(name) for name in (*_PEOPLE, "jane.doe")}
        for username, contact in _PEOPLE.items():
            self.works(username, *contact)

    def works(
        self, username: str, state: ContactState | None = None, channel: Channel = "VOICE"
    ) -> None:
        """The agent is at work, perhaps on a contact."""
        user = Reference(self.ids[username], "")
        contacts = [CurrentContact("c", channel, None, state, None, None, None)] if state else []
        self.connect.data[user.id] = CurrentUserData(user, contacts=tuple(contacts))

    def delete(self, username: str, **state: Any) -> None:
        """What the provider does to delete a user of this state."""
        held = {"username": username, "instanceArn": MANAGED_ARN, **state}
        arn = f"{MANAGED_ARN}/agent/{self.ids[username]}"
        self.users.delete(UserState.decode({**held, "userArn": arn}))

    def is_there(self, username: str) -> bool:
        """Whether Connect still has the user."""
        return self.ids[username] in self.connect.described


_PEOPLE: dict[str, tuple[ContactState | None, Channel]] = {
    "mary.major": ("CONNECTED", "VOICE"),
    "arnav.desai": ("CONNECTED_ONHOLD", "VOICE"),
    "li.juan@example.com": ("CONNECTED", "CHAT"),
    "nikki.wolf": (None, "VOICE"),
}


@pytest.fixture
def run() -> Centre:
    """A process."""
    return Centre()


@pytest.mark.parametrize(
    ("username", "contact_told"),
    [
        ("mary.major", "1 contact (VOICE, CONNECTED)"),
        ("arnav.desai", "1 contact (VOICE, CONNECTED_ONHOLD)"),
        ("li.juan@example.com", "1 contact (CHAT, CONNECTED)"),
    ],
)
def test_agent_on_a_contact_is_not_deleted(run: Centre, username: str, contact_told: str) -> None:
    """By default nobody is cut off; the message says on what, and the ways out."""
    with pytest.raises(DeletionRefused) as raised:
        run.delete(username)

    assert contact_told in str(raised.value)
    assert "CONNECT_USERS_ON_DELETE=wait (or force, which cuts it off)" in str(raised.value)
    assert run.connect.changes() == []


@pytest.mark.parametrize("username", ["nikki.wolf", "jane.doe"])
def test_agent_at_lunch_or_at_home_is_deleted(run: Centre, username: str) -> None:
    """No contact, no reason to refuse; who is not at work may go too."""
    run.delete(username)

    assert run.connect.changes() == ["DeleteUser"]
    assert not run.is_there(username)


@pytest.mark.parametrize("state", ["ENDED", "MISSED", "REJECTED", "ERROR"])
def test_after_contact_work_and_missed_contacts_refuse_nothing(
    run: Centre, state: ContactState
) -> None:
    """Nobody is at the other end any more."""
    run.works("mary.major", state)

    run.delete("mary.major")

    assert not run.is_there("mary.major")


def test_forced_deletion_looks_at_nothing(run: Centre) -> None:
    """on_delete="force" cuts off, and asks for no live data."""
    run.delete("mary.major", onDelete="force")

    assert run.connect.changes() == ["DeleteUser"]
    assert "GetCurrentUserData" not in run.connect.calls()


def test_configuration_counts_for_every_user() -> None:
    """connect:onDelete is the way out for users that the program does not declare any more."""
    run = Centre(on_delete="force")

    run.delete("mary.major", onDelete="refuse")

    assert not run.is_there("mary.major")


def test_waiting_deletion_goes_on_when_the_contact_ends(run: Centre) -> None:
    """Offline first, so that nothing new comes; then the contact's end; then the deletion."""
    run.on_sleep = lambda: run.works("mary.major")

    run.delete("mary.major", onDelete="wait")

    assert run.connect.changes() == ["PutUserStatus", "DeleteUser"]
    assert not run.is_there("mary.major")
    assert "waiting up to 60 s more" in run.said[0]
    assert run.said[-1] == "mary.major: the contacts have ended"


def test_waiting_deletion_sets_an_idle_agent_offline_first(run: Centre) -> None:
    """No contact can come between the look and the deletion."""
    run.delete("nikki.wolf", onDelete="wait")

    assert run.connect.changes() == ["PutUserStatus", "DeleteUser"]


def test_wait_that_takes_too_long_keeps_the_user(run: Centre) -> None:
    """The user stays, Offline from then on; the message says how long it was waited."""
    with pytest.raises(DeletionRefused, match="after 1 s the agent is still on 1 contact"):
        run.delete("mary.major", onDelete="wait", deleteWaitSeconds=1)

    assert run.connect.changes() == ["PutUserStatus"]
    assert run.is_there("mary.major")


def test_second_wait_goes_on_where_the_first_gave_up(run: Centre) -> None:
    """The agent is Offline next already, which Connect refuses to set again."""
    with pytest.raises(DeletionRefused):
        run.delete("mary.major", onDelete="wait", deleteWaitSeconds=1)

    with pytest.raises(DeletionRefused, match="after 1 s the agent is still on 1 contact"):
        run.delete("mary.major", onDelete="wait", deleteWaitSeconds=1)

    run.works("mary.major")
    run.delete("mary.major", onDelete="wait")
    assert not run.is_there("mary.major")


def test_wait_ends_with_the_run_that_asked_for_it(run: Centre) -> None:
    """A provider that outlives its engine waits for nobody, and deletes nobody."""
    changes = iter([None, None])

    def engine() -> None:
        if next(changes, "gone") == "gone":
            raise EngineGone("stopping")

    run.connect.before_change = engine

    with pytest.raises(EngineGone):
        run.delete("mary.major", onDelete="wait")

    assert run.is_there("mary.major")


def test_only_two_deletions_wait_at_once(run: Centre) -> None:
    """The third is told to come back, so that two of four threads stay free for other work."""
    run.works("nikki.wolf", "CONNECTED")

    def third() -> None:
        run.works("arnav.desai")
        run.works("mary.major")
        with pytest.raises(
            DeletionRefused, match=r"2 other deletions are already waiting.* Run again"
        ):
            run.delete("nikki.wolf", onDelete="wait")
        assert run.connect.changes() == ["PutUserStatus", "PutUserStatus"]

    def second() -> None:
        run.on_sleep = third
        run.delete("arnav.desai", onDelete="wait")

    run.on_sleep = second
    run.delete("mary.major", onDelete="wait")

    assert not run.is_there("mary.major")
    assert not run.is_there("arnav.desai")
    assert run.is_there("nikki.wolf")


def test_unknown_activity_is_no_reason_to_delete(run: Centre) -> None:
    """Without permission to look, the user stays and the permission is named."""
    run.connect.fail("GetCurrentUserData", AccessDenied("denied"))

    with pytest.raises(DeletionRefused, match=r"Allow connect:GetCurrentUserData, or set"):
        run.delete("nikki.wolf")

    assert run.is_there("nikki.wolf")


def test_run_stops_at_its_number_of_deletions() -> None:
    """connect:maxDeletes counts for the process; the message says how many are already gone."""
    run = Centre(max_deletes=1)
    run.delete("nikki.wolf")

    with pytest.raises(DeletionRefused) as raised:
        run.delete("jane.doe")

    assert "connect:maxDeletes allows 1 in one run: 1 user was already deleted" in str(raised.value)
    assert "set CONNECT_USERS_MAX_DELETES for one run" in str(raised.value)
    assert run.is_there("jane.doe")


def test_refused_deletion_uses_up_no_deletion() -> None:
    """Who stays leaves the place to others; who may be gone does not."""
    deletion_limit = DeletionLimit(Allowance("maxDeletes", 1))
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
        DeletionLimit(Allowance("maxDeletes", 0)).deletion(),
    ):
        pass


@pytest.fixture
def leading(run: Centre) -> Centre:
    """Two quick connects to Nikki, one to Mary."""
    leading = {"Nikki Wolf": "nikki.wolf", "Dublin desk": "nikki.wolf", "Mary": "mary.major"}
    run.connect.leading = [
        (run.ids[username], QuickConnect(f"q-{number}", name))
        for number, (name, username) in enumerate(leading.items())
    ]
    return run


def test_quick_connects_to_a_deleted_user_are_listed(leading: Centre) -> None:
    """What is left behind is told, with ids, and names only by their initials."""
    leading.delete("nikki.wolf")

    [told] = leading.warned
    assert "2 quick connects still point to the deleted user: " in told
    assert "N... W... (q-0)" in told
    assert "Wolf" not in told
    assert len(leading.connect.leading) == 3


def test_quick_connects_are_deleted_with_the_user_when_asked(leading: Centre) -> None:
    """They go first: a run that ends in between still has the user in state."""
    leading.delete("nikki.wolf", deleteQuickConnects=True)

    deletions = ["DeleteQuickConnect", "DeleteQuickConnect", "DeleteUser"]
    assert leading.connect.changes() == deletions
    assert [quick.name for _, quick in leading.connect.leading] == ["Mary"]
    assert leading.warned == []


def test_missing_permission_to_search_is_told_and_stops_nothing(leading: Centre) -> None:
    """What cannot be known about quick connects is no reason to keep a user."""
    leading.connect.fail("SearchQuickConnects", AccessDenied("denied"))

    leading.delete("nikki.wolf")

    [told] = leading.warned
    assert "could not check for quick connects to this user" in told
    assert not leading.is_there("nikki.wolf")


def test_privileged_user_never_goes_silently(run: Centre) -> None:
    """The profiles are those of this moment, whatever state remembers."""
    names = ("Admin", "Agent")
    ids = [run.connect.id_of(Kind.SECURITY_PROFILE, name) for name in names]
    run.ids["ana.admin"] = run.connect.add("ana.admin", SecurityProfileIds=ids)

    run.delete("ana.admin", securityProfileNames=["Agent"])

    assert run.warned == [
        "ana.admin: holds privileged profiles (Admin) and will be permanently deleted"
    ]


def test_which_profiles_are_privileged_can_be_configured() -> None:
    """connect:privilegedProfiles names them."""
    run = Centre(privileged_profiles=("Agent",))

    run.delete("jane.doe")

    assert run.warned == [
        "jane.doe: holds privileged profiles (Agent) and will be permanently deleted"
    ]
