"""Suspensions one by one, on the in-memory twin: what goes, what stays, and the way back."""

from datetime import date
from typing import Any

import pytest

from pulumi_connect_users.core.errors import AccessDenied, DeletionRefused, NotOurs, ServiceFailure
from pulumi_connect_users.core.lookups import Kind
from pulumi_connect_users.core.ownership import RESOURCE_TAG, STACK_TAG, SUSPENDED_TAG
from pulumi_connect_users.live_data.model import CurrentContact, CurrentUserData, Reference
from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.inputs import KnownInputs
from pulumi_connect_users.users.state import UserState
from tests.support.twin import Json
from tests.support.twin_process import TwinProcess
from tests.support.valid_users import OURS, bag_of

SUSPEND = {
    "onDelete": "suspend",
    "suspendedSecurityProfile": "Suspended",
    "suspendedRoutingProfile": "Suspended",
}
_RIGHTS = ["UpdateUserSecurityProfiles", "UpdateUserRoutingProfile", "TagResource"]
_STACK = OURS.partition("#")[0]
_TODAY = date(2026, 11, 28)


class Centre(TwinProcess):
    """One provider process, with Mary as a resource of its stack."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(today=lambda: _TODAY, **settings)

    def hire(self, **changes: Any) -> UserState:
        """An `up` that brings a user in."""
        return self.users.create(self.inputs(**{**SUSPEND, **changes}))

    def id_of(self, kind: Kind, name: str = "Suspended") -> str:
        """The id of a profile."""
        return self.connect.id_of(kind, name)

    def next_process(self) -> "Centre":
        """Another process on the same centre."""
        process = Centre()
        process.connect.described = self.connect.described
        process.connect.skills = self.connect.skills
        return process

    def check(self, **changes: Any) -> Any:
        """What check says of a user."""
        arn = self.connect.instance_arn
        bag = bag_of("CONNECT_MANAGED", arn, {"ownership": OURS, **changes})
        return check(None, bag, self.lookups)

    def is_suspended(self) -> bool:
        """Whether the only user has nothing but the suspension's profiles, and the date."""
        user: Json = self.live()
        return bool(
            user["SecurityProfileIds"] == [self.id_of(Kind.SECURITY_PROFILE)]
            and user["RoutingProfileId"] == self.id_of(Kind.ROUTING_PROFILE)
            and user["Tags"].get(SUSPENDED_TAG) == "2026-11-28"
        )


@pytest.fixture
def run() -> Centre:
    """A process."""
    return Centre()


def test_leaver_loses_rights_and_keeps_the_rest(run: Centre) -> None:
    """Rights first, the tag last; id, mark, names and proficiencies stay."""
    state = run.hire()
    before = run.live()
    run.connect.mark()

    run.users.delete(state)

    assert run.connect.changes() == _RIGHTS
    assert run.is_suspended()
    assert run.live()["Id"] == before["Id"]
    assert run.live()["IdentityInfo"] == before["IdentityInfo"]
    assert run.live()["Tags"][STACK_TAG] == _STACK
    assert "suspended, not deleted" in run.said[-1]


def test_profiles_are_asked_about_once_a_process(run: Centre) -> None:
    """However many leave."""
    states = [run.hire(username=name) for name in ("mary.major", "li.juan", "nikki.wolf")]
    run.connect.mark()

    for state in states:
        run.users.delete(state)

    assert run.connect.calls().count("ListSecurityProfilePermissions") == 1
    assert run.connect.calls().count("ListRoutingProfileQueues") == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"suspendedSecurityProfile": "Agent"}, "permits BasicAgentAccess.*without permissions"),
        ({"suspendedRoutingProfile": "Basic Routing Profile"}, "has 1 queue.*without queues"),
    ],
)
def test_profile_that_gives_something_is_refused(
    run: Centre, changes: dict[str, str], said: str
) -> None:
    """By its name, and nothing is done."""
    state = run.hire(**changes)
    run.connect.mark()

    with pytest.raises(DeletionRefused, match=said):
        run.users.delete(state)

    assert run.connect.changes() == []


@pytest.mark.parametrize(
    "operation", ["ListSecurityProfilePermissions", "ListRoutingProfileQueues"]
)
def test_profile_that_cannot_be_read_is_refused(run: Centre, operation: str) -> None:
    """With the permission that is missing."""
    state = run.hire()
    run.connect.fail(operation, AccessDenied("not allowed", operation=operation))
    run.connect.mark()

    with pytest.raises(DeletionRefused, match=f"could not be read.*allow connect:{operation}"):
        run.users.delete(state)

    assert run.connect.changes() == []


@pytest.mark.parametrize("operation", _RIGHTS)
@pytest.mark.parametrize("after", [False, True])
def test_interrupted_suspension_is_continued(run: Centre, operation: str, after: bool) -> None:
    """By the next run, with no call twice that was seen to work."""
    state = run.hire()
    run.connect.fail(operation, ServiceFailure("down", operation=operation), times=1, after=after)
    with pytest.raises(ServiceFailure):
        run.users.delete(state)

    again = run.next_process()
    again.users.delete(state)

    assert again.is_suspended()
    assert len(again.connect.changes()) == 3 - _RIGHTS.index(operation) - after


class Killed(BaseException):
    """The process ends: nothing that handles errors sees it."""


def _kill_at(run: Centre, place: int, *, after: bool) -> None:
    """The process ends at its nth call, which has an effect only if it ends after it."""
    call, left = run.connect.call, iter(range(place + 1))

    def killed(operation: str, **parameters: Any) -> Json:
        is_last = next(left) == place
        answer = {} if is_last and not after else call(operation, **parameters)
        if is_last:
            raise Killed
        return answer

    run.connect.call = killed  # type: ignore[method-assign]


def test_suspension_killed_at_any_call_is_completed_by_the_next_run() -> None:
    """Look-ups included; in between the user never has more than before, and keeps its id."""
    undisturbed = Centre()
    state = undisturbed.hire()
    undisturbed.connect.mark()
    undisturbed.users.delete(state)
    calls = len(undisturbed.connect.calls())
    assert calls > len(_RIGHTS)

    for place in range(calls):
        for after in (False, True):
            run = Centre()
            state = run.hire()
            again = run.next_process()
            _kill_at(run, place, after=after)
            with pytest.raises(Killed):
                run.users.delete(state)

            again.users.delete(state)

            assert again.is_suspended()
            assert again.live()["Id"] == state.user_id


def test_date_of_an_earlier_run_stays(run: Centre) -> None:
    """A run that was killed before its checkpoint had suspended the user already."""
    state = run.hire()
    run.users.delete(state)
    again = run.next_process()
    again.live()["Tags"][SUSPENDED_TAG] = "2026-10-01"

    again.users.delete(state)

    assert again.connect.changes() == []
    assert again.live()["Tags"][SUSPENDED_TAG] == "2026-10-01"


def test_agent_on_a_contact_stays(run: Centre) -> None:
    """And no deletion is offered as a way out."""
    state = run.hire()
    user = Reference(state.user_id, "")
    contact = CurrentContact("c", "VOICE", None, "CONNECTED", None, None, None)
    run.connect.data[user.id] = CurrentUserData(user, contacts=(contact,))
    run.connect.mark()

    with pytest.raises(DeletionRefused, match=r"Run again afterwards\.$"):
        run.users.delete(state)

    assert run.connect.changes() == []


def test_user_without_room_for_the_date_is_refused_before_any_call(run: Centre) -> None:
    """Others have used up its tags."""
    state = run.hire()
    run.live()["Tags"] |= {f"key-{n}": "" for n in range(48)}
    run.connect.mark()

    with pytest.raises(DeletionRefused, match="has 50 tags of 50"):
        run.users.delete(state)

    assert run.connect.changes() == []


def test_setting_suspends_every_user_whose_state_has_the_profiles() -> None:
    """One without them is refused: only a run of its program can resolve them."""
    run = Centre(on_delete="suspend")
    state = run.hire(onDelete=None)

    run.users.delete(state)

    assert run.is_suspended()
    bare = run.hire(username="li.juan", **dict.fromkeys(SUSPEND))
    with pytest.raises(DeletionRefused, match="not in its state"):
        run.users.delete(bare)


def test_suspensions_count_towards_the_limit() -> None:
    """A file that lost its users must not stop the contact centre."""
    run = Centre(max_deletes=1)
    states = [run.hire(username=name) for name in ("mary.major", "li.juan")]

    run.users.delete(states[0])

    with pytest.raises(DeletionRefused, match="already deleted or suspended"):
        run.users.delete(states[1])


@pytest.mark.parametrize("mark", [OURS, f"{_STACK}#zzzzzzzz"])
def test_rehire_is_the_same_user_again(run: Centre, mark: str) -> None:
    """By the same resource or by another one of the stack: one look-up, and no CreateUser."""
    state = run.hire()
    run.users.delete(state)
    process = run.next_process()
    inputs = process.inputs(ownership=mark, **SUSPEND)
    process.connect.mark()

    back = process.users.create(inputs)

    user = process.live()
    assert back.user_arn == state.user_arn
    assert "CreateUser" not in process.connect.calls()
    assert user["SecurityProfileIds"] == [process.id_of(Kind.SECURITY_PROFILE, "Agent")]
    assert user["RoutingProfileId"] == process.id_of(Kind.ROUTING_PROFILE, "Basic Routing Profile")
    assert SUSPENDED_TAG not in user["Tags"]
    assert user["Tags"][RESOURCE_TAG] == mark.partition("#")[2]
    assert process.connect.changes()[-1] == "UntagResource"


def test_rehire_is_told_at_the_preview(run: Centre) -> None:
    """What changes, since when, and that no password is set."""
    run.users.delete(run.hire())

    checked = run.next_process().check()

    assert checked.failures == []
    assert checked.inputs.get("adoption.changes") == ["routing_profile_id", "security_profile_ids"]
    assert checked.inputs.get("adoption.suspended") == "2026-11-28"
    (warning,) = [w for w in checked.warnings if "suspended" in w]
    assert warning.startswith("suspended since 2026-11-28, is taken back")
    assert "password is the former one" in warning


def test_user_that_another_stack_suspended_is_theirs(run: Centre) -> None:
    """The username is taken, as before its suspension."""
    run.users.delete(run.hire())
    process = run.next_process()
    inputs = process.inputs(ownership="organization/other/dev#zzzzzzzz")

    checked = process.check(ownership="organization/other/dev#zzzzzzzz")
    assert "taken by a user of the stack" in str(checked.failures[0])
    with pytest.raises(NotOurs):
        process.users.create(inputs)


def test_user_that_comes_back_before_the_checkpoint_loses_the_tag(run: Centre) -> None:
    """The state still has it: the refresh shows the drift, and the update takes it back."""
    state = run.hire()
    run.users.delete(state)
    process = run.next_process()
    drifted = process.users.read(state)
    assert drifted is not None

    process.users.update(drifted, process.inputs(state, **SUSPEND))

    assert SUSPENDED_TAG not in process.live()["Tags"]
    assert process.live()["SecurityProfileIds"] != [process.id_of(Kind.SECURITY_PROFILE)]


def test_state_holds_ids_and_a_second_check_is_equal(run: Centre) -> None:
    """Names in the program, ids in state: no preview shows a change."""
    first = run.inputs(**SUSPEND)
    assert first.get("suspendedSecurityProfile") == run.id_of(Kind.SECURITY_PROFILE)
    assert run.inputs(first, **SUSPEND).properties == first.properties


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"onDelete": "suspend"}, "suspended_security_profile: is missing"),
        ({**SUSPEND, "suspendedRoutingProfile": "Nowhere"}, '"Nowhere" does not exist'),
        ({**SUSPEND, "tags": {f"k{n}": "" for n in range(48)}}, "at most 47 are possible"),
    ],
)
def test_what_would_fail_at_the_deletion_is_refused_at_the_preview(
    run: Centre, changes: dict[str, Any], said: str
) -> None:
    """A missing name, above all."""
    assert said in " ".join(map(str, run.check(**changes).failures))


@pytest.mark.parametrize(
    ("own", "setting", "refused"),
    [("suspend", None, True), ("refuse", "suspend", True), ("suspend", "refuse", False)],
)
def test_replacement_under_the_same_username_is_refused(
    run: Centre, own: str, setting: str | None, refused: bool
) -> None:
    """The suspended user would keep the name; connect:onDelete overrides the user's own option."""
    options = {**SUSPEND, "onDelete": own, "onPasswordChange": "replace"}
    old: KnownInputs = run.inputs(**options)
    arn = run.connect.instance_arn
    bag = bag_of("CONNECT_MANAGED", arn, {**options, "ownership": OURS, "password": "An0ther!Pass"})

    checked = check(old, bag, run.lookups, on_delete=setting)

    assert ("with on_delete" in " ".join(map(str, checked.failures))) is refused
