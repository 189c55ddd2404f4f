"""A receipt holds what a run changed, and AWS learns which run it was."""

import json
from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.aws.clients import Clients
from pulumi_connect_users.aws.settings import Settings
from pulumi_connect_users.cli.command_run import CommandRun
from pulumi_connect_users.core.arns import LOCAL_ACCOUNT
from pulumi_connect_users.core.errors import NotFound, SettingsError
from pulumi_connect_users.core.privacy import hide_addresses, label
from pulumi_connect_users.engine.messages import FrontEnd
from pulumi_connect_users.engine.receipt import user_agent
from pulumi_connect_users.engine.run import Run
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, MANAGED_ID, REGION

MARY = {"FirstName": "Mary", "LastName": "Major"}


class Recorded:
    """A run of a stack that keeps a receipt."""

    def __init__(self, folder: Path, receipt: str) -> None:
        self.local = Local(folder / "local.db")
        self.file = folder / "receipt.jsonl"
        self.run = Run(FrontEnd(lambda *_: None))
        given = {"endpoint": "local", "localStore": str(self.local.path), "receipt": receipt}
        self.run.configure(given.get, given)
        self.run.serve("organization/centre/dev")

    def call(self, operation: str, **parameters: Any) -> None:
        """One call about the instance."""
        self.run.session().connect(MANAGED_ARN).call(operation, **parameters)

    @property
    def lines(self) -> list[dict[str, str]]:
        """The receipt."""
        return [json.loads(line) for line in self.file.read_text().splitlines()]


@pytest.fixture
def recorded(tmp_path: Path) -> Recorded:
    """A run with a receipt of its own."""
    return Recorded(tmp_path, str(tmp_path / "receipt.jsonl"))


def test_receipt_has_each_mutating_call_and_no_other(recorded: Recorded) -> None:
    """The failed one too; of its parameters only who was meant."""
    user = recorded.local.add_user()
    recorded.call("DescribeUser", UserId=user)
    recorded.call("UpdateUserIdentityInfo", UserId=user, IdentityInfo=MARY)
    recorded.call("TagResource", resourceArn=f"{MANAGED_ARN}/agent/{user}", tags={"Floor": "2"})
    with pytest.raises(NotFound):
        recorded.call("UpdateUserIdentityInfo", UserId="nobody", IdentityInfo=MARY)

    told = [(line["operation"], line["userId"], line["outcome"]) for line in recorded.lines]
    assert told == [
        ("UpdateUserIdentityInfo", user, "done"),
        ("TagResource", user, "done"),
        ("UpdateUserIdentityInfo", "nobody", "ResourceNotFoundException"),
    ]
    assert {line["instanceId"] for line in recorded.lines} == {MANAGED_ID}
    assert {line["stack"] for line in recorded.lines} == {"organization/centre/dev"}
    assert len({line["requestId"] for line in recorded.lines}) == 3
    assert "Major" not in recorded.file.read_text()
    assert recorded.file.stat().st_mode & 0o077 == 0


def test_created_user_is_named_by_a_label_where_addresses_are_secret(recorded: Recorded) -> None:
    username = "mary.major@example.com"
    hide_addresses(hides=True)
    profile = recorded.local.client.list_security_profiles(InstanceId=MANAGED_ID)
    routing = recorded.local.client.list_routing_profiles(InstanceId=MANAGED_ID)
    try:
        recorded.call(
            "CreateUser",
            Username=username,
            Password="Corr3ctHorse",
            IdentityInfo={**MARY, "Email": "marym@example.com"},
            PhoneConfig={"PhoneType": "SOFT_PHONE"},
            SecurityProfileIds=[profile["SecurityProfileSummaryList"][0]["Id"]],
            RoutingProfileId=routing["RoutingProfileSummaryList"][0]["Id"],
        )
    finally:
        hide_addresses(hides=False)

    [line] = recorded.lines
    assert line["username"] == label(username)
    assert line["userId"] == recorded.local.ids(MANAGED_ID)[username]
    assert "example.com" not in recorded.file.read_text()
    assert "Corr3ctHorse" not in recorded.file.read_text()


def test_receipt_that_cannot_be_written_stops_the_run_before_any_call(tmp_path: Path) -> None:
    recorded = Recorded(tmp_path, str(tmp_path))

    with pytest.raises(SettingsError, match=r"opening the receipt .*: it is a folder\. Correct"):
        recorded.call("DescribeUser", UserId="nobody")

    assert recorded.local.calls() == []


def test_user_agent_leads_to_stack_and_run(tmp_path: Path) -> None:
    """As CloudTrail stores it: what no header takes is a dot."""
    origin = user_agent("corp/x y/dev#1\u00e9", "3f9ac01b")
    settings = Settings(endpoint="local", store=tmp_path / "local.db")

    config: Any = Clients(settings, lambda: origin).client(REGION, LOCAL_ACCOUNT).meta.config

    assert config.user_agent_extra == "pulumi-connect-users stack/corp.x.y.dev.1. run/3f9ac01b"


def test_user_agent_of_a_command_names_its_run_and_the_only_stack() -> None:
    """A run of several stacks names none."""
    settings = Settings(endpoint="http://127.0.0.1:1")
    one = CommandRun(stacks={"organization/centre/dev"})
    several = CommandRun(stacks={"organization/centre/dev", "organization/centre/prod"})

    for run, expected in ((one, "stack/organization.centre.dev run/"), (several, "run/")):
        hooks = run.hooks(settings, print)
        config: Any = Clients(settings, hooks.origin).client(REGION, LOCAL_ACCOUNT).meta.config
        assert config.user_agent_extra == f"pulumi-connect-users {expected}{run.id}"
    assert one.id != several.id
