"""`connect-users emulator` from the shell: output, messages, exit codes."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from pulumi_connect_users.aws.settings import read_settings
from pulumi_connect_users.cli.root import run
from pulumi_connect_users.emulator import Store, mount, open_store
from pulumi_connect_users.emulator.seeding.fresh import MANAGED_INSTANCE
from tests.support.connect_client import connect_client
from tests.support.processes import run_python
from tests.support.sample_instance import SampleInstance

SEED = {
    "instances": [
        {
            "id": MANAGED_INSTANCE,
            "users": [{"username": "mary.major", "firstName": "Mary", "lastName": "Major"}],
        }
    ]
}


def _run(*arguments: str | Path) -> int:
    return run([str(one) for one in ("emulator", *arguments)])


def test_log_prints_a_table_or_json(
    sample: SampleInstance, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run("log", "--store", store.path, "--mutating") == 0
    table = capsys.readouterr().out
    assert _run("log", "--store", store.path, "--json", "--operation", "CreateUser") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert "CreateUser" in table
    assert "ListQueues" not in table
    assert [(one["operation"], one["user_id"]) for one in lines] == [("CreateUser", sample.user)]
    assert "Pass@Word1" not in table + json.dumps(lines)


def test_log_shows_what_clients_sent_as_text(
    sample: SampleInstance, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """Square brackets in a user id are no markup."""
    with pytest.raises(sample.client.exceptions.ClientError):
        sample.client.describe_user(InstanceId=sample.instance, UserId="[bold]x[/nonsense]")

    assert _run("log", "--store", store.path) == 0
    assert "[bold]x[/nonsense]" in capsys.readouterr().out


def test_log_of_a_store_that_is_not_there_names_the_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run("log", "--store", tmp_path / "none.db") == 1

    assert "emulator serve" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_seed_adds_users_and_reset_takes_them_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A YAML seed fills a store that it makes; reset leaves a fresh one."""
    path, seed = tmp_path / "s" / "local.db", tmp_path / "seed.yaml"
    seed.write_text(yaml.safe_dump(SEED), encoding="utf-8")
    client = connect_client()

    assert _run("seed", "--store", path, seed) == 0
    mount(client, path)
    before = client.list_users(InstanceId=MANAGED_INSTANCE)["UserSummaryList"]
    assert _run("reset", "--store", path) == 0
    after = client.list_users(InstanceId=MANAGED_INSTANCE)["UserSummaryList"]

    assert (len(before), len(after)) == (1, 0)
    assert "1 user added" in capsys.readouterr().err


def test_reset_makes_a_store_of_another_version_new(tmp_path: Path) -> None:
    path = tmp_path / "local.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE users (name TEXT)")
        connection.execute("PRAGMA user_version = 99")

    assert _run("reset", "--store", path) == 0
    assert open_store(path).requests() == []


def test_reset_leaves_what_is_no_store_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mistyped path deletes no file: text and other programs' databases stay."""
    text, database = tmp_path / "notes.txt", tmp_path / "other.db"
    text.write_text("scribble " * 1000, encoding="utf-8")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE notes (text)")
    before = text.read_bytes(), database.read_bytes()

    assert [_run("reset", "--store", path) for path in (text, database)] == [1, 1]

    assert (text.read_bytes(), database.read_bytes()) == before
    errors = capsys.readouterr().err
    assert "file is not a database" in errors
    assert "another program's file" in errors


@pytest.mark.parametrize(
    ("text", "status", "cause"),
    [
        ("instances: [", 2, "not YAML"),
        ("instances: [{name: x}]", 1, "'id' is a required property"),
        ("- 1", 1, "is not of type 'object'"),
    ],
)
def test_wrong_seed_file_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, status: int, cause: str
) -> None:
    seed = tmp_path / "seed.yaml"
    seed.write_text(text, encoding="utf-8")

    assert _run("seed", "--store", tmp_path / "local.db", seed) == status

    error = capsys.readouterr().err
    assert cause in error
    assert "Traceback" not in error


def test_control_sets_shows_and_clears(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    rule = '{"operation": "CreateUser", "kind": "reset", "when": "after", "nth": 3}'
    options = ["--pacing", "4/8", "--quotas", "users=7", "--latency", "0.5", "--fault", rule]
    options += ["--times", "off"]

    assert _run("control", "--store", store.path, *options) == 0
    shown = json.loads(capsys.readouterr().out)
    less_of_it = ["--pacing", "off", "--times", "on", "--release"]
    assert _run("control", "--store", store.path, *less_of_it) == 0
    less = json.loads(capsys.readouterr().out)
    assert _run("control", "--store", store.path, "--clear") == 0
    cleared = json.loads(capsys.readouterr().out)

    assert shown["pacing"] == {"rate": 4.0, "burst": 8.0}
    assert shown["quotas"] == {"users": 7}
    assert shown["latency"] == 0.5
    assert shown["faults"][0]["kind"] == "reset"
    assert shown["times"] is False
    assert (less["pacing"], less["quotas"], less["times"]) == (None, {"users": 7}, None)
    assert not any(cleared.values())


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (["--fault", "{"], 2),
        (["--fault", '{"kind": "boom"}'], 1),
        (["--pacing", "fast"], 2),
        (["--quotas", "cats=1"], 1),
        (["--quotas", "users=1.5"], 1),
        (["--quotas", "users=inf"], 1),
        (["--quotas", "users=nan"], 1),
        (["--quotas", "users"], 2),
        (["--latency", "inf"], 1),
        (["--times", "no"], 2),
        (["--pacing", "2/0.5"], 1),
        (["--fault", '{"kind": ["reset"]}'], 1),
        (["--unknown"], 2),
    ],
)
def test_wrong_control_has_an_exit_code_and_changes_nothing(
    store: Store, options: list[str], status: int
) -> None:
    """2 for what cannot be read, 1 for what cannot be done."""
    assert _run("control", "--store", store.path, *options) == status
    assert not any(store.controls().values())


def test_day_from_a_script_and_from_chance(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, script = tmp_path / "local.db", tmp_path / "day.yaml"
    open_store(path).seed(SEED)
    script.write_text("[{at: 0, agent: mary.major, do: login}]", encoding="utf-8")
    client = connect_client()
    mount(client, path)

    assert _run("day", "--store", path, "--script", script) == 0
    assert _run("day", "--store", path, "--seed", "3", "--until", "1") == 0

    assert "1 events" in capsys.readouterr().err
    data: Any = client.get_current_user_data(
        InstanceId=MANAGED_INSTANCE,
        Filters={
            "RoutingProfiles": [
                client.list_routing_profiles(InstanceId=MANAGED_INSTANCE)[
                    "RoutingProfileSummaryList"
                ][0].get("Id", "")
            ]
        },
    )
    assert len(data["UserDataList"]) == 1


def test_capture_writes_a_seed_of_a_served_instance(
    url: str, sample: SampleInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "local")
    target = tmp_path / "seed.yaml"

    status = _run("capture", "--instance", sample.arn, "--endpoint-url", url, "--output", target)

    assert status == 0
    assert yaml.safe_load(target.read_text(encoding="utf-8"))["instances"][0]["id"]
    assert _run("seed", "--store", tmp_path / "copy.db", target) == 0


def test_capture_of_what_is_no_instance_is_refused(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bad ARNs are usage errors; AWS's refusal is one line."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "local")
    arn = "arn:aws:connect:us-west-2:000000000000:instance/99999999-9999-4999-8999-999999999999"

    assert _run("capture", "--instance", "x") == 2
    assert _run("capture", "--instance", arn, "--endpoint-url", url) == 1
    assert "ResourceNotFoundException" in capsys.readouterr().err
    assert _run("capture", "--instance", arn, "--endpoint-url", "foo") == 1
    assert f"capturing {arn}: Invalid endpoint: foo" in capsys.readouterr().err


def test_serve_prints_what_a_shell_evaluates_and_ends_on_sigterm(tmp_path: Path) -> None:
    """The first line of standard output is an export; SIGTERM ends it with 0."""
    command = [str(Path(sys.executable).with_name("connect-users")), "emulator", "serve"]
    process = subprocess.Popen(
        [*command, "--port", "0"],
        cwd=tmp_path,
        env={key: value for key, value in os.environ.items() if key != "CONNECT_USERS_STORE"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    name, _, url = line.removeprefix("export ").strip().partition("=")
    found = connect_client(endpoint_url=url).list_instances()["InstanceSummaryList"]

    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=30)

    assert name == "AWS_ENDPOINT_URL_CONNECT"
    assert len(found) == 2
    assert process.returncode == 0
    assert str(tmp_path / ".connect-users" / "local.db") in errors


def test_serve_refuses_addresses_that_others_reach(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another address than loopback needs a flag."""
    assert _run("serve", "--store", store.path, "--host", "192.0.2.1", "--port", "0") == 1
    assert "--allow-remote" in capsys.readouterr().err


def test_store_is_found_beside_pulumi_yaml(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: x\n", encoding="utf-8")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    monkeypatch.delenv("CONNECT_USERS_STORE", raising=False)

    assert _run("reset") == 0

    assert (tmp_path / ".connect-users" / "local.db").is_file()
    assert str(tmp_path) in capsys.readouterr().err


def test_store_that_the_provider_takes_from_the_environment_is_the_commands_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One variable moves the file for `pulumi` and for the commands that look into it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CONNECT_USERS_STORE", raising=False)
    monkeypatch.setenv("CONNECT_USERS_LOCAL_STORE", str(tmp_path / "elsewhere.db"))
    store = read_settings({"endpoint": "local"}.get).store
    assert store is not None
    open_store(store)

    assert _run("log") == 0
    monkeypatch.delenv("CONNECT_USERS_LOCAL_STORE")
    assert _run("log") == 1
    assert "If connect:localStore names another file, give it with --store." in " ".join(
        capsys.readouterr().err.split()
    )


def test_command_without_its_extra_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['click'] = None\nfrom pulumi_connect_users.cli import main\nmain()"
    )

    done = run_python(code)

    assert done.returncode == 1
    assert done.stderr.strip().endswith("pip install 'pulumi-connect-users[cli]'.")
    assert "Traceback" not in done.stderr
