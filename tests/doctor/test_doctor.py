"""`connect-users doctor` on set-ups that are broken, each in one way."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from moto.server import ThreadedMotoServer

from pulumi_connect_users.doctor.deployment import parse_deployment
from tests.support.command_line import Runner
from tests.support.doctor import INSTANCE, examined, failures, here
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN
from tests.support.stand_in_endpoint import Answer, serving

REAL = MANAGED_ARN.replace("000000000000", "123456789012")
STACK = "organization/project/dev"


def _state(*users: dict[str, Any], pending: bool = False) -> str:
    kind = "pulumi-python:dynamic/connect:User"
    mark = f"{STACK}#abc"
    resources = [
        {
            "type": kind,
            "urn": f"urn:pulumi:dev::project::{kind}::{u['Username']}",
            "id": u["Arn"],
            "outputs": {"instanceArn": MANAGED_ARN, "ownership": mark},
        }
        for u in users
    ]
    operations = [{"type": "creating", "resource": r} for r in resources] if pending else []
    return json.dumps(
        {"version": 3, "deployment": {"resources": resources, "pending_operations": operations}}
    )


def test_healthy_set_up_has_nothing_to_tell(cli: Runner, local: Local, tmp_path: Path) -> None:
    """Exit code 0, no failure, no warning, and nothing was changed."""
    users = local.users(INSTANCE)
    (tmp_path / "stack.json").write_text(_state(*users))
    local.mark()

    ran, found = examined(cli, *here(local), "--state", str(tmp_path / "stack.json"))

    assert ran.code == 0
    assert failures(found) + failures(found, "warning") == []
    assert {"python", "package", "pulumi", "language host", "settings", "endpoint"} <= {
        f["check"] for f in found
    }
    assert {"instance", "permissions", "quotas", "pending operations", "orphans"} <= {
        f["check"] for f in found
    }
    assert local.changes() == []


def test_findings_are_one_line_each(cli: Runner, local: Local) -> None:
    """For people: a mark, the check, what is so, and the remedy."""
    ran = cli("doctor", words=here(local))

    lines = ran.out.splitlines()
    assert any("instance: " in line and "CONNECT_MANAGED identities" in line for line in lines)
    assert all(": " in line for line in lines)


def test_settings_misspelt_and_malformed(cli: Runner, tmp_path: Path) -> None:
    """Broken 6 and 7: a key that nobody reads, values that cannot be; where they come from."""
    (tmp_path / "Pulumi.yaml").write_text("name: x\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text(
        "config:\n  connect:endpont: local\n  connect:burst: many\n  connect:strict: perhaps\n"
        "  connect:personalData: hidden\n"
    )
    state = tmp_path / "stack.json"
    state.write_text(_state())

    ran, found = examined(cli, "--stack", "dev", "--state", str(state))

    assert ran.code == 1
    checks = failures(found)
    assert checks[0] == ("settings", "unknown setting connect:endpont, which has no effect")
    assert "connect:personalData must be plain or secret" in checks[1][1]
    assert "connect:burst must be a number" in checks[2][1]
    assert "connect:strict must be true or false" in checks[2][1]
    assert "Did you mean connect:endpoint?" in [f["remedy"] for f in found]


def test_endpoint_in_the_environment_is_plain_http(
    cli: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken 8: somebody left AWS_ENDPOINT_URL behind."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://192.0.2.1:4566")
    _, found = examined(cli)

    assert "AWS_ENDPOINT_URL is plain http to another machine" in failures(found)[0][1]


def test_password_in_an_endpoint_is_not_shown(
    cli: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A proxy's address may hold one: refused, and repeated nowhere."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://mary:hunter2@192.0.2.1/x@y")
    of_variable = cli("doctor")
    (tmp_path / "Pulumi.yaml").write_text("name: x\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text(
        "config:\n  connect:endpoint: https://mary:hunter2@192.0.2.2\n"
    )
    of_stack = cli("doctor", words=["--stack", "dev"])

    assert "AWS_ENDPOINT_URL holds a user or a password" in of_variable.out
    assert "connect:endpoint holds a user or a password" in of_stack.out
    for ran in (of_variable, of_stack):
        assert "hunter2" not in ran.out + ran.err


def test_instance_does_not_exist_or_is_not_local(cli: Runner, local: Local) -> None:
    """Broken 9 and 10: a mistyped ARN, and a real one with the embedded Connect."""
    words = here(local)
    _, missing = examined(cli, *words[2:], "--instance", MANAGED_ARN.replace("1111", "9999"))
    _, real = examined(cli, *words[2:], "--instance", REAL)

    assert "there is no such instance" in failures(missing)[0][1]
    assert (
        "whose account is 000000000000, but the ARN's account is 123456789012"
        in (failures(real)[0][1])
    )


def test_no_credentials(cli: Runner) -> None:
    """Broken 11: AWS, and nobody is logged in."""
    _, found = examined(cli, "--instance", REAL)

    assert failures(found) == [("credentials", "GetCallerIdentity: no AWS credentials were found")]


def test_credentials_of_another_account(cli: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken 12: the ARN's account is not that of the credentials."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", f"http://{host}:{port}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        monkeypatch.setenv("MOTO_ACCOUNT_ID", "123456789012")
        _, found = examined(cli, "--instance", REAL.replace("123456789012", "210987654321"))
    finally:
        server.stop()

    assert failures(found) == [
        (
            "credentials",
            "they are of account 123456789012 (env), the instance of 210987654321",
        )
    ]


@pytest.fixture
def logged_in(cli: Runner, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Credentials in the environment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    return monkeypatch


def test_credentials_that_have_expired(cli: Runner, logged_in: pytest.MonkeyPatch) -> None:
    """Broken 12b: AWS's own code says what to do about them."""
    refusal = "<ErrorResponse><Error><Code>ExpiredToken</Code></Error></ErrorResponse>"
    with serving() as sts:
        sts.answers[""] = [Answer(refusal.encode(), 403, "text/xml")]
        logged_in.setenv("AWS_ENDPOINT_URL_STS", sts.url)
        _, found = examined(cli, "--instance", REAL)

    assert failures(found) == [
        ("credentials", "GetCallerIdentity: the AWS credentials have expired (ExpiredToken)")
    ]


@pytest.mark.parametrize("data_path", ["", "/nowhere"])
def test_profile_that_does_not_exist(
    cli: Runner, monkeypatch: pytest.MonkeyPatch, data_path: str
) -> None:
    """Broken 12c: it is named, also where the AWS CLI has left its own variable."""
    if data_path:
        monkeypatch.setenv("AWS_DATA_PATH", data_path)
    else:
        monkeypatch.delenv("AWS_DATA_PATH", raising=False)
    _, found = examined(cli, "--instance", REAL, "--profile", "nobody")

    assert "The config profile (nobody) could not be found" in failures(found)[0][1]


def test_credentials_that_nobody_can_be_asked_about_are_tried(
    cli: Runner, logged_in: pytest.MonkeyPatch
) -> None:
    """Broken 12d: where STS cannot be reached, Amazon Connect may be."""
    with serving() as connect:
        logged_in.setenv("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9")
        logged_in.setenv("HTTPS_PROXY", connect.url)
        _, found = examined(cli, "--instance", REAL)

    notes = dict(failures(found, "note"))
    assert notes["credentials"].endswith("the endpoint cannot be reached")
    assert [check for check, _ in failures(found)] == ["instance"]


def test_quota_nearly_full(cli: Runner, local: Local) -> None:
    """Broken 14: 460 of 500 users."""
    many = {"count": 457, "prefix": "agent"}
    local.store.seed({"instances": [{"id": INSTANCE, "generatedUsers": [many]}]})

    ran, found = examined(cli, *here(local))

    assert ran.code == 0
    assert "460 of 500 users" in failures(found, "warning")[0][1]


def test_run_interrupted_and_user_lost(cli: Runner, local: Local, tmp_path: Path) -> None:
    """Broken 15 and 16: pending operations, and a marked user that the state does not hold."""
    first, second, _ = local.users(INSTANCE)
    prefix = "pulumi-connect-users:"
    for user in (first, second):
        tags = {f"{prefix}stack": STACK, f"{prefix}resource": "abc"}
        local.client.tag_resource(resourceArn=user["Arn"], tags=tags)
    state = tmp_path / "stack.json"
    state.write_text(_state(first, pending=True))

    _, found = examined(cli, *here(local), "--state", str(state))

    warnings = dict(failures(found, "warning"))
    assert warnings["pending operations"] == "1: creating of a"
    # `pulumi up` takes the users up, and leaves the operations where they are.
    (remedy,) = [f["remedy"] for f in found if f["check"] == "pending operations"]
    assert "then `pulumi up`" in remedy
    assert remedy.endswith("`pulumi refresh --clear-pending-creates` forgets the rest.")
    assert second["Id"] in warnings["orphans"]
    assert first["Id"] not in warnings["orphans"]


def test_state_that_is_no_text_is_a_finding(cli: Runner, tmp_path: Path) -> None:
    """The other findings are told all the same, and standard output stays one document."""
    (tmp_path / "state").write_bytes(b"\xff\x00")

    ran, found = examined(cli, "--state", "state")

    assert ran.code == 1
    assert ("state", "cannot be read: it is not what `pulumi stack export` prints") in failures(
        found
    )


def test_policy_configuration_misspelt(cli: Runner, tmp_path: Path) -> None:
    """Broken 17: a rule's name that the engine would ignore in silence."""
    file = tmp_path / "policy.json"
    file.write_text('{"connect-user-adminn-count": "mandatory"}')

    ran, found = examined(cli, "--policy-config", str(file))

    assert ran.code == 1
    assert failures(found)[0][0] == "policy configuration"
    assert "connect-user-adminn-count" in failures(found)[0][1]


def test_policy_configuration_that_works_all_the_same_is_a_warning(
    cli: Runner, tmp_path: Path
) -> None:
    """As `policy check-config` has it: a waiver that is over fails no pipeline."""
    over = {"urn": "*::mary", "reason": "r", "owner": "o", "expires": "2020-01-31"}
    file = tmp_path / "policy.json"
    file.write_text(json.dumps({"connect-user-required-tags": {"waivers": [over]}}))

    ran, found = examined(cli, "--policy-config", str(file))

    assert cli("policy", "check-config", str(file)).code == ran.code == 0
    ((check, message),) = failures(found, "warning")
    assert check == "policy configuration"
    assert "has expired" in message


def test_policy_configuration_without_the_pack_names_what_to_install(
    cli: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rules are a distribution of their own: no extra brings them."""
    monkeypatch.setitem(sys.modules, "connect_users_guard", None)
    monkeypatch.delitem(sys.modules, "connect_users_guard.check_config", raising=False)
    file = tmp_path / "policy.json"
    file.write_text("{}")

    _, found = examined(cli, "--policy-config", str(file))

    (remedy,) = [f["remedy"] for f in found if f["check"] == "policy configuration"]
    assert remedy == "Run: pip install connect-users-guard."


@pytest.mark.parametrize(
    "text", ["", "[]", '{"deployment": 3}', '{"deployment": {"resources": [1]}}', "[" * 9_000]
)
def test_state_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not what `pulumi stack export` prints"):
        parse_deployment(text)
