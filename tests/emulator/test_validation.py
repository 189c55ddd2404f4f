"""What a request must be like: the service model's constraints, as the server holds them."""

import json
from dataclasses import replace
from functools import lru_cache
from typing import Any

import botocore.session
import pytest
from botocore.model import ListShape, OperationModel
from botocore.validate import ParamValidator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_connect_users.emulator import Store
from pulumi_connect_users.emulator.document import Members
from pulumi_connect_users.emulator.errors import ServiceError
from pulumi_connect_users.emulator.operations import implemented
from pulumi_connect_users.emulator.service import Service
from pulumi_connect_users.emulator.service_model import default_model
from pulumi_connect_users.emulator.validate import check
from tests.emulator.shape_strategies import DAMAGES, damaged, places, values
from tests.support.sample_instance import SampleInstance
from tests.support.sample_requests import prepared
from tests.support.wire_client import request_of

OPERATIONS = sorted(implemented())
_QUICK = settings(
    deadline=None,
    max_examples=settings().max_examples * 2 // 5,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@lru_cache(maxsize=1)
def _service_model() -> Any:
    return botocore.session.get_session().get_service_model("connect")


def _accepted_by_botocore(operation: OperationModel, params: dict[str, Any]) -> bool:
    """Whether botocore would send the parameters; members it does not know, AWS ignores."""
    if operation.input_shape is None:
        return True
    report = ParamValidator().validate(params, operation.input_shape)
    return all(kind == "unknown field" for kind, *_ in report._errors)


@pytest.mark.parametrize("name", OPERATIONS)
def test_values_made_from_the_model_are_accepted(name: str) -> None:
    """Whatever satisfies a shape's constraints passes, here as in botocore."""
    operation, model = default_model().operation(name), _service_model().operation_model(name)
    assert operation.input is not None, "every operation here takes parameters"

    @_QUICK
    @given(values(operation.input))
    def holds(params: dict[str, Any]) -> None:
        assert _accepted_by_botocore(model, params)
        check(operation, params)

    holds()


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_botocore_refuses_is_refused(name: str) -> None:
    """Parameters that botocore's validator refuses get the documented code from the server."""
    operation, model = default_model().operation(name), _service_model().operation_model(name)
    assert operation.input is not None, "every operation here takes parameters"
    shape = operation.input

    @_QUICK
    @given(values(shape), DAMAGES, st.randoms(use_true_random=False))
    def holds(params: dict[str, Any], damage: Any, chance: Any) -> None:
        found = [place for place in places(shape, params) if _can_be_sent(name, place, damage)]
        if not found:
            return
        broken = damaged(params, chance.choice(found), damage)
        if _accepted_by_botocore(model, broken):
            return
        request = request_of(operation, broken)
        labels = operation.route.fullmatch(request.path)
        assert labels is not None
        arrived = operation.parse(labels.groupdict(), request)
        with pytest.raises(ServiceError) as refused:
            check(operation, arrived)
        assert refused.value.code in ("InvalidRequestException", "InvalidParameterException")
        assert refused.value.code in operation.errors

    holds()


def _can_be_sent(name: str, place: tuple[Any, ...], damage: Any) -> bool:
    """Whether damage arrives as such: everything in a URI or query is text on the wire."""
    shape = default_model().operation(name).input
    assert shape is not None
    member = shape.members[place[0]]
    where = member.serialization.get("location")
    if where == "uri":
        return bool(damage == "")
    if where == "querystring":
        if isinstance(member, ListShape) and len(place) == 1:
            return bool(damage == [])
        return damage in ("", "x", -1, 0.5) if member.type_name == "integer" else damage == ""
    return True


@pytest.mark.parametrize("name", OPERATIONS)
def test_damaged_valid_request_is_answered_and_never_crashes(
    store: Store, sample: SampleInstance, name: str
) -> None:
    """Any damage to a request that works is answered with a modelled error, or does no harm."""
    operation = default_model().operation(name)
    service = Service(store.database, default_model())
    valid = prepared(sample, name)
    assert operation.input is not None, "every operation here takes parameters"
    shape = operation.input

    @_QUICK
    @given(DAMAGES, st.randoms(use_true_random=False))
    def holds(damage: Any, chance: Any) -> None:
        broken = damaged(valid, chance.choice(places(shape, valid)), damage)
        response = service.handle(request_of(operation, broken))
        if response.status != 200:
            code = response.headers["x-amzn-ErrorType"]
            assert code in {*operation.errors, "UnknownOperationException"}
            assert json.loads(response.body)["Message"]

    holds()


def test_every_problem_of_a_request_is_told_at_once() -> None:
    """One answer names each member that is wrong, and how."""
    operation = default_model().operation("CreateUser")
    params = {"InstanceId": "i" * 101, "Username": "", "SecurityProfileIds": [], "Password": "pw"}

    with pytest.raises(ServiceError) as refused:
        check(operation, params)

    assert refused.value.code == "InvalidRequestException"
    for path in ("instanceId", "username", "securityProfileIds", "password", "routingProfileId"):
        assert f"'{path}'" in refused.value.message


def test_refusal_does_not_repeat_the_value() -> None:
    """A value that is refused may be a secret: the message names its place only."""
    operation = default_model().operation("CreateUser")
    params: Members = {
        "InstanceId": "i",
        "Username": "mary",
        "SecurityProfileIds": ["s"],
        "RoutingProfileId": "r",
        "Password": "my secret word",
        "IdentityInfo": {"Mobile": "555-SECRET"},
    }

    with pytest.raises(ServiceError) as refused:
        check(operation, params)

    assert refused.value.code == "InvalidParameterException"
    assert "secret" not in refused.value.message.lower()


def _created(text: str) -> bytes:
    """A CreateUser body that is right but for a first name of this JSON."""
    return (
        b'{"Username": "john.doe", "Password": "Pass@Word1", "RoutingProfileId": "r", '
        b'"SecurityProfileIds": ["s"], "IdentityInfo": {"FirstName": %s, "LastName": "Doe"}}'
    ) % text.encode()


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"Tags": ' * 100_000,
        _created('"\\ud800"'),
        _created("NaN"),
        _created("-Infinity"),
        b'{"Username": ' + b"9" * 5_000 + b"}",
        "{}".encode("utf-16") + b"\x00",
    ],
    ids=["deep list", "deep object", "half a pair", "NaN", "Infinity", "long number", "odd bytes"],
)
def test_body_that_nothing_can_be_made_of_is_an_invalid_request(
    sample: SampleInstance, store: Store, body: bytes
) -> None:
    """What no JSON reader should take is refused, and logged without its content."""
    request = request_of(default_model().operation("CreateUser"), {"InstanceId": sample.instance})

    answer = Service(store.database, default_model()).handle(replace(request, body=body))

    assert answer.headers["x-amzn-ErrorType"] == "InvalidRequestException"
    assert store.requests()[-1].error_code == "InvalidRequestException"


def test_search_that_is_nested_too_deeply_is_an_invalid_request(
    sample: SampleInstance, store: Store
) -> None:
    """Criteria within criteria end somewhere, whatever a JSON reader can take."""
    criteria: dict[str, Any] = {}
    for _ in range(280):
        criteria = {"OrConditions": [criteria]}
    asked = {"InstanceId": sample.instance, "SearchCriteria": criteria}
    request = request_of(default_model().operation("SearchUsers"), asked)

    answer = Service(store.database, default_model()).handle(request)

    assert b"nested too deeply" in answer.body
    assert store.requests()[-1].error_code == "InvalidRequestException"


def test_null_within_a_structure_is_absent(sample: SampleInstance, store: Store) -> None:
    """A member that is null is one that was not sent, at every depth."""
    profile = {"InstanceId": sample.instance, "RoutingProfileId": sample.routing_profile}
    voice = {"Channel": "VOICE", "Concurrency": None, "CrossChannelBehavior": None}
    update = default_model().operation("UpdateRoutingProfileConcurrency")
    request = request_of(update, profile | {"MediaConcurrencies": [voice]})

    answer = Service(store.database, default_model()).handle(request)

    described = sample.client.describe_routing_profile(**profile)["RoutingProfile"]
    assert (answer.status, described.get("MediaConcurrencies")) == (200, [{"Channel": "VOICE"}])


@pytest.mark.parametrize(
    ("number", "status"), [(2**31 - 1, 200), (-(2**31), 200), (2**31, 400), (10**30, 400)]
)
def test_number_that_java_cannot_hold_is_refused(
    sample: SampleInstance, store: Store, number: int, status: int
) -> None:
    """An integer of the model has 32 bits, whatever JSON can say."""
    level = {"FieldName": "level", "MinValue": number, "ComparisonType": "GREATER_OR_EQUAL"}
    listed = {"TargetListType": "PROFICIENCIES", "Conditions": [{"NumberCondition": level}]}
    asked = {"InstanceId": sample.instance, "SearchCriteria": {"ListCondition": listed}}
    request = request_of(default_model().operation("SearchUsers"), asked)

    assert Service(store.database, default_model()).handle(request).status == status
