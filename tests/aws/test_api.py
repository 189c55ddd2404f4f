"""One API call: asked of a run that lives, at its pace, again where that is safe."""

from dataclasses import replace
from typing import Any

import pytest

from pulumi_connect_users.aws.api import ApiClient
from pulumi_connect_users.aws.clients import Clients
from pulumi_connect_users.aws.rate_limit import RateLimiter
from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.aws.settings import read_settings
from pulumi_connect_users.core.arns import LOCAL_ACCOUNT
from pulumi_connect_users.core.errors import ApiError, EngineGone, ServiceFailure, WrongInstance
from pulumi_connect_users.core.run_hooks import RunHooks
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, REGION
from tests.support.provider_process import (
    INSTANCE_ID,
    Process,
    closing_server,
)

_GONE = EngineGone("stopping: the Pulumi run that asked for this has ended.")


def _gone() -> None:
    raise _GONE


class Timeline:
    """A caller on a clock that only pacing moves, and all that happened, in order."""

    def __init__(self, local: Local) -> None:
        self.events: list[str] = []
        self.told: list[str] = []
        self.now = 1_000_000.0
        rate_limiter = RateLimiter(2.0, 5, clock=lambda: self.now, sleep=self._wait)
        settings = read_settings({"endpoint": "local", "localStore": str(local.path)}.get, {})
        self.caller = ApiClient(
            Clients(settings).client(REGION, LOCAL_ACCOUNT),
            rate_limiter,
            scope="test",
            hooks=RunHooks(
                inform=self.told.append,
                before_change=lambda: self.events.append("asks the engine"),
            ),
            pause=lambda seconds: self.events.append("pauses"),
        )

    def _wait(self, seconds: float) -> None:
        self.events.append("waits")
        self.now += seconds

    def call(self, operation: str, **parameters: Any) -> None:
        """One call about the instance."""
        self.caller.call(operation, InstanceId=INSTANCE_ID, **parameters)
        self.events.append("is answered")


def test_nothing_is_changed_for_a_run_that_has_ended(process: Process) -> None:
    """No mutating call of any kind is made; looking does no harm."""
    inputs = process.inputs()
    state = process.users.create(inputs)
    process.before_change = _gone
    process.local.mark()

    with pytest.raises(EngineGone):
        process.users.create(replace(inputs, username="li.juan"))
    with pytest.raises(EngineGone):
        process.users.delete(state)

    assert process.local.changes() == []
    assert "DescribeUser" in process.local.calls()


def test_engine_is_asked_after_the_wait_for_the_pace(local: Local) -> None:
    """A queue may be minutes long: the answer of before it is worth nothing."""
    timeline, user_id = Timeline(local), local.add_user()

    for _ in range(5):
        timeline.call("UpdateUserHierarchy", UserId=user_id)

    assert timeline.events[-3:] == ["waits", "asks the engine", "is answered"]


def test_engine_is_asked_before_every_attempt(process: Process) -> None:
    """It may end while an answer is lost: the call is not made again for nobody."""
    state = process.users.create(process.inputs())
    answers = iter([None])

    def engine() -> None:
        if next(answers, "gone") == "gone":
            _gone()

    process.before_change = engine
    process.faults({"operation": "DeleteUser", "kind": "reset", "when": "before", "nth": 1})

    with pytest.raises(EngineGone):
        process.users.delete(state)

    assert len(process.local.users(INSTANCE_ID)) == 1


@pytest.mark.parametrize("operation", ["DescribeUser", "ListUsers", "SearchUsers"])
def test_reads_ask_no_engine(local: Local, operation: str) -> None:
    """A board or an export has none, and a look changes nothing."""
    timeline = Timeline(local)
    parameters = {"UserId": local.add_user()} if operation == "DescribeUser" else {}

    timeline.call(operation, **parameters)

    assert timeline.events == ["is answered"]


def test_throttled_call_is_made_again_at_a_lower_pace(local: Local) -> None:
    """However often, and what follows waits longer than before; whoever waits is told once."""
    timeline, user_id = Timeline(local), local.add_user()
    local.store.control(
        faults=[{"operation": "UpdateUserHierarchy", "kind": "throttle", "nth": 1, "times": 7}]
    )

    timeline.call("UpdateUserHierarchy", UserId=user_id)

    assert timeline.events == [
        "asks the engine",
        *["pauses", "waits", "asks the engine"] * 7,
        "is answered",
    ]
    (told,) = timeline.told
    assert told.startswith("UpdateUserHierarchy is throttled; others use the quota")


@pytest.mark.parametrize(("failures", "answered"), [(4, True), (5, False)])
@pytest.mark.parametrize("kind", ["server-error", "reset"])
def test_failed_call_is_made_five_times(
    local: Local, kind: str, failures: int, answered: bool
) -> None:
    """What may be made twice is, and somewhere that ends."""
    timeline, user_id = Timeline(local), local.add_user()
    fault = {"operation": "UpdateUserHierarchy", "kind": kind, "nth": 1, "times": failures}
    local.store.control(faults=[fault])
    local.mark()

    try:
        timeline.call("UpdateUserHierarchy", UserId=user_id)
    except ApiError:
        assert not answered
    else:
        assert answered

    assert local.changes() == ["UpdateUserHierarchy"] * 5
    (told,) = timeline.told
    assert told.startswith("UpdateUserHierarchy: ")
    assert told.endswith("; retrying")


def test_creation_whose_answer_breaks_off_ends_in_its_user(process: Process) -> None:
    """An answer without an id says nothing; the second attempt finds the user."""
    process.faults({"operation": "CreateUser", "kind": "truncate", "nth": 1})

    outputs = process.users.create(process.inputs())

    assert outputs.user_id == process.live()["Id"]


def test_refused_call_is_made_once(local: Local) -> None:
    """What was answered with a reason is not asked again."""
    timeline, user_id = Timeline(local), local.add_user()
    fault = {"operation": "DeleteUser", "kind": "error", "code": "InvalidRequestException"}
    local.store.control(faults=[fault])
    local.mark()

    with pytest.raises(ApiError):
        timeline.call("DeleteUser", UserId=user_id)

    assert local.changes() == ["DeleteUser"]


@pytest.mark.parametrize(
    ("settings", "arn", "reason"),
    [
        (
            {"endpoint": "local", "region": "eu-central-1"},
            MANAGED_ARN,
            "connect:region is eu-central-1, but the ARN's is us-west-2",
        ),
        (
            {"endpoint": "local"},
            MANAGED_ARN.replace("000000000000", "123456789012"),
            "is `local`, the embedded Connect, whose account is 000000000000",
        ),
        (
            {"endpoint": "https://connect.us-west-2.amazonaws.com"},
            MANAGED_ARN,
            "it belongs to the embedded Connect",
        ),
        (
            {"endpoint": "https://connect.example.com"},
            MANAGED_ARN.replace("000000000000", "123456789012").replace("aws:", "aws-us-gov:", 1),
            "us-west-2 is in partition aws",
        ),
    ],
)
def test_instance_that_settings_contradict_is_refused_before_any_call(
    local: Local, settings: dict[str, str], arn: str, reason: str
) -> None:
    """NotFound from a wrong place would forget users: nobody is asked."""
    store = {"localStore": str(local.path)} if settings["endpoint"] == "local" else {}
    session = ConnectSession(read_settings((settings | store).get, {}))
    local.mark()

    with pytest.raises(WrongInstance, match=reason):
        session.connect(arn)

    assert local.calls() == []


def test_instance_that_is_not_there_is_asked_for_once(process: Process) -> None:
    """A thousand users of a deleted instance make one call, and none of them is forgotten."""
    process.local.client.delete_instance(InstanceId=INSTANCE_ID)
    process.local.mark()

    for _ in range(3):
        with pytest.raises(WrongInstance, match="nothing has changed"):
            process.session.connect(MANAGED_ARN)

    assert process.local.calls() == ["DescribeInstance"]


def test_instance_that_cannot_be_asked_for_is_an_error_of_the_call(process: Process) -> None:
    """At apply nothing goes on without having seen the instance."""
    process.faults({"operation": "DescribeInstance", "kind": "server-error"})

    with pytest.raises(ServiceFailure, match="DescribeInstance"):
        process.session.connect(MANAGED_ARN)


def test_unreachable_endpoint_is_tried_five_times(local: Local) -> None:
    """Nothing can have been made, so that even CreateUser is repeated."""
    with closing_server(local) as url:
        process = Process(local, {"endpoint": url, "requestsPerSecond": "1000"})
        connect = process.connect
    asked: list[str] = []
    process.before_change = lambda: asked.append("CreateUser")

    with pytest.raises(ServiceFailure, match="the endpoint cannot be reached"):
        connect.call(
            "CreateUser", Username="mary.major", SecurityProfileIds=["s"], RoutingProfileId="r"
        )

    assert len(asked) == 5
