"""First passwords through the real engine: never in program, state or output; kept before used."""

import json
import re
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from tests.support.harness import Stacks
from tests.support.programs import REGION, program

_COMPLIANT = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*\d)\S{8,64}\Z")


class Secrets:
    """A Secrets Manager of the test's own."""

    def __init__(self, url: str) -> None:
        session = boto3.Session(aws_access_key_id="testing", aws_secret_access_key="testing")
        self.client: Any = session.client("secretsmanager", region_name=REGION, endpoint_url=url)
        self.environment = {
            "AWS_ENDPOINT_URL_SECRETS_MANAGER": url,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
        }

    def all(self) -> dict[str, dict[str, str]]:
        """Contents by name; those that are scheduled for deletion are left out."""
        rows = self.client.list_secrets()["SecretList"]
        texts = {r["Name"]: self.client.get_secret_value(SecretId=r["Name"]) for r in rows}
        return {name: json.loads(text["SecretString"]) for name, text in texts.items()}

    def scheduled(self) -> list[str]:
        """Names of secrets that are scheduled for deletion."""
        rows = self.client.list_secrets(IncludePlannedDeletion=True)["SecretList"]
        return [r["Name"] for r in rows if r.get("DeletedDate")]


@pytest.fixture
def secrets() -> Iterator[Secrets]:
    """Moto's server."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    found = Secrets(f"http://{host}:{port}")
    # Its memory is this process's: what an earlier test has left goes first.
    for name in [*found.all(), *found.scheduled()]:
        found.client.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    try:
        yield found
    finally:
        server.stop()


def _mary(options: str = "", more: str = "") -> str:
    return program(
        'del MARY["password"]',
        f'mary = connect.User("mary", **MARY, '
        f"initial_password=connect.InitialPassword.generate({options}){more})",
        'pulumi.export("secret", mary.initial_password_secret)',
        'pulumi.export("arn", mary.user_arn)',
    )


def test_first_password_is_kept_before_the_user_is_made_and_shown_nowhere(
    stacks: Stacks, secrets: Secrets
) -> None:
    """One secret, named by a hash; the second up changes nothing; the name is an output."""
    stack = stacks(program=_mary(), environment=secrets.environment)
    shown = stack.preview().text
    assert secrets.all() == {}
    shown += stack.up().text
    ((name, content),) = secrets.all().items()

    assert stack.outputs()["secret"] == name
    assert re.fullmatch(r"connect-users/[0-9a-f]{32}", name)
    assert content["username"] == "mary.major"
    assert _COMPLIANT.match(content["password"])
    shown += stack.up("--expect-no-changes").text
    shown += stack.refresh("--expect-no-changes").text
    shown += stack.preview("--expect-no-changes", "--diff").text
    assert content["password"] not in shown + json.dumps(stack.export(show_secrets=True))
    assert stack.local.changes() == ["CreateUser"]


def test_creation_that_failed_after_the_secret_uses_it_the_next_time(
    stacks: Stacks, secrets: Secrets
) -> None:
    """The secret comes first, and is found again by the mark."""
    stack = stacks(program=_mary(), environment=secrets.environment)
    local = stack.local
    local.store.control(faults=[{"operation": "CreateUser", "kind": "limit-exceeded"}])
    stack.up(expect="failure")
    before = secrets.all()
    assert len(before) == 1

    local.store.control(clear=True)
    stack.up()

    assert secrets.all() == before


def test_secret_goes_with_its_user_only_when_asked(stacks: Stacks, secrets: Secrets) -> None:
    """`keep` keeps it; `schedule` can be taken back, and a new user gets a new password."""
    stack = stacks(program=_mary(), environment=secrets.environment)
    stack.up()
    kept = secrets.all()
    stack.destroy()
    assert secrets.all() == kept

    stack.write_program(_mary('on_user_delete="schedule", recovery_days=7'))
    stack.up()
    stack.destroy()
    assert secrets.scheduled() == list(kept)

    stack.up()
    ((name, content),) = secrets.all().items()
    assert name in kept
    assert content["password"] != kept[name]["password"]


def test_adopted_user_gets_no_secret(stacks: Stacks, secrets: Secrets) -> None:
    stack = stacks(program=_mary(more=", adopt=True"), environment=secrets.environment)
    users = [{"username": "mary.major", "firstName": "Mary", "lastName": "Major"}]
    instance = "11111111-1111-4111-8111-111111111111"
    stack.local.store.seed({"instances": [{"id": instance, "users": users}]})

    stack.up()

    assert secrets.all() == {}


def test_embedded_connect_alone_keeps_no_password_and_says_so(stacks: Stacks) -> None:
    """No Secrets Manager beside it: made up, used, forgotten."""
    stack = stacks(program=_mary())

    said = stack.up().one_line

    assert "its password is not stored" in said
    stack.up("--expect-no-changes")


def test_secrets_manager_that_cannot_be_reached_stops_before_the_user(
    stacks: Stacks, secrets: Secrets
) -> None:
    """Without a place for its password nobody is made."""
    broken = {**secrets.environment, "AWS_ENDPOINT_URL_SECRETS_MANAGER": "http://127.0.0.1:9"}
    stack = stacks(program=_mary(), environment=broken)

    result = stack.up(expect="failure")

    assert "secretsmanager:CreateSecret" in result.text
    assert stack.local.changes() == []
