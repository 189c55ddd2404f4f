"""Random walks: edits, runs that fail at any call, supervisors at work; and all comes right."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pulumi_connect_users.core.ownership import resource_hash
from pulumi_connect_users.roster.partition import canonical
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN
from tests.support.provider_process import INSTANCE_ID
from tests.walks.engine_twin import Deployment, Stopped
from tests.walks.outside_changes import CHANGES, MARK, OutsideChanges
from tests.walks.walk_strategies import CREATION, EDITS, FAULTS, FIRST

NAMES = ("ana", "bo")
STRANGER = "stranger"
SURVIVES = {"address": "mobile", "tag": "tag", "skill": "skill"}
"""What a change in the console leaves on a user that no program here ever speaks of."""

_REFUSALS = (
    "Connect cannot ",
    "is given for all channels and in auto_accept_configs too",
)
"""Why a preview may refuse an edit: what was given cannot be taken away, or is given twice."""


def _mark(name: str) -> str:
    """The mark of a resource of this name."""
    return f"organization/p/s#{resource_hash((name,))}"


class Walk(RuleBasedStateMachine):
    """One stack's users, one instance, and everybody who has to do with them."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.local = Local(Path(self._folder.name) / "local.db")
        self.outside = OutsideChanges(self.local)
        self.deployment = Deployment(self.local.path)
        self.stranger: dict[str, Any] = {}
        """A user of nobody's."""
        self.program: dict[str, dict[str, Any]] = {}
        """What is wanted of each user, whatever resource holds it."""
        self.due = False
        """Whether a run would have anything to do, as far as anybody can tell."""
        self.unsynced = False
        """Whether somebody changed a user since state was last brought up to date."""
        self.tainted = False
        """Whether a run failed: state does not know what it has done."""
        self.lost: set[str] = set()
        """Usernames of users that a failed run may have made, and nobody may remember."""
        self.theirs: set[tuple[str, str]] = set()
        """What somebody gave a user (id) that no program ever spoke of."""

    def resources(self) -> dict[str, dict[str, Any]]:
        """The program as Pulumi gets it."""
        return {
            name: {**user, "instanceArn": MANAGED_ARN, "ownership": _mark(name)}
            for name, user in self.program.items()
        }

    @initialize()
    def begin(self) -> None:
        """An instance with a second routing profile, and a user of nobody's."""
        self.local.add_routing_profile("Sales")
        self.stranger = self.outside.user(self.local.add_user(STRANGER))
        for name in NAMES:
            self.edit(name, {}, run=False)
        self.up()

    def teardown(self) -> None:
        """At the end everything goes, and everybody else stays."""
        with self._folder:
            if not self.stranger:
                return
            self.refresh(exact=False)
            self.up()
            self.deployment.up({})
            left = self.outside.users()
            del left[STRANGER]
            assert set(left) <= self.lost
            for user in left.values():
                assert user["Tags"][MARK[0]] == "organization/p/s"

    # The program ------------------------------------------------------------------------------

    @rule(name=st.sampled_from(NAMES), edit=EDITS, run=st.booleans())
    def edit(self, name: str, edit: Mapping[str, Any], run: bool) -> None:
        """The program says something else of a user, or has a new one; perhaps a run follows."""
        user = self.program.get(name) or {**FIRST, "username": f"{name}.major"}
        self._say(
            name, {key: value for key, value in {**user, **edit}.items() if value is not None}
        )
        if run and not self.unsynced:
            self.up()

    @rule(name=st.sampled_from(NAMES), username=st.sampled_from(["major", "roe"]), fault=CREATION)
    @precondition(lambda self: len(self.program) == len(NAMES) and not self.due)
    def rename(self, name: str, username: str, fault: Mapping[str, Any]) -> None:
        """Another username makes another user, and something goes wrong with that."""
        self._say(name, {**self.program[name], "username": f"{name}.{username}"})
        self._run_with(fault, 1)

    def _say(self, name: str, user: dict[str, Any]) -> None:
        before, self.due = dict(self.program), True
        self.program[name] = user
        try:
            self.deployment.preview(self.resources())
        except Stopped as refused:
            if not any(reason in str(refused) for reason in _REFUSALS):
                raise
            self.program = before

    @rule(name=st.sampled_from(NAMES))
    @precondition(lambda self: len(self.program) == len(NAMES))
    def leave(self, name: str) -> None:
        """A user leaves the program."""
        del self.program[name]
        self.due = True

    # Commands -----------------------------------------------------------------------------------

    @rule(exact=st.booleans())
    @precondition(lambda self: self.deployment.state and self.due)
    def refresh(self, exact: bool) -> None:
        """A refresh, in bulk or user by user."""
        self.deployment.settings = {"refresh": "exact" if exact else "bulk"}
        self.deployment.refresh()
        self.unsynced = False

    @rule()
    @precondition(lambda self: self.due and not self.unsynced)
    def up(self) -> None:
        """A run in which nothing goes wrong."""
        self.deployment.up(self.resources())
        self.confirm()
        self.due = False

    @rule()
    @precondition(lambda self: self.unsynced)
    def up_blindly(self) -> None:
        """A run that does not know what was changed meanwhile; a user may be gone."""
        try:
            self.deployment.up(self.resources())
        except Stopped as stopped:
            if "no longer exists" not in str(stopped):
                raise
            self._note_failure()

    @rule(fault=FAULTS, nth=st.integers(1, 8))
    @precondition(lambda self: self.due)
    def up_badly(self, fault: Mapping[str, Any], nth: int) -> None:
        """A run that meets a fault, or is killed: to what follows these are the same."""
        self._run_with(fault, nth)

    @rule(fault=st.none() | FAULTS, nth=st.integers(1, 8))
    @precondition(lambda self: self.program and not self.due)
    def replace(self, fault: Mapping[str, Any] | None, nth: int) -> None:
        """`--replace` for everything, perhaps with a fault: everybody is kept."""
        before = {user["Id"] for user in self.local.users(INSTANCE_ID)}
        self._run_with(fault, nth, replace=True)
        assert {user["Id"] for user in self.local.users(INSTANCE_ID)} == before

    def _run_with(
        self, fault: Mapping[str, Any] | None, nth: int, *, replace: bool = False
    ) -> None:
        rules = [{**fault, "nth": nth}] if fault else []
        self.local.store.control(clear=True, faults=rules)
        program = self.resources()
        try:
            self.deployment.up(program, replace=program if replace else ())
        except Stopped as stopped:
            note(f"stopped: {stopped}")
            self._note_failure()
        finally:
            self.local.store.control(clear=True)

    def _note_failure(self) -> None:
        self.due = self.tainted = True
        self.lost |= {str(user["username"]) for user in self.program.values()}

    # Everybody else ------------------------------------------------------------------------------

    @rule(what=st.sampled_from(CHANGES), data=st.data())
    @precondition(lambda self: self.deployment.state)
    def supervise(self, what: str, data: st.DataObject) -> None:
        """Somebody changes a user in the console."""
        others = self.outside.users()
        del others[STRANGER]
        if not others:
            return
        user = others[data.draw(st.sampled_from(sorted(others)))]
        self.outside.change(user, what)
        self.unsynced = self.due = True
        if what in SURVIVES:
            self.theirs.add((user["Id"], SURVIVES[what]))

    # What holds -----------------------------------------------------------------------------------

    @invariant()
    def nobody_else_is_touched(self) -> None:
        """A user of nobody's is as it was."""
        if self.stranger:
            assert self.outside.user(self.stranger["Id"]) == self.stranger

    def confirm(self) -> None:
        """Connect has what the program says, and there is nothing more to do."""
        assert self.deployment.preview(self.resources()) == []
        assert self.deployment.condemned == []
        live = self.outside.users()
        for user in live.values():
            self._confirm_what_is_theirs(user)
        for wanted in self.program.values():
            self._confirm_user(live[wanted["username"]], wanted)
        self.local.mark()
        self.deployment.up(self.resources())
        assert self.local.changes() == []
        before = self._state()
        self.deployment.refresh()
        assert self._state() == before

    def _confirm_what_is_theirs(self, live: Mapping[str, Any]) -> None:
        kept = {
            "mobile": live["IdentityInfo"].get("Mobile"),
            "tag": live["Tags"].get("theirs"),
            "skill": live["Skills"].get("German"),
        }
        for what, value in kept.items():
            assert value or (live["Id"], what) not in self.theirs

    def _confirm_user(self, live: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
        for wire, api in (("identityInfo", "IdentityInfo"), ("phoneConfig", "PhoneConfig")):
            for member, value in wanted.get(wire, {}).items():
                assert live[api][member[0].upper() + member[1:]] == value
        accepted = {e["Channel"]: e["AutoAccept"] for e in live.get("AutoAcceptConfigs", [])}
        for entry in wanted.get("autoAcceptConfigs", []):
            assert accepted[entry["channel"]] == entry["autoAccept"]
        assert live["RoutingProfile"] == wanted["routingProfile"]
        assert live["SecurityProfiles"] == sorted(wanted["securityProfiles"])

        levels = {e["attributeValue"]: e["level"] for e in wanted.get("proficiencies", [])}
        has = {
            "tags": {k: v for k, v in live["Tags"].items() if k in ("a", "b")},
            "skills": {k: v for k, v in live["Skills"].items() if k != "German"},
            "group": {"path": live["HierarchyGroup"]} if live["HierarchyGroup"] else {},
        }
        should = {
            "tags": wanted.get("tags", {}),
            "skills": levels,
            "group": {"path": wanted["hierarchyGroup"]} if "hierarchyGroup" in wanted else {},
        }
        for what, value in should.items():
            # What a failed run gave and the program then dropped, state has never heard of.
            assert has[what].items() >= value.items() if self.tainted else has[what] == value

    def _state(self) -> dict[str, Any]:
        """What a preview shows of state: when a user was last changed is no part of it."""
        return {
            name: [
                {k: v for k, v in props.items() if not k.startswith("lastModifiedTime")}
                for props in (kept.inputs, kept.outputs)
            ]
            for name, kept in self.deployment.state.items()
        }


class RosterWalk(Walk):
    """The same with the users in a roster's batch."""

    def resources(self) -> dict[str, dict[str, Any]]:
        """The program as Pulumi gets it: one text for each user."""
        if not self.program:
            return {}
        members = {user["username"]: user for user in self.program.values()}
        outside = ("username", "password")
        return {
            "batch": {
                "instanceArn": MANAGED_ARN,
                "ownership": _mark("batch"),
                "users": {
                    name: canonical({k: v for k, v in user.items() if k not in outside})
                    for name, user in members.items()
                },
                "passwords": {name: user["password"] for name, user in members.items()},
            }
        }


pytestmark = pytest.mark.slow
_SETTINGS = settings(deadline=None, max_examples=20, stateful_step_count=25)
TestWalk = Walk.TestCase
TestWalk.settings = _SETTINGS
TestRosterWalk = RosterWalk.TestCase
TestRosterWalk.settings = _SETTINGS
