"""`connect-users report`: formats, files, the gate, and what it says when it cannot."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import pulumi_connect_users.report
from pulumi_connect_users.cli.root import run
from pulumi_connect_users.report.renderers import json_schema
from tests.report.builders import INSTANCE, admin, digest, events, planned, step, user
from tests.support.help_desk import deleted, seeded

RECORDINGS = Path(__file__).parent / "recordings"
SCHEMA = Path(pulumi_connect_users.report.__file__).parent / "report.schema.json"


@pytest.fixture
def preview(tmp_path: Path) -> Path:
    """Events that delete one user and make another one an administrator."""
    file = tmp_path / "events.jsonl"
    gone, risen = step("delete", user(), name="gone"), step("update", user(), admin())
    file.write_text(events(planned(gone), planned(risen)))
    return file


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("r.md", "<!-- connect-users-report: centre/dev -->"),
        ("r.html", "<!doctype html>"),
        ("r.json", "{"),
        ("r.txt", "\n− To delete (1)"),
    ],
)
def test_format_follows_the_name_of_the_output(
    preview: Path, tmp_path: Path, name: str, beginning: str
) -> None:
    """One option less to type, and an explicit one wins."""
    output = tmp_path / name

    assert run(["report", str(preview), "-o", str(output)]) == 0
    assert output.read_text().startswith(beginning)
    assert run(["report", str(preview), "-o", str(output), "--format", "json"]) == 0
    assert json.loads(output.read_text())["version"] == 1


def test_report_goes_to_standard_output(preview: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Results on standard output, and nothing else there."""
    for more in ([], ["-o", "-"]):
        assert run(["report", str(preview), "--format", "json", *more]) == 0

        printed = capfd.readouterr()
        assert json.loads(printed.out)["counts"]["delete"] == 1
        assert printed.err == ""


def test_closed_gate_exits_with_three_and_says_why(
    preview: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The report is written all the same: somebody has to read why."""
    output = tmp_path / "r.md"
    asked = ["report", str(preview), "-o", str(output), "--fail-on", "delete>5,privilege,gone"]

    assert run(asked) == 3
    assert capfd.readouterr().err == "connect-users: the gate is closed by privilege: 1.\n"
    assert "gains Admin" in output.read_text()


def test_gate_on_policies_passes_a_preview_without_them_if_that_is_meant(
    preview: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    asked = ["report", str(preview), "--fail-on", "policy"]

    assert run(asked) == 3
    assert "--no-policies accepts that" in capfd.readouterr().err
    assert run([*asked, "--no-policies"]) == 0


def test_values_are_shown_when_asked_for(preview: Path, capfd: pytest.CaptureFixture[str]) -> None:
    asked = ["--show-values", "identity_info.first_name,identity_info.email"]

    run(["report", str(preview), "--format", "html", *asked])
    shown = capfd.readouterr().out
    run(["report", str(preview), "--format", "html"])

    assert "marym@example.com" in shown
    assert "Shown on request: identity_info.email, identity_info.first_name" in shown
    assert "marym" not in capfd.readouterr().out


def test_suspension_for_one_run_is_that_of_the_environment(
    preview: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No preview shows the variable; the report is made in the same job."""
    monkeypatch.setenv("CONNECT_USERS_ON_DELETE", "suspend")

    assert run(["report", str(preview), "--format", "json", "--fail-on", "delete"]) == 0
    assert json.loads(capfd.readouterr().out)["counts"]["suspend"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.json"], "reading a preview, missing.json: No such file or directory"),
        (["--fail-on", "deletes"], "unknown condition: deletes. Known: delete"),
        (["--fail-on", "can:fly"], "Capabilities: become-admin, listen-to-recordings"),
        (["--show-values", "password"], "unknown personal field: password"),
        (["--format", "pdf"], "'pdf' is not one of"),
        (["--max-coverage-loss", "120%"], "neither a percentage nor a share. Give 20% or 0.2"),
        (["--min-coverage", "-1"], "-1 is not in the range x>=0"),
    ],
)
def test_bad_arguments_exit_with_two_and_the_way_out(
    arguments: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """No traceback, and what would be right."""
    assert run(["report", *arguments]) == 2
    assert said in capfd.readouterr().err


def test_text_that_is_no_preview_exits_with_two(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The message names the file and what to give instead, and repeats nothing of the text."""
    file = tmp_path / "up.txt"
    file.write_text("Updating (dev):\n password Hunter2Hunter2\n")

    assert run(["report", str(file)]) == 2
    printed = capfd.readouterr()
    assert f"reading a preview, {file}: it is neither" in printed.err
    assert "Hunter2" not in printed.err + printed.out


def test_preview_of_a_windows_shell_is_read(
    preview: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """`>` of PowerShell writes UTF-16."""
    preview.write_text(preview.read_text(), encoding="utf-16")

    assert run(["report", str(preview), "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out)["counts"]["delete"] == 1


def test_output_that_cannot_be_written_exits_with_one(
    preview: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "none" / "r.md"

    assert run(["report", str(preview), "-o", str(output)]) == 1
    assert f"writing the report, {output}: No such file" in capfd.readouterr().err


@pytest.mark.parametrize("name", sorted(file.name for file in RECORDINGS.iterdir()))
def test_json_follows_the_schema_that_ships_with_it(
    name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """What other programs build upon is described, and the description holds."""
    run(["report", str(RECORDINGS / name), "--format", "json"])
    document = json.loads(capfd.readouterr().out)

    assert [*Draft202012Validator(json.loads(SCHEMA.read_text())).iter_errors(document)] == []


def test_shipped_schema_is_the_models() -> None:
    """`connect-users report --schema` writes it anew."""
    assert json.loads(SCHEMA.read_text()) == json_schema()


def test_schema_is_printed_on_request(capfd: pytest.CaptureFixture[str]) -> None:
    run(["report", "--schema"])

    assert json.loads(capfd.readouterr().out) == json_schema()


def test_limit_is_kept(tmp_path: Path) -> None:
    """A step summary takes more than a comment, and a chat less."""
    file, output = tmp_path / "preview.json", tmp_path / "r.md"
    file.write_text(digest(*(step("delete", user(), name=f"u{i}") for i in range(300))))

    assert run(["report", str(file), "-o", str(output), "--limit", "2000"]) == 0
    assert len(output.read_text()) < 2_000


def test_instance_that_cannot_be_reached_closes_the_gate(
    preview: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A wrong instance is no reason to lose the report, and none to let it pass."""
    arn = INSTANCE.replace("11111111", "99999999")
    place = ["--endpoint", "local", "--store", str(tmp_path / "local.db"), "--instance", arn]

    assert run(["report", str(preview), "--fail-on", "coverage", *place]) == 3
    printed = capfd.readouterr()
    assert "coverage: not computed: looking up instance" in printed.err
    assert "there is no such instance" in " ".join(printed.out.split())


def test_long_look_ups_say_how_long(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six routing profiles and one user at the quota take more than two seconds."""
    monkeypatch.chdir(tmp_path)
    Path("Pulumi.yaml").write_text("name: centre\nruntime: python\n")
    pace = {"connect:requestsPerSecond": 3, "connect:burst": 100}
    Path("Pulumi.dev.yaml").write_text(json.dumps({"config": pace}))
    file = tmp_path / "events.jsonl"
    file.write_text(digest(*deleted("eve", "finn")))
    seeded(tmp_path / "local.db")
    place = ["--stack", "dev", "--endpoint", "local", "--store", "local.db"]

    assert run(["report", str(file), "--instance", INSTANCE, *place]) == 0
    printed = capfd.readouterr()
    assert "the queues of 6 routing profiles, the proficiencies of 2 users" in printed.err
    assert "takes about 3 s" in printed.err
    assert "! queue Night (voice): no agent left of 2; leaving: eve, finn" in printed.out
