"""The action of this repository: five lines of a workflow, and its steps as a runner runs them."""

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from tests.report.actionlint import actionlint
from tests.report.builders import digest, step, user
from tests.report.github_comments import NUMBER, REPOSITORY, served
from tests.support.workflow import Runner, git, load
from tools.checkout import ROOT

ACTION = load(ROOT / "action.yml")
USERS = load(ROOT / "examples" / "pull-request" / ".github" / "workflows" / "users.yml")
BASE = "${{ github.event.pull_request.base.sha || github.sha }}"
FAKE = """#!/bin/sh
printf '%s\\n' "$PULUMI_ENABLE_STREAMING_JSON_PREVIEW" "$@" > "$CALLED"
cat "$PREVIEW"
exit 255
"""


def _run(tmp_path: Path, api: str, **given: str) -> tuple[Runner, list[Mapping[str, Any]]]:
    """Runs the action with a `pulumi` that prints a preview and fails, as policies make it."""
    preview, tools = tmp_path / "preview.json", tmp_path / "bin"
    preview.write_text(digest(step("delete", user())))
    tools.mkdir()
    (tools / "pulumi").write_text(FAKE)
    (tools / "pulumi").chmod(0o755)
    path = os.pathsep.join([str(tools), str(Path(sys.executable).parent), os.environ["PATH"]])
    inputs = {name: one.get("default", "") for name, one in ACTION["inputs"].items()} | given
    fetched: list[Mapping[str, Any]] = []
    runner = Runner(
        tmp_path / "job" / "workspace",
        {
            "PATH": path,
            "CALLED": str(tmp_path / "called"),
            "PREVIEW": str(preview),
            "GITHUB_API_URL": api,
            "GITHUB_REPOSITORY": REPOSITORY,
        },
        values={f"inputs.{name}": text for name, text in inputs.items()}
        | {BASE[4:-3]: "abc", "github.event.pull_request.number": NUMBER},
        stand_ins={
            "actions/checkout": lambda step: fetched.append(step["with"]),
            "actions/upload-artifact": lambda step: fetched.append(step["with"]),
        },
    )
    runner.run({"jobs": {"action": ACTION["runs"]}}, "action")
    return runner, fetched


def test_action_previews_reports_comments_and_closes_its_gate(tmp_path: Path) -> None:
    """The policies are the base's; a policy that fails the preview does not end the report."""
    pack = {"policy-pack": "policy", "policy-config": "policy/config.json"}
    with served() as comments:
        runner, (base, artifact) = _run(
            tmp_path, comments.url, stack="prod", gate="delete", token="t", **pack
        )
        (comment,) = comments.all

    assert runner.codes == {
        "Preview": 0,
        "Report": 0,
        "Post the comment, or edit the one that is there": 0,
        "Gate": 3,
    }
    assert base == {"ref": "abc", "path": ".connect-users-base", "persist-credentials": False}
    folder = f"{runner.workspace}/.connect-users-base/policy"
    assert (tmp_path / "called").read_text().split("\n")[:-1] == [
        *("1", "preview", "--stack", "prod", "--json"),
        *("--policy-pack", folder, "--policy-pack-config", f"{folder}/config.json"),
    ]
    assert "1 user to delete" in comment["body"]
    assert runner.summary.read_text() == comment["body"]
    report = Path(artifact["path"])
    assert sorted(file.name for file in report.iterdir()) == ["comment.md", "report.html"]


def test_action_without_policies_passes_no_pack_and_an_open_gate(tmp_path: Path) -> None:
    with served() as comments:
        runner, _ = _run(tmp_path, comments.url, stack="dev", gate="delete>1", token="t")

    assert runner.codes["Gate"] == 0
    assert (tmp_path / "called").read_text().split() == ["1", "preview", "--stack", "dev", "--json"]


def test_action_and_example_comment_in_the_same_way() -> None:
    """Each stands alone in its repository."""
    (ours,) = [s["run"] for s in ACTION["runs"]["steps"] if s.get("shell") == "python"]
    (theirs,) = [s["run"] for s in USERS["jobs"]["comment"]["steps"] if s.get("shell") == "python"]

    assert ours == theirs


def test_action_is_pinned_and_takes_no_expression_into_a_script() -> None:
    pinned = set(re.findall(r"uses: (\S+)", (ROOT / "action.yml").read_text()))

    assert pinned <= {
        step["uses"] for job in USERS["jobs"].values() for step in job["steps"] if "uses" in step
    }
    assert all("${{" not in step.get("run", "") for step in ACTION["runs"]["steps"])


@pytest.mark.engine
def test_workflow_of_the_guide_uses_the_action_as_it_is(tmp_path: Path) -> None:
    """Actionlint knows an action's inputs where it is in the repository of the workflow."""
    tokens = MarkdownIt().parse((ROOT / "docs" / "ci.md").read_text())
    (text,) = [t.content for t in tokens if t.info == "yaml" and "uses: OWNER" in t.content]
    lines = text[text.index("uses: OWNER") :].splitlines()
    workflow = tmp_path / ".github" / "workflows" / "users.yml"
    workflow.parent.mkdir(parents=True)
    (tmp_path / "action.yml").write_text((ROOT / "action.yml").read_text())
    git(tmp_path, "init", "--quiet")

    def lint(text: str) -> str:
        workflow.write_text(re.sub(r"uses: OWNER\S+", "uses: ./", text))
        return actionlint(workflow)

    assert len(lines) <= 6
    assert lint(text) == ""
    assert 'input "stak"' in lint(text.replace("stack:", "stak:"))
    assert yaml.safe_load(text)["jobs"]
