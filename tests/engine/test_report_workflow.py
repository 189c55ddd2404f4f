"""The example's workflows: what they may do, and what they do, step by step."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from pulumi_connect_users.report.renderers import render
from tests.report.actionlint import actionlint
from tests.report.builders import digest, report, step, user
from tests.report.github_comments import NUMBER, REPOSITORY, served
from tests.support.harness import Stack
from tests.support.workflow import WORKFLOWS, Runner, git, load
from tools.checkout import ROOT

EXAMPLE = ROOT / "examples" / "pull-request"
USERS = load(EXAMPLE / ".github" / "workflows" / "users.yml")


def test_workflows_pass_actionlint() -> None:
    """Syntax, expressions, permissions, action inputs, as GitHub understands them."""
    assert actionlint(*WORKFLOWS) == ""


def test_jobs_have_the_least_permissions() -> None:
    """Nothing by default; only the job that runs no code of the pull request may write."""
    jobs = USERS["jobs"]

    assert USERS["permissions"] == {}
    assert jobs["preview"]["permissions"] == {"contents": "read", "id-token": "write"}
    assert jobs["comment"]["permissions"] == {"pull-requests": "write"}
    assert jobs["fork"]["permissions"] == {"contents": "read"}
    assert "checkout" not in str(jobs["comment"])
    assert "secrets." not in str(jobs["fork"]) + str(jobs["comment"])


def _step(job: str, name: str) -> Mapping[str, Any]:
    (found,) = [one for one in USERS["jobs"][job]["steps"] if one.get("name") == name]
    return dict(found)


@pytest.mark.parametrize(
    ("job", "name", "folder"),
    [("preview", "Preview", "base"), ("fork", "Preview the pull request", "../base")],
)
def test_pull_request_is_judged_by_the_policies_of_its_base(
    job: str, name: str, folder: str
) -> None:
    """Whoever changes policies with the users they are about would judge themselves."""
    packs = re.findall(r"--policy-pack(?:-config)? (\S+)", _step(job, name)["run"])
    checked_out = _step(job, "Check out the base")["with"]

    assert packs == [f"{folder}/policy", f"{folder}/policy/config.json"]
    assert checked_out["ref"] == "${{ github.event.pull_request.base.sha }}"
    assert checked_out["path"] == "base"


def _repository(folder: Path) -> tuple[str, str]:
    """The example as a repository; returns the commits of the base and of the pull request."""
    ignored = shutil.ignore_patterns("__pycache__", ".connect-users", "Pulumi.*.yaml")
    shutil.copytree(EXAMPLE, folder, ignore=ignored)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=base")
    base = git(folder, "rev-parse", "HEAD")
    program = folder / "__main__.py"
    text = program.read_text()
    for old, new in (
        ('    "li-juan": ("Li", "Juan", "AMER/West/Team 1"),\n', ""),
        ('"Salazar", "AMER/West/Team 2"', '"Salazar", "AMER/West/Team 1"'),
        ("AGENTS = {\n", 'AGENTS = {\n    "jane-roe": ("Jane", "Roe", "AMER/East/Team 3"),\n'),
        (
            'security_profiles=["Agent"]',
            'security_profiles=["Admin"] if name == "mary-major" else ["Agent"]',
        ),
    ):
        assert old in text
        text = text.replace(old, new)
    program.write_text(text)
    # A fork that would rather not be judged.
    (folder / "policy" / "__main__.py").write_text("raise SystemExit\n")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=change people")
    return base, git(folder, "rev-parse", "HEAD")


def test_fork_is_previewed_against_its_base_step_by_step(tmp_path: Path) -> None:
    """No secret, no AWS: the base's users are made on the embedded Connect, and compared with."""
    base, head = _repository(tmp_path / "repository")
    uploaded: list[Mapping[str, Any]] = []
    workspace = tmp_path / "job" / "workspace"

    def check_out(step: Mapping[str, Any]) -> None:
        target = workspace / step["with"]["path"]
        git(tmp_path, "clone", "--quiet", str(tmp_path / "repository"), str(target))
        git(target, "checkout", "--quiet", step["with"].get("ref", head))

    stack = Stack(tmp_path / "machine", program="")
    variables = stack.variables()
    for own in ("PULUMI_BACKEND_URL", "PULUMI_CONFIG_PASSPHRASE"):
        del variables[own]
    runner = Runner(
        workspace,
        variables,
        values={"github.event.pull_request.base.sha": base},
        stand_ins={
            "actions/checkout": check_out,
            "actions/setup-python": lambda step: None,
            "pulumi/actions": lambda step: None,
            "Install": lambda step: None,
            "actions/upload-artifact": lambda step: uploaded.append(step["with"]),
        },
    )

    printed = runner.run(USERS, "fork")

    assert runner.codes == {
        "Make the base's users on the embedded Connect": 0,
        "Preview the pull request": 0,
        "Report": 0,
        "Gate": 3,
    }, printed
    summary = runner.summary.read_text()
    assert summary.startswith("<!-- connect-users-report: contact-centre/pull-request -->\n### 🔴 ")
    verdict = summary.splitlines()[1]
    assert "1 user to delete · 2 to update · 1 to create" in verdict
    assert "<code>mary-major</code> gains Admin" in summary
    assert "connect-user-admin-allowed" in summary
    assert "the embedded local Connect, not AWS" in summary
    assert [Path(workspace, u["path"]).is_dir() for u in uploaded] == [True]
    files = sorted(file.name for file in (workspace / "report").iterdir())
    assert files == ["comment.md", "report.html"]
    shown = summary + (workspace / "report" / "report.html").read_text()
    assert not re.search(r"Salazar", shown)


def _comment(tmp_path: Path, url: str, text: str, gate: str) -> Runner:
    """Runs the job that comments."""

    def download(step: Mapping[str, Any]) -> None:
        folder = workspace / step["with"]["path"]
        folder.mkdir(exist_ok=True)
        (folder / "comment.md").write_text(text)

    workspace = tmp_path / "workspace"
    runner = Runner(
        workspace,
        {"PATH": os.environ["PATH"], "GITHUB_API_URL": url, "GITHUB_REPOSITORY": REPOSITORY},
        values={
            "github.token": "a-token",
            "github.event.pull_request.number": NUMBER,
            "needs.preview.outputs.gate": gate,
        },
        stand_ins={"actions/download-artifact": download},
    )
    runner.run(USERS, "comment")
    return runner


def test_one_comment_is_posted_and_then_edited_in_place(tmp_path: Path) -> None:
    """However many pushes: one comment of ours, found beyond the first page, nobody else's."""
    first = render(report(digest(step("delete", user()))), "markdown")
    second = render(report(digest(step("create", None, user()))), "markdown")
    with served() as comments:
        comments.add(first)  # somebody quotes ours, marker and all
        for number in range(150):
            comments.add(f"me too, {number}")
        _comment(tmp_path / "1", comments.url, first, "0")
        comments.add("thanks")
        _comment(tmp_path / "2", comments.url, second, "0")

        ours = [c for c in comments.all if c["user"]["type"] == "Bot"]
        assert [c["body"] for c in ours] == [second]
        assert comments.all[0]["body"] == first
        assert len(comments.all) == 153
        assert comments.tokens == {"Bearer a-token"}


@pytest.mark.parametrize("gate", ["0", "3"])
def test_job_ends_as_the_gate_says(tmp_path: Path, gate: str) -> None:
    """The comment is there either way; the check is red when the gate is closed."""
    with served() as comments:
        runner = _comment(tmp_path, comments.url, "<!-- m -->\n", gate)

        assert len(comments.all) == 1
        assert runner.codes["Gate"] == int(gate)


def test_gitlab_recipe_is_yaml_whose_scripts_are_scripts() -> None:
    """What can be known of it here: its shape, its shell, and that it uploads no events."""
    jobs = yaml.safe_load((EXAMPLE / ".gitlab-ci.yml").read_text())
    recipe, applying = jobs["connect-users"], jobs["connect-users-apply"]
    common = jobs[recipe["extends"]]["before_script"]
    script = "\n".join([*common, *recipe["script"], *applying["script"]])

    checked = subprocess.run(
        ["bash", "-n"], input=script, text=True, capture_output=True, check=False
    )

    assert checked.stderr == ""
    assert recipe["artifacts"]["paths"] == ["report"]
    assert "--policy-pack base/policy --policy-pack-config base/policy/config.json" in script
    assert "CI_MERGE_REQUEST_SOURCE_PROJECT_PATH == $CI_PROJECT_PATH" in recipe["rules"][0]["if"]
