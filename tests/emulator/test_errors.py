"""Every error that the service model gives an operation, over HTTP, as botocore raises it."""

from functools import lru_cache
from typing import Any

import botocore.session
import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from pulumi_connect_users.emulator import Store
from pulumi_connect_users.emulator.service_model import default_model, error_status
from tests.emulator.error_requests import SPECIAL, error_request
from tests.support.connect_client import ConnectClient, connect_client
from tests.support.sample_instance import SampleInstance
from tests.support.sample_requests import VALID, prepared


@lru_cache(maxsize=1)
def _error_shapes() -> dict[str, Any]:
    model = botocore.session.get_session().get_service_model("connect")
    return {shape.name: shape for shape in model.error_shapes}


@pytest.fixture(scope="module")
def careless(shared_url: str) -> ConnectClient:
    """A client that sends what it is given, checked or not."""
    return connect_client(endpoint_url=shared_url, parameter_validation=False)


@pytest.fixture(scope="module")
def refused(shared_client: ConnectClient) -> SampleInstance:
    """An instance for requests that change nothing."""
    return SampleInstance.in_new_instance(shared_client)


@pytest.mark.parametrize("operation", sorted(VALID))
def test_operation_answers_each_modelled_error(
    shared_store: Store, careless: ConnectClient, refused: SampleInstance, operation: str
) -> None:
    """Each error arrives with its code, the model's status and members, and is in the log."""
    answered = {}
    expected = {}
    for code in sorted(default_model().operation(operation).errors):
        expected[code] = (code, _error_shapes()[code].metadata["error"]["httpStatusCode"], code)
        special = (operation, code) in SPECIAL
        sample = SampleInstance.in_new_instance(refused.client) if special else refused
        error = _provoked(sample, careless, shared_store, operation, code)
        metadata = error["ResponseMetadata"]
        logged = shared_store.requests(since=shared_store.last_request() - 1)[-1]
        assert error["Error"]["Message"]
        answered[code] = (error["Error"]["Code"], metadata["HTTPStatusCode"], logged.error_code)
        if code == "ResourceInUseException":
            assert set(error) >= {"ResourceType", "ResourceId"}

    assert expected == answered


def _provoked(
    sample: SampleInstance, careless: ConnectClient, store: Store, operation: str, code: str
) -> dict[str, Any]:
    """The error answer of a request that is bound to get one."""
    wanted = error_request(operation, code)
    params = prepared(sample, operation) if wanted.fault else wanted.make(sample)
    rule = {"operation": operation, "kind": "error", "code": code}
    store.control(clear=True, faults=[rule] if wanted.fault else [], **dict(wanted.control))

    def replace_body(params: dict[str, Any], **_: Any) -> None:
        if wanted.body is not None:
            params["body"] = wanted.body

    event = f"before-call.connect.{operation}"
    careless.meta.events.register(event, replace_body)
    try:
        with pytest.raises(ClientError) as refused:
            getattr(careless, xform_name(operation))(**params)
    finally:
        careless.meta.events.unregister(event, replace_body)
        store.control(clear=True)
    answer: dict[str, Any] = dict(refused.value.response)
    return answer


def test_statuses_kept_by_hand_are_the_models() -> None:
    expected = {
        name: shape.metadata["error"]["httpStatusCode"] for name, shape in _error_shapes().items()
    }

    assert {name: error_status(name) for name in expected} == expected


def test_most_errors_are_provoked_by_requests() -> None:
    """Only what a client cannot bring about by what it sends is injected."""
    injected = {
        code
        for operation in VALID
        for code in default_model().operation(operation).errors
        if error_request(operation, code).fault
    }

    assert injected <= {
        "AccessDeniedException",
        "ConditionalOperationFailedException",
        "DuplicateResourceException",
        "InternalServiceException",
        "InvalidRequestException",
        "LimitExceededException",
        "MaximumResultReturnedException",
        "ResourceNotFoundException",
        "ThrottlingException",
    }
