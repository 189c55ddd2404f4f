"""Random runs of two processes: enough Admins stay, and no change is refused needlessly."""

from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_connect_users.core.errors import (
    AccessDenied,
    ConnectUsersError,
    ServiceFailure,
    TooFewAdmins,
)
from pulumi_connect_users.users.allowance import OwnTally
from pulumi_connect_users.users.state import UserState
from tests.users.test_admin_minimum import ADMIN, AGENT, TAKING, Centre

_OPERATIONS: Final = {
    "update": "UpdateUserSecurityProfiles",
    "promotion": "UpdateUserSecurityProfiles",
    "suspension": "UpdateUserSecurityProfiles",
    "deletion": "DeleteUser",
    "replacement": "DeleteUser",
    "rename": "CreateUser",
    "hire": "CreateUser",
}
_STEPS: Final = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(sorted(_OPERATIONS)),
        st.integers(0, 5),
        st.sampled_from([None, None, None, "refused", "lost"]),
    ),
    max_size=14,
)


class Run:
    """Two processes of one run, and the users that their program has."""

    def __init__(self, least: int, admins: list[bool], former: int) -> None:
        """Begins with users that have Admin or not; the index still shows some former ones."""
        setup, tally = Centre(0), OwnTally()
        self.twin = setup.connect
        self.least = least
        self.processes = [Centre(least, self.twin, tally) for _ in range(2)]
        hired = [
            setup.hire(f"agent.{n}", **(ADMIN if is_admin else AGENT))
            for n, is_admin in enumerate(admins)
        ]
        self.states = {state.username: state for state in hired}
        self.is_exact = True
        """Whether the guard knows of every promotion."""
        shown = {state.user_id: state.username for state in hired[:former]}
        found = self.twin.holders
        self.twin.holders = lambda security_profile: {**shown, **found(security_profile)}  # type: ignore[method-assign]

    def step(self, process: int, kind: str, place: int, fault: str | None) -> None:
        """One change, in one of the processes; it may be refused by Connect, or not be answered."""
        before, states = self.processes[0].admins(), list(self.states.values())
        if not states:
            return
        state, operation = states[place % len(states)], _OPERATIONS[kind]
        if fault == "refused":
            self.twin.fail(operation, AccessDenied("no", operation=operation), times=1)
        elif fault == "lost":
            lost = ServiceFailure("down", operation=operation)
            self.twin.fail(operation, lost, times=1, after=True)
            self.is_exact &= kind != "promotion"
        try:
            self._change(self.processes[process], kind, state)
        except TooFewAdmins:
            assert state.username in before
            assert not self.is_exact or len(self.processes[0].admins()) <= self.least
        except ConnectUsersError:
            assert fault
        assert len(self.processes[0].admins()) >= min(self.least, len(before))
        self.twin.faults.clear()
        known = {name: self.processes[0].users.read(one) for name, one in self.states.items()}
        self.states = {name: one for name, one in known.items() if one}

    def _change(self, centre: Centre, kind: str, state: UserState) -> None:
        profiles = ADMIN if state.username in centre.admins() else AGENT
        name = f"agent.{len(self.twin.calls())}"
        if kind == "hire":
            self.states[name] = centre.hire(name, **profiles)
        elif kind == "rename":
            self.states[name] = centre.hire(name, **profiles)
            centre.users.delete(state)
        elif kind == "promotion":
            centre.users.update(state, centre.changed(state, **ADMIN))
        elif kind == "replacement":
            new = centre.changed(state, **profiles)
            centre.users.delete(state)
            self.states[state.username] = centre.users.create(new)
        else:
            TAKING[kind](centre, state)
            if kind == "suspension":
                del self.states[state.username]


@given(
    least=st.integers(1, 3),
    admins=st.lists(st.booleans(), min_size=1, max_size=5),
    former=st.integers(0, 2),
    steps=_STEPS,
)
@settings(max_examples=150, deadline=None)
def test_number_of_admins_never_falls_below_the_minimum(
    least: int, admins: list[bool], former: int, steps: list[tuple[int, str, int, str | None]]
) -> None:
    """In any order, in two processes, with failures; and nothing is refused needlessly."""
    run = Run(least, admins, former)

    for step in steps:
        run.step(*step)
