"""The request log: what it shows, and what it must not."""

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from pulumi_connect_users.emulator import Store
from pulumi_connect_users.emulator.redact import redact_text
from pulumi_connect_users.emulator.service import Service
from pulumi_connect_users.emulator.service_model import default_model
from tests.support.sample_instance import PASSWORD, SampleInstance
from tests.support.wire_client import request_of

PERSONAL = ("Zelda", "Quimby", "zelda@example.org", "second@example.org", "+4915112345678")


def _zelda(sample: SampleInstance) -> dict[str, Any]:
    return sample.new_user(
        Username="zelda@example.org",
        IdentityInfo={
            "FirstName": "Zelda",
            "LastName": "Quimby",
            "Email": "zelda@example.org",
            "SecondaryEmail": "second@example.org",
            "Mobile": "+4915112345678",
        },
        PhoneNumberConfigs=[
            {"Channel": "VOICE", "PhoneType": "DESK_PHONE", "PhoneNumber": "+4915112345678"}
        ],
    )


def _bytes(store: Store) -> bytes:
    return b"".join(path.read_bytes() for path in store.path.parent.glob(store.path.name + "*"))


def test_record_tells_who_did_what_to_whom_and_how_it_ended(
    sample: SampleInstance, store: Store
) -> None:
    """A record has time, operation, instance, user, status, error and request id."""
    answer = sample.client.describe_user(InstanceId=sample.instance, UserId=sample.user)
    with pytest.raises(ClientError):
        sample.client.delete_user(InstanceId=sample.instance, UserId="nobody")

    read, failed = store.requests(since=store.last_request() - 2)
    assert (read.operation, read.mutating, read.status) == ("DescribeUser", False, 200)
    assert (read.instance_id, read.user_id) == (sample.instance, sample.user)
    assert read.request_id == answer["ResponseMetadata"]["RequestId"]
    assert (failed.operation, failed.mutating, failed.status) == ("DeleteUser", True, 404)
    assert (failed.error_code, failed.user_id) == ("ResourceNotFoundException", "nobody")
    assert store.requests(since=failed.id) == []


def test_created_users_id_is_in_the_log(sample: SampleInstance, store: Store) -> None:
    """A create is logged with the id that was given out."""
    made = sample.client.create_user(**sample.new_user())

    assert store.requests()[-1].user_id == made["UserId"]


def test_password_is_stored_nowhere(sample: SampleInstance, store: Store) -> None:
    """Neither an accepted nor a refused password is in the store's files or in an error."""
    refused = "Refused-Word-But-No-Digit"
    with pytest.raises(ClientError) as answer:
        sample.client.create_user(**sample.new_user(Username="x", Password=refused))

    assert refused not in str(answer.value)
    for secret in (PASSWORD, refused):
        assert secret.encode() not in _bytes(store)


def test_log_has_no_personal_data(sample: SampleInstance, store: Store) -> None:
    """Names, addresses and numbers are hidden, in users' members and in what was searched for."""
    sample.client.create_user(**_zelda(sample))
    sample.client.search_users(
        InstanceId=sample.instance,
        SearchCriteria={
            "OrConditions": [
                {"StringCondition": {"FieldName": "LastName", "Value": "Quimby"}},
                {"StringCondition": {"FieldName": "Username", "Value": "zelda@example.org"}},
            ]
        },
    )
    sample.client.create_quick_connect(
        InstanceId=sample.instance,
        Name="Zelda",
        QuickConnectConfig={
            "QuickConnectType": "PHONE_NUMBER",
            "PhoneConfig": {"PhoneNumber": "+4915112345678"},
        },
        Tags={"Owner": "zelda@example.org"},
    )

    text = json.dumps([one.as_dict() for one in store.requests()])
    assert "z...@example.org" in text
    for personal in PERSONAL[1:]:
        assert personal not in text
    assert "Zelda" not in json.dumps(store.requests(operation="CreateUser")[-1].as_dict())


@pytest.mark.parametrize("mode", ["SAML"])
def test_refusals_have_no_personal_data(sample: SampleInstance) -> None:
    """An error message names the member, not its value."""
    request = _zelda(sample) | {"Password": "x"}

    with pytest.raises(ClientError) as refused:
        sample.client.create_user(**request)
    with pytest.raises(ClientError) as refused_by_rule:
        sample.client.create_user(**request | {"Password": PASSWORD})

    for answer in (refused, refused_by_rule):
        assert not [one for one in PERSONAL if one in str(answer.value)]


def test_member_of_another_type_than_the_models_is_not_written_down(
    sample: SampleInstance, store: Store
) -> None:
    """A name that a client sent in the wrong place is hidden all the same."""
    wrong = sample.new_user(IdentityInfo="Zelda", Tags=["Quimby"])

    Service(store.database, default_model()).handle(
        request_of(default_model().operation("CreateUser"), wrong)
    )

    logged = store.requests()[-1].params
    assert (logged["IdentityInfo"], logged["Tags"]) == ("***", "***")


def test_parameters_of_unknown_operations_are_not_written_down(
    sample: SampleInstance, store: Store
) -> None:
    with pytest.raises(ClientError):
        sample.client.start_chat_contact(
            InstanceId=sample.instance,
            ContactFlowId="flow",
            ParticipantDetails={"DisplayName": "Zelda Quimby"},
        )

    assert store.requests()[-1].params == {}


def test_reset_forgets_the_log(sample: SampleInstance, store: Store, tmp_path: Path) -> None:
    """After a reset a store is fresh: no user, no record, no fault."""
    store.control(faults=[{"kind": "throttle", "nth": 99}], pacing="aws")

    store.reset()

    assert store.requests() == []
    unset = {"pacing": None, "quotas": None, "latency": None, "times": None}
    assert store.controls() == unset | {"faults": []}
    assert sample.client.list_users(InstanceId=sample.instance)["UserSummaryList"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write to marym@example.com now", "write to m...@example.com now"),
        ("call +15555551212", "call ***"),
        ("mary.major in +12", "mary.major in +12"),
    ],
)
def test_text_is_redacted(text: str, expected: str) -> None:
    """Addresses keep their first letter and domain; numbers go."""
    assert redact_text(text) == expected
