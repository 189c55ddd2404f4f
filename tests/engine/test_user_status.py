"""`UserStatus` and live data through the real engine."""

import pytest

from pulumi_connect_users.emulator import seeded_id
from tests.support.contact_centre import INSTANCE, close, contact, login
from tests.support.harness import Stacks
from tests.support.local_connect import Local
from tests.support.programs import program

_ROUTING = seeded_id(INSTANCE, "routing-profile", "Basic Routing Profile")
_MARY = 'mary = connect.User("mary", **MARY)'


def _status(arguments: str = "") -> str:
    return program(
        _MARY,
        f'connect.UserStatus("status", user=mary, agent_status="Available"{arguments})',
        'pulumi.export("arn", mary.user_arn)',
    )


def _live(connect: Local) -> tuple[str, str | None]:
    """The one agent's status and next status."""
    answer = connect.client.get_current_user_data(
        InstanceId=INSTANCE, Filters={"ContactFilter": {}, "RoutingProfiles": [_ROUTING]}
    )
    [data] = answer["UserDataList"]
    return data["Status"]["StatusName"], data.get("NextStatus")


def test_status_is_set_once_and_again_when_triggered(stacks: Stacks) -> None:
    """One PutUserStatus at first, none without a change, one for a trigger, none to destroy."""
    stack = stacks(program=_status(", triggers=[1]"))
    connect = stack.local
    stack.up()
    assert connect.changes() == ["CreateUser", "PutUserStatus"]
    assert _live(connect) == ("Available", None)

    connect.mark()
    stack.up("--expect-no-changes")
    assert connect.changes() == []

    # The agent is Available still: Connect refuses to set it again, and it is done.
    stack.edit("triggers=[1]", "triggers=[2]")
    stack.up()
    assert connect.changes() == ["PutUserStatus"]
    assert connect.store.requests()[-1].error_code == "InvalidRequestException"
    assert _live(connect) == ("Available", None)

    connect.mark()
    stack.write_program(program(_MARY))
    stack.up()
    assert connect.changes() == []
    assert stack.resources("connect:UserStatus") == []


def test_status_of_an_agent_on_a_contact_is_the_next_one(stacks: Stacks) -> None:
    """PutUserStatus during a contact says what comes after it."""
    stack = stacks(program=_status())
    stack.up()
    connect = stack.local
    connect.store.play_day(INSTANCE, [contact("mary.major", "call", "CONNECTED")])

    stack.edit('"Available"', '"Offline"')
    stack.up()

    assert _live(connect) == ("Available", "Offline")


def test_agents_own_changes_are_no_drift_unless_enforced(stacks: Stacks) -> None:
    """Without `enforce` a refresh asks nothing; with it, the next up sets the status again."""
    stack = stacks(program=_status())
    stack.up()
    connect = stack.local
    connect.store.seed({"instances": [{"id": INSTANCE, "agentStatuses": [{"name": "Lunch"}]}]})
    lunch = login("mary.major", "Lunch")
    connect.store.play_day(INSTANCE, [lunch])
    connect.mark()
    stack.refresh()
    assert "GetCurrentUserData" not in connect.calls()
    stack.preview("--expect-no-changes")

    stack.edit('agent_status="Available"', 'agent_status="Available", enforce=True')
    stack.up()
    assert connect.changes() == []
    stack.refresh()
    [status] = stack.resources("connect:UserStatus")
    assert status["outputs"]["agentStatusName"] == "Lunch"
    stack.up()

    assert connect.changes() == ["PutUserStatus"]
    assert _live(connect) == ("Available", None)


def test_agent_who_is_not_at_work_has_no_drift(stacks: Stacks) -> None:
    """Absence from the live data means unknown, never gone."""
    stack = stacks(program=_status(", enforce=True"))
    stack.up()
    logout = {"at": 0, "agent": "mary.major", "do": "logout"}
    stack.local.store.play_day(INSTANCE, [logout])

    stack.refresh()

    assert len(stack.resources("connect:UserStatus")) == 1
    stack.preview("--expect-no-changes")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ('agent_status="Avialable"', 'agent_status: "Avialable" does not exist in this instance'),
        ('agent_status="Avialable"', "Did you mean Available?"),
        ("", "agent_status and agent_status_id: one of them is required."),
        ('agent_status="Available", agent_status_id="x"', "exclude each other."),
        (
            'agent_status_id="00000000-dead-4eef-8000-000000000000"',
            "8000-000000000000 does not exist in this instance. Known: ",
        ),
        ('agent_status="Available", triggers="now"', "triggers: must be a list."),
    ],
)
def test_impossible_status_is_refused_at_the_preview_that_creates_the_user(
    stacks: Stacks, arguments: str, expected: str
) -> None:
    """Names are looked up although the user is not there yet; nothing is created."""
    text = program(_MARY, f'connect.UserStatus("status", user=mary, {arguments})')
    stack = stacks(program=text)

    result = stack.preview(expect="failure")

    assert expected in result.text
    assert stack.local.changes() == []


def test_missing_permission_is_told_with_what_to_allow(stacks: Stacks) -> None:
    """AccessDenied names the action and the three kinds of thing that it is about."""
    stack = stacks(program=_status())
    fault = {"operation": "PutUserStatus", "kind": "access-denied"}
    stack.local.store.control(faults=[fault])

    result = stack.up(expect="failure")

    assert "setting the status of user mary.major" in result.text
    assert "Allow connect:PutUserStatus on the user, the instance and the agent" in result.text
    assert [r["urn"].rsplit("::", 1)[1] for r in stack.resources("connect:User")] == ["mary"]


def test_status_waits_for_a_user_who_is_not_visible_yet(stacks: Stacks) -> None:
    """A user that was made a moment ago may be unknown to PutUserStatus for a while."""
    stack = stacks(program=_status())
    fault = {"operation": "CreateUser", "kind": "late-visibility", "seconds": 0.5}
    stack.local.store.control(faults=[fault])

    stack.up()

    assert len(stack.resources("connect:UserStatus")) == 1


_LIVE = """
agents = connect.get_current_user_data(
    MANAGED, queues=["BasicQueue"], contact_states=["CONNECTED"]
)
pulumi.export("talking", [len(agent.contacts) for agent in agents])
first = next(connect.iter_current_user_data(MANAGED, queues=["BasicQueue"]), None)
pulumi.export("first", first.status.status_name if first else "nobody")
mine = connect.get_current_user_data_output(MANAGED, agents=[mary.user_id])
pulumi.export("mine", mine.apply(lambda found: [one.user.arn for one in found]))
"""


def test_live_data_reach_a_program(stacks: Stacks) -> None:
    """Plain, lazy and as an output; at a preview that does not know the user, unknown."""
    stack = stacks(program=program(_MARY, _LIVE))
    preview = stack.preview()
    assert "[unknown]" in preview.text
    stack.up()
    assert stack.outputs() == {"talking": [], "first": "nobody", "mine": []}
    stack.local.store.play_day(
        INSTANCE, [login("mary.major"), contact("mary.major", "call", "CONNECTED")]
    )

    stack.up()

    outputs = stack.outputs()
    [mary] = stack.resources("connect:User")
    assert outputs == {"talking": [1], "first": "Available", "mine": [mary["id"]]}
    stack.local.store.play_day(INSTANCE, [close("call")])
    stack.up()
    assert stack.outputs()["talking"] == []


def test_impossible_question_ends_the_program_before_any_call(stacks: Stacks) -> None:
    """Every reason at once, in the error's last line."""
    text = program(
        'connect.get_current_user_data(MANAGED, queues=[], agents=["a"], contact_states=["TALK"])'
    )
    stack = stacks(program=text)

    result = stack.preview(expect="failure")

    for reason in (
        "queues: is empty",
        "exclude each other",
        "contact_states[0]: is not a contact state",
    ):
        assert reason in result.text
    assert stack.local.calls() == []
