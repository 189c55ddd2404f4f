"""Every operation, over HTTP, as boto3 and the AWS CLI see it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from awscli.clidriver import (  # type: ignore[import-untyped]
    CLIDriver,
    create_clidriver,
)
from botocore import xform_name
from botocore.exceptions import ClientError

from pulumi_connect_users.emulator import Store
from pulumi_connect_users.emulator.operations import implemented
from pulumi_connect_users.emulator.service_model import default_model
from tests.support.connect_client import REGION, ConnectClient, connect_client
from tests.support.sample_instance import SampleInstance
from tests.support.sample_requests import VALID, prepared

OPERATIONS = sorted(VALID)


def _call(sample: SampleInstance, operation: str, params: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = getattr(sample.client, xform_name(operation))(**params)
    return answer


@pytest.fixture(scope="module")
def aws_environment(
    shared_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The environment of an AWS CLI that talks to the shared server."""
    environment = {
        "AWS_ENDPOINT_URL_CONNECT": shared_url,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": str(tmp_path_factory.mktemp("aws") / "no-config"),
        "AWS_PAGER": "",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        yield environment


@pytest.fixture(scope="module")
def aws_cli(aws_environment: dict[str, str]) -> CLIDriver:
    """The AWS CLI in this process: loading its models once saves a second an operation."""
    return create_clidriver()


def test_requests_cover_every_operation() -> None:
    assert sorted(implemented()) == OPERATIONS


@pytest.mark.parametrize("operation", OPERATIONS)
def test_operation_over_http_answers_boto3(shared_client: ConnectClient, operation: str) -> None:
    """boto3 sends the operation over HTTP and reads an answer that has what the model requires."""
    sample = SampleInstance.in_new_instance(shared_client)

    answer = _call(sample, operation, prepared(sample, operation))

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert answer["ResponseMetadata"]["RequestId"]
    output = default_model().operation(operation).output
    assert set(answer) - {"ResponseMetadata"} <= set(output.members if output else ())
    assert set(output.required_members if output else ()) <= set(answer)


@pytest.mark.slow
@pytest.mark.parametrize("operation", OPERATIONS)
def test_operation_over_http_answers_aws_cli(
    shared_client: ConnectClient,
    aws_cli: CLIDriver,
    capsys: pytest.CaptureFixture[str],
    operation: str,
) -> None:
    sample = SampleInstance.in_new_instance(shared_client)
    params = prepared(sample, operation)
    capsys.readouterr()

    status = aws_cli.main(
        ["connect", xform_name(operation, "-"), "--cli-input-json", json.dumps(params)]
    )

    printed = capsys.readouterr()
    assert (status, printed.err) == (0, "")
    output = default_model().operation(operation).output
    if output is not None and output.members:
        assert set(json.loads(printed.out or "{}")) <= set(output.members)


@pytest.mark.slow
def test_aws_cli_as_process_runs_the_samples_of_its_own_manual(
    shared_client: ConnectClient, aws_environment: dict[str, str]
) -> None:
    """The installed `aws` command creates the user of the CLI's manual from shorthand syntax."""
    sample = SampleInstance.in_new_instance(shared_client)
    arguments = [
        *("connect", "create-user", "--username", "Mary", "--password", "Pass@Word1"),
        *("--identity-info", "FirstName=Mary,LastName=Major", "--phone-config"),
        "PhoneType=DESK_PHONE,AutoAccept=true,AfterContactWorkTimeLimit=60,"
        "DeskPhoneNumber=+15555551212",
        *("--security-profile-ids", sample.security_profile),
        *("--routing-profile-id", sample.routing_profile, "--instance-id", sample.instance),
    ]

    done = subprocess.run(
        [str(Path(sys.executable).with_name("aws")), *arguments],
        env=os.environ | aws_environment,
        capture_output=True,
        text=True,
        check=True,
    )

    created = json.loads(done.stdout)
    assert created["UserArn"] == f"{sample.arn}/agent/{created['UserId']}"


def test_operation_not_implemented_names_itself(sample: SampleInstance) -> None:
    """An operation of Connect that is not here is refused by name, with a modelled error."""
    with pytest.raises(ClientError, match="does not implement StartChatContact") as refused:
        sample.client.start_chat_contact(
            InstanceId=sample.instance, ContactFlowId="x", ParticipantDetails={"DisplayName": "x"}
        )

    assert refused.value.response["Error"]["Code"] == "InvalidRequestException"


@pytest.mark.slow
@pytest.mark.parametrize("operation", OPERATIONS)
def test_operation_over_http_answers_as_in_process(
    sample: SampleInstance, store: Store, url: str, operation: str
) -> None:
    """The same read gives the same answer over HTTP and in process; a write is logged as one."""
    remote = connect_client(endpoint_url=url)
    params = prepared(sample, operation)
    before = store.last_request()

    local = _call(sample, operation, params)

    logged = store.requests(since=before)
    assert [one.operation for one in logged] == [operation]
    mutating = default_model().operation(operation).method in ("PUT", "DELETE") or not (
        operation.startswith(("Describe", "List", "Search", "Get"))
    )
    assert logged[0].mutating is mutating
    if not mutating:
        again = getattr(remote, xform_name(operation))(**params)
        assert _content(again) == _content(local)


def _content(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}
