"""How many users with the security profile Admin an instance keeps, on the in-memory twin."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from pulumi_connect_users.aws.run_tally import RunTally
from pulumi_connect_users.core.errors import (
    AccessDenied,
    ApiError,
    ServiceFailure,
    TooFewAdmins,
    WrongInstance,
)
from pulumi_connect_users.core.lookups import Kind
from pulumi_connect_users.core.unknowns import UNKNOWN
from pulumi_connect_users.users.admin_minimum import AdminMinimum
from pulumi_connect_users.users.allowance import Tally
from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.delete import delete
from pulumi_connect_users.users.inputs import KnownInputs
from pulumi_connect_users.users.state import UserState
from tests.support.programs import SAML_ARN
from tests.support.twin import Twin
from tests.support.twin_process import TwinProcess
from tests.support.valid_users import OURS, bag_of

OPTIONS: Final[dict[str, Any]] = {
    "ownership": OURS,
    "onPasswordChange": "replace",
    "suspendedSecurityProfile": "Suspended",
    "suspendedRoutingProfile": "Suspended",
}
ADMIN: Final[dict[str, Any]] = {"securityProfiles": ["Admin", "Agent"]}
AGENT: Final[dict[str, Any]] = {"securityProfiles": ["Agent"]}


class Centre(TwinProcess):
    """A process of a run that keeps some Admins."""

    def __init__(self, least: int = 1, twin: Twin | None = None, tally: Tally | None = None):
        super().__init__(min_admins=least, tally=tally)
        if twin is not None:
            self.connect = self.lookups.twin = twin
            self.users = replace(self.users, api=twin, live_data=twin)

    def hire(self, username: str, **changes: Any) -> UserState:
        """An `up` that brings a user in."""
        return self.users.create(self.inputs(**OPTIONS, username=username, **changes))

    def changed(self, old: KnownInputs, **changes: Any) -> KnownInputs:
        """What check makes of a changed user."""
        return self.inputs(old, **OPTIONS, username=old.username, **changes)

    def suspend(self, state: UserState) -> None:
        """What becomes of a leaver with `on_delete="suspend"`."""
        run = replace(self.run, on_delete="suspend")
        delete(state, self.connect, self.connect, run)

    def admins(self) -> set[str]:
        """Who has Admin."""
        admin = self.connect.id_of(Kind.SECURITY_PROFILE, "Admin")
        users = self.connect.described.values()
        return {user["Username"] for user in users if admin in user["SecurityProfileIds"]}


@pytest.fixture
def centre() -> Centre:
    """A process that keeps one Admin."""
    return Centre()


def _demote(centre: Centre, state: UserState) -> None:
    centre.users.update(state, centre.changed(state, **AGENT))


def _replace(centre: Centre, state: UserState) -> None:
    """A deletion that comes first."""
    profiles = ADMIN if state.username in centre.admins() else AGENT
    new = centre.changed(state, **profiles)
    centre.users.delete(state)
    centre.users.create(new)


TAKING: Final[dict[str, Callable[[Centre, UserState], None]]] = {
    "update": _demote,
    "deletion": lambda centre, state: centre.users.delete(state),
    "suspension": lambda centre, state: centre.suspend(state),
    "replacement": _replace,
}


@pytest.mark.parametrize("kind", TAKING)
def test_last_admin_stays_until_another_user_has_admin(centre: Centre, kind: str) -> None:
    """Before the first call; who gets it in the same run counts at once."""
    mary, nikki = centre.hire("mary", **ADMIN), centre.hire("nikki", **AGENT)
    centre.connect.mark()

    with pytest.raises(TooFewAdmins) as refused:
        TAKING[kind](centre, mary)

    assert str(refused.value) == (
        "it has the security profile Admin, and without it there would be 0 left on the instance, "
        "where connect:minAdmins keeps 1. It was not changed. Give Admin to others first, in a run "
        "of its own; if this is intended, lower connect:minAdmins, or set CONNECT_USERS_MIN_ADMINS "
        "for one run."
    )
    assert centre.connect.changes() == []
    centre.users.update(nikki, centre.changed(nikki, **ADMIN))
    TAKING[kind](centre, mary)
    assert "nikki" in centre.admins()


@pytest.mark.parametrize("kind", TAKING)
def test_nothing_is_counted_where_no_admin_is_taken(centre: Centre, kind: str) -> None:
    """Nor without the setting, whoever leaves."""
    for process, profiles in ((centre, AGENT), (Centre(0, centre.connect), ADMIN)):
        state = process.hire(f"agent.{len(profiles['securityProfiles'])}", **profiles)
        centre.connect.mark()
        TAKING[kind](process, state)
        assert "SearchUsers" not in centre.connect.calls()


def test_adoption_takes_admin_too(centre: Centre) -> None:
    """Of a user that someone made in the console."""
    admin = centre.connect.id_of(Kind.SECURITY_PROFILE, "Admin")
    centre.connect.add("mary", SecurityProfileIds=[admin])
    new = centre.inputs(**OPTIONS, **AGENT, username="mary", adopt=True)

    with pytest.raises(TooFewAdmins):
        centre.users.create(new)

    assert centre.admins() == {"mary"}


def test_user_whom_the_index_still_shows_is_described_before_it_counts() -> None:
    """The run before has just taken Admin from it."""
    before = Centre(1)
    mary, nikki = before.hire("mary", **ADMIN), before.hire("nikki", **ADMIN)
    shown = before.connect.holders(before.connect.id_of(Kind.SECURITY_PROFILE, "Admin"))
    before.users.update(nikki, before.changed(nikki, **AGENT))
    centre = Centre(1, before.connect)
    centre.connect.holders = lambda security_profile: shown  # type: ignore[method-assign]

    with pytest.raises(TooFewAdmins):
        centre.users.delete(mary)

    assert centre.admins() == {"mary"}


@pytest.mark.parametrize("operation", ["ListSecurityProfiles", "SearchUsers", "DescribeUser"])
def test_guard_stays_closed_where_the_count_cannot_be_read(centre: Centre, operation: str) -> None:
    """At the preview and before the call."""
    mary, nikki = centre.hire("mary", **ADMIN), centre.hire("nikki", **ADMIN)
    live = centre.connect.describe(mary.user_id)
    later = Centre(1, centre.connect)
    new = later.changed(mary, **AGENT)
    later.connect.fail(operation, AccessDenied("not allowed.", operation=operation))

    reason = later.run.admin_minimum.foresee([(mary, new)])
    with pytest.raises(TooFewAdmins) as refused:
        later.run.admin_minimum.change(mary.instance_arn, live).__enter__()

    assert reason == str(refused.value)
    assert "is set, but the users with the security profile Admin could not be counted: not " in (
        reason
    )
    assert "connect:DescribeUser, or set CONNECT_USERS_MIN_ADMINS=0 for one run." in reason
    assert centre.admins() == {mary.username, nikki.username}


def test_instance_that_cannot_be_reached_is_refused_too(centre: Centre) -> None:
    """Another account's, or one that was deleted."""
    mary = centre.hire("mary", **ADMIN)

    def unreachable(instance_arn: str) -> Twin:
        raise WrongInstance(f"{instance_arn} does not exist.")

    reason = AdminMinimum(1, unreachable).foresee([(mary, None)])

    assert "could not be counted: " in str(reason)
    assert "for one run" in str(AdminMinimum(1).foresee([(mary, None)]))


@pytest.mark.parametrize(
    ("error", "after", "counts"),
    [
        (AccessDenied("no", operation="DeleteUser"), False, True),
        (ServiceFailure("down", operation="DeleteUser"), True, False),
    ],
)
def test_failed_change_counts_as_made_only_if_it_may_be(
    error: ApiError, after: bool, counts: bool
) -> None:
    """A refusal leaves the user with Admin; a lost answer may not."""
    centre = Centre(1)
    states = [centre.hire(name, **ADMIN) for name in ("mary", "nikki")]
    centre.connect.fail("DeleteUser", error, times=1, after=after)
    with pytest.raises(type(error)):
        centre.users.delete(states[0])

    with suppress(TooFewAdmins):
        centre.users.delete(states[1])

    assert len(centre.admins()) == 1
    assert ("nikki" not in centre.admins()) is counts


_MOVED: Final = {"instanceArn": SAML_ARN}
_RENAMED: Final = {"username": "mary.stiles"}


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        (AGENT, True),
        ({**ADMIN, "routingProfile": "Suspended"}, False),
        ({"securityProfiles": ["Admin"]}, False),
        ({**ADMIN, "password": "An0ther!Pass"}, True),
        ({**ADMIN, **_RENAMED}, False),
        ({**AGENT, **_RENAMED}, True),
        ({**ADMIN, "securityProfiles": UNKNOWN}, False),
        ({**ADMIN, "username": UNKNOWN}, False),
        ({**ADMIN, **_MOVED}, True),
        (None, True),
    ],
    ids=str,
)
def test_preview_refuses_what_takes_the_last_admin(
    centre: Centre, changes: dict[str, Any] | None, refused: bool
) -> None:
    """As far as it sees; who is replaced first and created then is missing in between."""
    old = centre.hire("mary", **ADMIN)
    new = None
    if changes is not None:
        arn = centre.connect.instance_arn
        bag = bag_of("CONNECT_MANAGED", arn, {"username": "mary", **OPTIONS, **changes})
        new = check(old, bag, centre.lookups).inputs

    reason = centre.run.admin_minimum.foresee([(old, new)])

    assert (reason is not None) is refused
    if reason:
        assert reason.startswith(
            "1 user would lose the security profile Admin (mary), and there would be 0 left on the "
            "instance, where connect:minAdmins keeps 1. This counts the users checked so far; more "
            "may follow. Give Admin to others first, in a run of its own; if this is intended, "
        )


def test_preview_adds_up_users_and_leaves_what_the_run_gives_aside(centre: Centre) -> None:
    """Of three Admins two may go; a new one does not make room, since either may come first."""
    admins = [centre.hire(name, **ADMIN) for name in ("ana", "bob", "eve")]
    agent = centre.hire("zoe", **AGENT)
    foresee = centre.run.admin_minimum.foresee

    reasons = [foresee([(one, None), (one, None)]) for one in admins[:2]]
    reasons += [
        foresee([(agent, centre.changed(agent, **ADMIN))]),
        foresee([(None, admins[0])]),
    ]

    assert reasons == [None] * 4
    assert "3 users would lose" in str(foresee([(admins[2], None)]))


def test_grant_that_ends_takes_admin(centre: Centre) -> None:
    """The same program on a later day."""
    arn = centre.connect.instance_arn
    grants = [{"securityProfile": "Admin", "until": "2026-11-30"}]
    bag = bag_of("CONNECT_MANAGED", arn, {"ownership": OURS, "grants": grants})
    days = (datetime(2026, 11, 28, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))
    first = check(None, bag, centre.lookups, now=days[0]).inputs.known()
    state = centre.users.create(first)
    assert centre.admins() == {"mary.major"}

    later = check(state, bag, centre.lookups, now=days[1]).inputs

    assert "would lose" in str(centre.run.admin_minimum.foresee([(state, later)]))
    with pytest.raises(TooFewAdmins):
        centre.users.update(state, later.known())


def test_facts_of_state_need_no_look_up(centre: Centre) -> None:
    """Names of profiles that are in state; without them the profile is looked up."""
    agent = centre.hire("zoe", **AGENT)
    facts = {k: v for k, v in agent.attributes.items() if k != "securityProfileNames"}
    centre.connect.mark()

    assert centre.run.admin_minimum.foresee([(agent, None)]) is None
    assert centre.connect.calls() == []
    assert centre.run.admin_minimum.foresee([(replace(agent, attributes=facts), None)]) is None
    assert centre.connect.calls() == ["ListSecurityProfiles"]


def test_processes_of_a_run_share_what_they_took_and_gave(tmp_path: Path) -> None:
    """Each has searched before the other made its change."""
    tallies = [RunTally("127.0.0.1:40001", "minAdmins", tmp_path) for _ in range(2)]
    first = Centre(1, tally=tallies[0])
    second = Centre(1, first.connect, tallies[1])
    states = {name: first.hire(name, **ADMIN) for name in ("ana", "bob", "eve")}
    first.users.delete(states["ana"])
    second.users.delete(states["bob"])

    for process in (first, second):
        with pytest.raises(TooFewAdmins):
            process.users.delete(states["eve"])

    first.hire("zoe", **ADMIN)
    second.users.delete(states["eve"])
    assert first.admins() == {"zoe"}
