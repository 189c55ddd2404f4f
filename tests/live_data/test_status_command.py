"""`connect-users status` and `put-status`, as people run them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_connect_users.cli.root import run
from pulumi_connect_users.core.privacy import label
from pulumi_connect_users.emulator import Store
from tests.support.contact_centre import ARN, INSTANCE, at_work, user_id
from tests.support.local_connect import Local
from tests.support.processes import run_python
from tests.support.programs import SAML_ARN

Capture = pytest.CaptureFixture[str]
Command = Callable[..., int]
LI_JUAN = "li.juan@example.com"
LABEL = label(LI_JUAN)


@pytest.fixture
def command(centre: Store) -> Command:
    """Runs a subcommand on the centre; returns the exit code."""

    def call(*arguments: str, instance: str = "local-managed") -> int:
        where = ["--endpoint", "local", "--local-store", str(centre.path)]
        return run([*arguments, "--instance", instance, *where])

    return call


def test_board_is_the_result_and_the_rest_is_not(command: Command, capsys: Capture) -> None:
    """The board on standard output, the note about the local Connect on the other."""
    assert command("status") == 0

    printed = capsys.readouterr()
    assert "4 at work" in printed.out
    assert printed.out.startswith("local-managed ")
    assert "mary.major" in printed.out
    assert "embedded Connect" in printed.err
    assert "embedded Connect" not in printed.out


@pytest.mark.parametrize("instance", [ARN, INSTANCE, "local-managed"])
def test_instance_is_named_by_arn_id_or_alias(
    command: Command, capsys: Capture, instance: str
) -> None:
    assert command("status", "--json", instance=instance) == 0

    assert json.loads(capsys.readouterr().out)["instanceArn"] == ARN


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--queue", "BasicQueue"], ["arnav.desai", "mary.major", "nikki.wolf"]),
        (["--queue", "Claims", "--queue", "Billing"], [LI_JUAN]),
        (["--routing-profile", "Claims desk"], [LI_JUAN]),
        (["--agent", "mary.major"], ["mary.major"]),
        (["--hierarchy-group", "AMER"], ["arnav.desai", "mary.major"]),
        (["--contact-state", "connected_onhold"], ["arnav.desai"]),
        (["--routing-profile", "Claims desk", "--hide", "usernames"], [LABEL]),
    ],
)
def test_filters_of_the_command_are_those_of_the_api(
    command: Command, capsys: Capture, arguments: list[str], expected: list[str]
) -> None:
    assert command("status", "--json", *arguments) == 0

    agents = json.loads(capsys.readouterr().out)["agents"]
    assert sorted(agent["username"] for agent in agents) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["status", "--queue", "a", "--agent", "b"], "queues and agents: exclude each other"),
        (["status", "--watch", "--interval", "nan"], "nan is not a finite number"),
        (["status", "--watch", "--interval", "inf"], "is not in the range"),
        (["status", "--queue", "Clams"], "Did you mean Claims?"),
        (["status", "--json", "--html", "x.html"], "--json and --html exclude each other"),
        (["put-status", "mary.mayor", "Lnch"], "Did you mean Lunch?"),
    ],
)
def test_impossible_questions_are_usage_errors(
    command: Command, capsys: Capture, arguments: list[str], expected: str
) -> None:
    """Exit code 2, and nothing on standard output."""
    assert command(*arguments) == 2

    printed = capsys.readouterr()
    assert expected in printed.err
    assert printed.out == ""


def test_unknown_and_unclear_instances_are_told_with_those_known(
    centre: Store, command: Command, capsys: Capture
) -> None:
    assert command("status", instance="nowhere") == 2
    assert run(["status", "--endpoint", "local", "--local-store", str(centre.path)]) == 2

    printed = capsys.readouterr().err
    assert "instance nowhere does not exist. Known: local-managed, local-saml." in printed
    assert "Give --instance, one of: local-managed, local-saml." in printed


def test_alias_with_the_dashes_of_an_id_is_an_alias(centre: Store, command: Command) -> None:
    """`the-west-and-the-east` is a name like any other."""
    instance = {"id": "44444444-4444-4444-8444-444444444444", "alias": "the-west-and-the-east"}
    centre.seed({"instances": [instance]})

    assert command("status", "--json", instance="the-west-and-the-east") == 0


def test_put_status_says_when_it_takes_effect(command: Command, capsys: Capture) -> None:
    """At once for Nikki, after the call for Mary."""
    assert command("put-status", "nikki.wolf", "Available") == 0
    assert command("put-status", "mary.major", "Lunch") == 0

    said = capsys.readouterr().err
    assert "nikki.wolf is Available." in said
    assert "mary.major is on a contact; after it the status is Lunch." in said


def test_put_status_keeps_a_receipt(command: Command, tmp_path: Path) -> None:
    """Of the change alone; no stack is known."""
    file = tmp_path / "receipt.jsonl"

    assert command("put-status", "nikki.wolf", "Available", "--receipt", str(file)) == 0

    (line,) = [json.loads(text) for text in file.read_text().splitlines()]
    assert (line["operation"], line["userId"]) == ("PutUserStatus", user_id("nikki.wolf"))
    assert "stack" not in line


def test_put_status_takes_ids_in_any_form(centre: Store, command: Command, capsys: Capture) -> None:
    """`aws.connect.User.id` names its instance; one of another than --instance is refused."""
    client = Local(centre.path).client
    rows = client.list_agent_statuses(InstanceId=INSTANCE)["AgentStatusSummaryList"]
    status = next(row["Id"] for row in rows if row["Name"] == "Available")
    who = f"{INSTANCE}:{user_id('nikki.wolf')}"
    foreign = f"{SAML_ARN.rsplit('/', 1)[1]}:{user_id('nikki.wolf')}"

    assert command("put-status", who, f"{INSTANCE}:{status}") == 0
    assert command("status", "--json", "--agent", who) == 0
    assert command("put-status", foreign, "Available") == 2

    said = capsys.readouterr()
    assert json.loads(said.out)["agents"][0]["username"] == "nikki.wolf"
    assert "USER: is a user of another instance. Give one of" in " ".join(said.err.split())


def test_status_that_the_agent_has_already_is_done(command: Command, capsys: Capture) -> None:
    """Connect refuses it, at once and during a call; there is nothing left to do."""
    for _ in range(2):
        assert command("put-status", "nikki.wolf", "Available") == 0
        assert command("put-status", "mary.major", "Lunch") == 0

    said = capsys.readouterr().err
    assert said.count("nikki.wolf is Available.") == 2
    assert said.count("mary.major is on a contact; after it the status is Lunch.") == 2


def test_names_cannot_write_to_the_terminal(
    centre: Store, command: Command, capsys: Capture
) -> None:
    """Whoever may name a status or queue must not retitle the screen of who mistypes it."""
    evil = "Pause \x1b]0;title\x07"
    instance = {"id": INSTANCE, "agentStatuses": [{"name": evil}], "queues": [{"name": evil}]}
    centre.seed({"instances": [instance]})

    assert command("put-status", "mary.major", evil) == 0
    assert command("put-status", "mary.major", "Pause ]0;title") == 2
    assert command("status", "--queue", "Pause ]0;title") == 2

    said = capsys.readouterr().err
    assert said.count("Pause \\u{1b}]0;title") == 3
    assert not set(said) & set("\x1b\x07")


def test_missing_permission_is_told_with_remedy(
    centre: Store, command: Command, capsys: Capture
) -> None:
    """One line, no traceback, exit code 1."""
    centre.control(faults=[{"operation": "PutUserStatus", "kind": "access-denied"}])

    assert command("put-status", "nikki.wolf", "Available") == 1

    said = " ".join(capsys.readouterr().err.split())
    assert "may not call connect:PutUserStatus" in said
    assert said.endswith("Allow connect:PutUserStatus to the role local, then run again.")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ([], LI_JUAN),
        (["--hide", "usernames"], LABEL),
        (["--stack", "secret"], LABEL),
        (["--stack", "secret", "--personal-data"], LI_JUAN),
        (["--stack", "clear"], LI_JUAN),
    ],
)
def test_board_shows_usernames_in_full_unless_they_are_to_be_hidden(
    command: Command,
    capsys: Capture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    more: list[str],
    told: str,
) -> None:
    """Two people never look alike, and the filters in words hide the same."""
    (tmp_path / "Pulumi.yaml").write_text("name: centre\n")
    (tmp_path / "Pulumi.clear.yaml").write_text("config: {}\n")
    setting = "config:\n  connect:personalData: secret\n"
    (tmp_path / "Pulumi.secret.yaml").write_text(setting)
    monkeypatch.chdir(tmp_path)

    assert command("status", "--json", "--agent", LI_JUAN, *more) == 0

    board = json.loads(capsys.readouterr().out)
    assert board["filters"] == f"agent {told}"
    assert [agent["username"] for agent in board["agents"]] == [told]


def test_names_that_may_not_be_looked_up_are_ids(
    centre: Store, command: Command, capsys: Capture
) -> None:
    """A role that may see live data and no users still gets its board."""
    centre.control(faults=[{"operation": "*Users", "kind": "access-denied", "times": 99}])

    assert command("status", "--json") == 0

    agents = json.loads(capsys.readouterr().out)["agents"]
    assert [agent["username"] for agent in agents] == [agent["userId"] for agent in agents]
    assert len(agents) == 4


def test_page_that_cannot_be_written_is_told(
    command: Command, capsys: Capture, tmp_path: Path
) -> None:
    """One line with the folder, exit code 1."""
    assert command("status", "--html", str(tmp_path / "none" / "board.html")) == 1

    assert f"writing the board, {tmp_path}/none/" in capsys.readouterr().err


def test_page_that_cannot_take_its_place_is_told_and_leaves_no_draft(
    centre: Store, tmp_path: Path
) -> None:
    """While a board is watched its file becomes a folder."""
    file = tmp_path / "pages" / "board.html"
    file.parent.mkdir()
    watching = _watching(centre, "--html", str(file))
    try:
        assert watching.stderr is not None
        while "wrote" not in (line := watching.stderr.readline()):
            assert line, "it has ended"
        file.unlink()
        file.mkdir()
        _, said = watching.communicate(timeout=60)
    finally:
        watching.kill()

    assert watching.returncode == 1
    assert f"writing the board, {file}: " in said
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(
    ("arguments", "encoding", "expected"),
    [
        ([], "cp1252", "mary.major"),
        (["--json"], "utf-8", "日本語"),
        (["--html", "-"], "utf-8", "日本語"),
    ],
)
def test_board_is_shown_where_the_code_page_lacks_its_signs(
    tmp_path: Path, arguments: list[str], encoding: str, expected: str
) -> None:
    """A pipe on Windows is cp1252: people get the board all the same, programs get UTF-8."""
    store = at_work(tmp_path / "local.db")
    store.seed({"instances": [{"id": INSTANCE, "agentStatuses": [{"name": "日本語"}]}]})
    event = {"at": 0, "agent": "nikki.wolf", "do": "status", "status": "日本語"}
    store.play_day(INSTANCE, [event])
    code = "import sys; from pulumi_connect_users.cli.root import run; sys.exit(run(sys.argv[1:]))"
    where = ["--endpoint", "local", "--local-store", str(store.path), "--instance", INSTANCE]
    environment = os.environ | {"PYTHONIOENCODING": "cp1252"}
    shown = run_python(code, "status", *where, *arguments, env=environment, encoding=encoding)

    assert shown.returncode == 0, shown.stderr
    assert expected in shown.stdout


def test_page_is_written_whole(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "pages" / "board.html"
    file.parent.mkdir()

    assert command("status", "--html", str(file)) == 0

    assert "<h1>4 agents at work</h1>" in file.read_text()
    assert list(file.parent.iterdir()) == [file]


def _watching(centre: Store, *arguments: str) -> subprocess.Popen[str]:
    code = "import sys; from pulumi_connect_users.cli.root import run; sys.exit(run(sys.argv[1:]))"
    watch = ["status", "--watch", "--interval", "1", "--instance", INSTANCE]
    where = ["--endpoint", "local", "--local-store", str(centre.path)]
    return subprocess.Popen(
        [sys.executable, "-c", code, *watch, *where, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_watch_goes_on_until_ctrl_c_and_ends_well(centre: Store) -> None:
    """One JSON document a line, with what happens meanwhile; Ctrl-C is no failure."""
    watching = _watching(centre, "--json")
    assert watching.stdout is not None
    try:
        first = json.loads(watching.stdout.readline())
        hired = {"username": "ana.carolina", "status": "Available"}
        centre.seed({"instances": [{"id": INSTANCE, "users": [hired]}]})
        with_new = first
        while "ana.carolina" not in [agent["username"] for agent in with_new["agents"]]:
            with_new = json.loads(watching.stdout.readline())
        centre.play_day(INSTANCE, [{"at": 0, "agent": "nikki.wolf", "do": "logout"}])
        late = {"operation": "GetCurrentUserData", "kind": "server-error", "times": 6}
        centre.control(faults=[late])

        later = json.loads(watching.stdout.readline())
        while len(later["agents"]) == len(with_new["agents"]):
            later = json.loads(watching.stdout.readline())
        watching.send_signal(signal.SIGINT)
        _, said = watching.communicate(timeout=60)
    finally:
        watching.kill()

    assert [len(one["agents"]) for one in (first, with_new, later)] == [4, 5, 4]
    assert watching.returncode == 0
    assert said.count("connect-users: the last update failed: GetCurrentUserData") == 1
    assert "Traceback" not in said
