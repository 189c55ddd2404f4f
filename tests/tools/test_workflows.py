"""What workflows may do: this repository's own, and those of the example."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from pulumi_connect_users.core.public_home import HOME_URL
from tests.support.workflow import WORKFLOWS, load
from tools.checkout import ROOT

GITHUB = ROOT / ".github"
CI = load(GITHUB / "workflows" / "ci.yml")
RELEASE = load(GITHUB / "workflows" / "release.yml")
EVERY = pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: str(file.relative_to(ROOT)))

Job = Mapping[str, Any]


def _steps(file: Path) -> list[Mapping[str, Any]]:
    return [step for job in load(file)["jobs"].values() for step in job.get("steps", [])]


def _runs(job: Job) -> str:
    return "\n".join(step.get("run", "") for step in job["steps"])


def _uses(job: Job) -> set[str]:
    return {step["uses"].split("@")[0] for step in job["steps"] if "uses" in step}


@EVERY
def test_actions_are_pinned_to_commits(file: Path) -> None:
    """A tag can be moved; what it was stands beside the commit."""
    used = re.findall(r"uses: (\S+)(.*)", file.read_text())

    assert used
    for action, comment in used:
        if not action.startswith("./"):
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), action
            assert re.match(r" # v\d+\.\d+\.\d+", comment), action


def test_actions_are_the_same_commits_everywhere() -> None:
    used = {use for file in WORKFLOWS for use in re.findall(r"uses: ([^.\s]\S+)", file.read_text())}

    assert len(used) == len({use.split("@")[0] for use in used})


@EVERY
def test_workflow_never_runs_with_the_rights_of_its_target(file: Path) -> None:
    """`pull_request_target` and `workflow_run` hand a fork's code the repository's secrets."""
    assert {"pull_request_target", "workflow_run"}.isdisjoint(load(file)["on"])


@EVERY
def test_checkouts_leave_no_token_behind(file: Path) -> None:
    """Every script could read a token in .git/config."""
    checkouts = [s for s in _steps(file) if s.get("uses", "").startswith("actions/checkout@")]

    assert all(s["with"]["persist-credentials"] is False for s in checkouts)


@EVERY
def test_scripts_take_no_expression(file: Path) -> None:
    """An expression in a script is a script injection: branches, tags and titles are anybody's."""
    assert all("${{" not in step.get("run", "") for step in _steps(file))


@EVERY
def test_jobs_have_permissions_of_their_own_and_an_end(file: Path) -> None:
    """Nothing by default; a called workflow's jobs have their own ends."""
    workflow = load(file)

    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"]
        assert "timeout-minutes" in job or "uses" in job


def test_ci_only_reads_and_has_no_secret() -> None:
    """It runs what a pull request brings."""
    assert all(job["permissions"] == {"contents": "read"} for job in CI["jobs"].values())
    assert "secrets." not in str(CI)


def test_ci_runs_every_python_that_the_package_declares() -> None:
    declared = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text())

    assert CI["jobs"]["check"]["strategy"]["matrix"]["python"] == declared


def test_ci_tests_pulumi_itself_and_no_stand_in() -> None:
    """With `download` or `path`, an engine that cannot be had is an error."""
    engine = "PULUMI_CONNECT_USERS_ENGINE"

    assert CI["jobs"]["test"]["env"][engine] == "download"
    assert CI["jobs"]["languages"]["env"][engine] == "path"


def test_ci_makes_the_plugin_for_every_platform() -> None:
    matrix = CI["jobs"]["plugin"]["strategy"]["matrix"]["include"]
    systems, machines = ("linux", "darwin", "windows"), ("amd64", "arm64")

    assert {row["platform"] for row in matrix} == {f"{s}-{m}" for s in systems for m in machines}


def test_release_follows_from_a_tag_that_is_the_version() -> None:
    """Nothing is published before everything was tested, made and attested."""
    jobs = RELEASE["jobs"]

    assert RELEASE["on"] == {"push": {"tags": ["v*"]}}
    assert 'tools.release_notes "$TAG"' in _runs(jobs["dist"])
    assert "make dist" in _runs(jobs["dist"])
    assert jobs["attest"]["needs"] == ["ci", "dist"]
    chain = {"publish": "attest", "release": "publish", "site": "release"}
    assert {name: jobs[name]["needs"] for name in chain} == chain


def test_jobs_that_publish_may_do_one_thing_each_and_run_no_code_of_ours() -> None:
    jobs = RELEASE["jobs"]
    granted = {name: job["permissions"] for name, job in jobs.items()}

    assert granted == {
        "ci": {"contents": "read"},
        "dist": {"contents": "read"},
        "attest": {"attestations": "write", "id-token": "write"},
        "publish": {"id-token": "write"},
        "release": {"contents": "write"},
        "site": {"pages": "write", "id-token": "write"},
    }
    for name in ("attest", "publish", "release", "site"):
        assert "actions/checkout" not in _uses(jobs[name])
        assert not re.search(r"python|make|pip", _runs(jobs[name]))
    assert "secrets." not in str(RELEASE)


def test_packages_are_published_from_an_environment_each() -> None:
    job = RELEASE["jobs"]["publish"]

    assert job["strategy"]["matrix"]["package"] == ["pulumi-connect-users", "connect-users-guard"]
    assert job["environment"] == "pypi-${{ matrix.package }}"
    assert _uses(job) == {"actions/download-artifact", "pypa/gh-action-pypi-publish"}


def test_vulnerabilities_are_reported_at_the_public_home() -> None:
    """GitHub takes no relative address there."""
    chooser = yaml.safe_load((GITHUB / "ISSUE_TEMPLATE" / "config.yml").read_text())

    assert [link["url"] for link in chooser["contact_links"]] == [f"{HOME_URL}/security/policy"]


@pytest.mark.parametrize("form", ["bug", "feature"])
def test_issue_forms_have_what_github_requires(form: str) -> None:
    loaded = yaml.safe_load((GITHUB / "ISSUE_TEMPLATE" / f"{form}.yml").read_text())
    fields = [field for field in loaded["body"] if field["type"] != "markdown"]

    assert loaded["name"]
    assert loaded["description"]
    assert all(field["attributes"]["label"] for field in fields)
    ids = [field["id"] for field in fields]
    assert len(set(ids)) == len(ids)
