"""Faults on request: what the client sees, what has happened, and what the log says."""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

from pulumi_connect_users.emulator import Store, mount
from pulumi_connect_users.emulator.faults.rules import KINDS
from tests.support.connect_client import ConnectClient, connect_client
from tests.support.processes import run_python
from tests.support.sample_instance import SampleInstance


@pytest.fixture(params=["in process", "over HTTP"])
def client(request: pytest.FixtureRequest, store: Store) -> Callable[..., ConnectClient]:
    """Makes clients of the store, in process and over HTTP."""
    url = request.getfixturevalue("url") if request.param == "over HTTP" else None

    def make(**arguments: Any) -> ConnectClient:
        made = connect_client(endpoint_url=url, **arguments)
        if url is None:
            mount(made, store.path)
        return made

    return make


def _names(sample: SampleInstance) -> list[str]:
    listed = sample.client.list_users(InstanceId=sample.instance)["UserSummaryList"]
    return [str(user["Username"]) for user in listed]


@pytest.mark.parametrize(
    ("fault", "error", "created", "label"),
    [
        ({"kind": "throttle"}, "TooManyRequestsException", False, "throttle:before"),
        (
            {"kind": "throttle", "code": "ThrottlingException"},
            "ThrottlingException",
            False,
            "throttle:before",
        ),
        ({"kind": "server-error"}, "InternalServiceException", False, "server-error:before"),
        (
            {"kind": "server-error", "when": "after"},
            "InternalServiceException",
            True,
            "server-error:after",
        ),
        ({"kind": "limit-exceeded"}, "LimitExceededException", False, "limit-exceeded:before"),
        ({"kind": "access-denied"}, "AccessDeniedException", False, "access-denied:before"),
        ({"kind": "reset"}, ConnectionClosedError, False, "reset:before"),
        ({"kind": "reset", "when": "after"}, ConnectionClosedError, True, "reset:after"),
        ({"kind": "timeout"}, ReadTimeoutError, False, "timeout:before"),
        ({"kind": "timeout", "when": "after"}, ReadTimeoutError, True, "timeout:after"),
    ],
    ids=lambda value: value.get("kind", "") if isinstance(value, dict) else None,
)
def test_fault_before_or_after_the_effect(
    sample: SampleInstance,
    store: Store,
    client: Callable[..., ConnectClient],
    fault: dict[str, Any],
    error: str | type[Exception],
    created: bool,
    label: str,
) -> None:
    """The client meets the fault; whether the user exists depends on when it struck."""
    store.control(faults=[{"operation": "CreateUser", "nth": 1, **fault}])

    with pytest.raises(ClientError if isinstance(error, str) else error) as met:
        client(read_timeout=0.5).create_user(**sample.new_user())

    if isinstance(error, str):
        assert isinstance(met.value, ClientError)
        assert met.value.response["Error"]["Code"] == error
    logged = store.requests(operation="CreateUser")[-1]
    assert list(logged.faults) == [label]
    assert logged.error_code == (error if isinstance(error, str) else None)
    assert ("john.doe" in _names(sample)) is created


def test_truncated_answer_has_no_members(
    sample: SampleInstance, store: Store, client: Callable[..., ConnectClient]
) -> None:
    """The user exists, and boto3 returns an answer without its id, and without an error."""
    store.control(faults=[{"operation": "CreateUser", "kind": "truncate", "nth": 1}])

    answer = client().create_user(**sample.new_user())

    assert set(answer) == {"ResponseMetadata"}
    assert "john.doe" in _names(sample)
    logged = store.requests(operation="CreateUser")[-1]
    assert (logged.status, logged.faults) == (None, ("truncate:after",))


def test_lost_answer_and_retry_end_in_duplicate(
    sample: SampleInstance, store: Store, client: Callable[..., ConnectClient]
) -> None:
    """A retried create whose answer was lost is answered that the name is taken."""
    store.control(faults=[{"operation": "CreateUser", "kind": "reset", "when": "after", "nth": 1}])

    with pytest.raises(ClientError) as met:
        client(attempts=3).create_user(**sample.new_user())

    assert met.value.response["Error"]["Code"] == "DuplicateResourceException"
    assert _names(sample) == ["mary.major", "john.doe"]


def test_throttled_client_succeeds_when_it_retries(
    sample: SampleInstance, store: Store, client: Callable[..., ConnectClient]
) -> None:
    """The third attempt of a client that was throttled twice is served."""
    store.control(faults=[{"operation": "DescribeUser", "kind": "throttle", "nth": 1, "times": 2}])

    answer = client(attempts=3).describe_user(InstanceId=sample.instance, UserId=sample.user)

    assert answer["ResponseMetadata"]["RetryAttempts"] == 2


def test_rule_counts_calls_of_its_operations_only(sample: SampleInstance, store: Store) -> None:
    """`nth` counts matching calls since the rule was set; `times` ends it."""
    rule = {"operation": "Describe*", "kind": "server-error", "nth": 2, "times": 2}
    store.control(faults=[rule])
    outcomes = []

    for _ in range(5):
        sample.client.list_users(InstanceId=sample.instance)
        try:
            sample.described()
            outcomes.append("served")
        except ClientError:
            outcomes.append("failed")

    assert outcomes == ["served", "failed", "failed", "served", "served"]
    assert [(one["seen"], one["fired"]) for one in store.controls()["faults"]] == [(5, 2)]


def test_probability_with_a_seed_repeats(sample: SampleInstance, store: Store) -> None:
    """The same seed fails the same calls, and about as many as asked."""

    def play() -> list[bool]:
        store.control(
            clear=True,
            faults=[{"operation": "*", "kind": "throttle", "probability": 0.3, "seed": 7}],
        )
        return [_fails(lambda: sample.described()) for _ in range(100)]

    first = play()

    assert play() == first
    assert 15 <= sum(first) <= 45


def _fails(call: Callable[[], Any]) -> bool:
    try:
        call()
    except ClientError:
        return True
    return False


@pytest.mark.parametrize("read", ["describe", "list", "search", "tags", "update"])
def test_new_user_is_not_visible_for_some_calls(
    sample: SampleInstance, store: Store, read: str
) -> None:
    """After a create with late visibility the first reads do not find the user, then they do."""
    store.control(faults=[{"kind": "late-visibility", "calls": 2, "nth": 1}])
    made = sample.client.create_user(**sample.new_user())
    about: Any = {"InstanceId": sample.instance, "UserId": made["UserId"]}
    searched = {"StringCondition": {"FieldName": "Username", "Value": "john.doe"}}
    reads: dict[str, Callable[[], Any]] = {
        "describe": lambda: sample.client.describe_user(**about),
        "list": lambda: _present("john.doe" in _names(sample)),
        "search": lambda: _present(
            sample.client.search_users(
                InstanceId=sample.instance,
                SearchCriteria=searched,  # type: ignore[arg-type]
            )["Users"]
        ),
        "tags": lambda: sample.client.list_tags_for_resource(resourceArn=made["UserArn"]),
        "update": lambda: sample.client.update_user_hierarchy(**about),
    }

    outcomes = [_fails(reads[read]) for _ in range(4)]

    assert outcomes == [True, True, False, False]
    assert store.requests(operation="CreateUser")[-1].faults == ("late-visibility",)


def _present(found: Any) -> None:
    if not found:
        raise ClientError({"Error": {"Code": "Missing"}}, "read")


def test_new_user_is_not_visible_for_some_time(
    sample: SampleInstance, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With seconds instead of calls it becomes visible when they are over."""
    store.control(faults=[{"kind": "late-visibility", "seconds": 60}])
    made = sample.client.create_user(**sample.new_user())

    assert _fails(lambda: sample.described(made["UserId"]))
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 61)
    assert sample.described(made["UserId"])["Username"] == "john.doe"


def test_deleted_users_name_stays_taken_for_some_calls(
    sample: SampleInstance, store: Store
) -> None:
    """After a delete with late disappearance the name is a duplicate at first."""
    store.control(faults=[{"kind": "late-disappearance", "calls": 2}])
    sample.client.delete_user(InstanceId=sample.instance, UserId=sample.user)

    request = sample.new_user(Username="mary.major")
    outcomes = [_fails(lambda: sample.client.create_user(**request)) for _ in range(3)]

    assert outcomes == [True, True, False]


def test_pacing_serves_the_burst_and_then_the_rate(
    sample: SampleInstance, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With AWS's pacing five calls of an operation pass, the sixth is throttled, others are not."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    store.control(pacing="aws")

    outcomes = [_fails(lambda: sample.described()) for _ in range(6)]
    other = _fails(lambda: _names(sample))
    monkeypatch.setattr(time, "time", lambda: now + 1.0)
    later = [_fails(lambda: sample.described()) for _ in range(3)]

    assert outcomes == [False] * 5 + [True]
    assert not other
    assert later == [False, False, True]
    assert store.requests(operation="DescribeUser")[-1].error_code == "TooManyRequestsException"


def test_throttled_call_uses_no_fault_up(
    sample: SampleInstance, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call that pacing refuses reaches no operation: the fault waits for one that does."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    rule = {"operation": "DescribeUser", "kind": "server-error", "nth": 2}
    store.control(pacing={"rate": 1, "burst": 1}, faults=[rule])

    outcomes = [_fails(lambda: sample.described()) for _ in range(2)]
    monkeypatch.setattr(time, "time", lambda: now + 1.0)
    with pytest.raises(ClientError, match="InternalServiceException"):
        sample.described()

    assert outcomes == [False, True]
    assert [(one["seen"], one["fired"]) for one in store.controls()["faults"]] == [(2, 1)]


@pytest.mark.parametrize(("when", "created"), [("before", False), ("after", True)])
def test_stalled_request_waits_until_released(
    sample: SampleInstance, store: Store, when: str, created: bool
) -> None:
    """A stall holds the request before or after its effect, and lets it go when released."""
    store.control(faults=[{"operation": "CreateUser", "kind": "stall", "when": when, "nth": 1}])
    answers: list[Any] = []
    caller = threading.Thread(
        target=lambda: answers.append(sample.client.create_user(**sample.new_user()))
    )
    caller.start()
    _until(lambda: bool(store.stalls()))

    held = store.stalls()[0]
    seen = "john.doe" in _names(sample)
    store.release()
    caller.join(10)

    assert (held.operation, held.when, held.pid) == ("CreateUser", when, os.getpid())
    assert seen is created
    assert answers[0]["UserId"]
    logged = store.requests(operation="CreateUser")
    assert [(one.status, one.faults) for one in logged[1:]] == [(200, (f"stall:{when}",))]


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


_CREATE = """
import json, sys
from pulumi_connect_users.emulator import mount
from tests.support.connect_client import ConnectClient, connect_client
client = connect_client()
mount(client, sys.argv[1])
print(client.create_user(**json.loads(sys.argv[2]))["UserId"])
"""


def _create_in_a_process(sample: SampleInstance, store: Store, **environment: str) -> int:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | environment
    request = json.dumps(sample.new_user())
    return run_python(_CREATE, str(store.path), request, env=environment).returncode


@pytest.mark.slow
@pytest.mark.parametrize(("when", "created"), [("before", False), ("after", True)])
def test_kill_ends_the_hosting_process_at_the_boundary(
    sample: SampleInstance, store: Store, when: str, created: bool
) -> None:
    """The process dies by SIGKILL before or after the effect, once, and the log knows."""
    store.control(faults=[{"operation": "CreateUser", "kind": "kill", "when": when, "nth": 1}])

    status = _create_in_a_process(sample, store)

    assert status == -signal.SIGKILL
    assert ("john.doe" in _names(sample)) is created
    logged = store.requests(operation="CreateUser")[-1]
    assert (logged.status, logged.faults) == (None, (f"kill:{when}",))
    assert _create_in_a_process(sample, store) == (1 if created else 0)


@pytest.mark.slow
def test_faults_of_the_environment_are_taken_once_by_a_store(
    sample: SampleInstance, store: Store
) -> None:
    """CONNECT_USERS_EMULATOR_FAULTS sets rules; a second process does not add them again."""
    text = json.dumps([{"operation": "CreateUser", "kind": "server-error", "nth": 1}])

    first = _create_in_a_process(sample, store, CONNECT_USERS_EMULATOR_FAULTS=text)
    second = _create_in_a_process(sample, store, CONNECT_USERS_EMULATOR_FAULTS=text)

    assert (first, second) == (1, 0)
    assert len(store.controls()["faults"]) == 1


def test_latency_delays_and_every_kind_is_described(sample: SampleInstance, store: Store) -> None:
    """Latency is added without harm; each kind of fault has a line of description."""
    store.control(latency=0.01, faults=[{"kind": "latency", "seconds": 0.01}])

    assert sample.described()["Username"] == "mary.major"
    assert store.requests()[-1].faults == ("latency:before",)
    assert all(KINDS.values())
