"""The example's nightly workflow: its steps as a runner runs them, with a GitHub of the test's."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.identity_center import STORE, IdentityCenter, identity_center
from tests.support.workflow import Runner, git, load
from tools.checkout import ROOT

EXAMPLE = ROOT / "examples" / "directory"
GH = """#!/bin/sh
case "$1 $2" in
"pr list") cat "$OPEN" ;;
"auth setup-git") ;;
*) printf '%s\\n' "$*" >> "$CALLED"
   while [ $# -gt 0 ]; do [ "$1" = --body-file ] && cat "$2" >> "$CALLED"; shift; done ;;
esac
"""


@pytest.fixture
def center() -> Iterator[IdentityCenter]:
    with identity_center() as made:
        for group in ("Connect Agents West", "Connect Agents East", "Connect Supervisors"):
            made.add_group(group)
        yield made


class Night:
    """A repository with the example in it, and its runs."""

    def __init__(self, folder: Path, center: IdentityCenter) -> None:
        self._folder, self._center = folder, center
        self.origin = folder / "origin.git"
        self.open, self._called = folder / "open", folder / "called"
        self.open.touch()
        shutil.copytree(EXAMPLE, folder / "example")
        for command in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-qm", "Begin")):
            git(folder / "example", *command)
        git(folder, "clone", "-q", "--bare", "example", str(self.origin))
        (folder / "bin").mkdir()
        (folder / "bin" / "gh").write_text(GH)
        (folder / "bin" / "gh").chmod(0o755)

    def run(self, number: int) -> tuple[dict[str, int], str]:
        """Runs the job; returns the codes of its steps, and what `gh` was called with."""
        self._called.write_text("")
        workspace = self._folder / f"night-{number}" / "workspace"

        def checkout(_: object) -> None:
            git(self._folder, "clone", "-q", str(self.origin), str(workspace))

        def nothing(_: object) -> None: ...

        path = [self._folder / "bin", Path(sys.executable).parent]
        runner = Runner(
            workspace,
            {
                "PATH": os.pathsep.join([*map(str, path), os.environ["PATH"]]),
                "HOME": str(self._folder),
                "OPEN": str(self.open),
                "CALLED": str(self._called),
                **self._center.environment,
            },
            values={
                "vars.IDENTITY_STORE_ID": STORE,
                "vars.AWS_DIRECTORY_ROLE": "",
                "vars.IDENTITY_CENTER_REGION": "",
                "secrets.DIRECTORY_TOKEN": "token",
            },
            stand_ins={
                "actions/checkout": checkout,
                "actions/setup-python": nothing,
                "aws-actions/configure-aws-credentials": nothing,
                "Install": nothing,
            },
        )
        runner.run(load(EXAMPLE / ".github" / "workflows" / "directory.yml"), "import")
        return runner.codes, self._called.read_text()

    def proposed(self) -> str:
        """The roster of the pull request's branch."""
        return git(self.origin, "show", "directory:roster.yaml")


def test_pull_request_is_opened_edited_and_closed(tmp_path: Path, center: IdentityCenter) -> None:
    night = Night(tmp_path, center)
    center.add("mary.major@corp.example", "Connect Agents West")

    codes, first = night.run(1)

    assert set(codes.values()) == {0}
    assert first.startswith("pr create --head directory --title Users: changes in the directory")
    assert "    joins   mary.major@corp.example: team west\n" in first
    assert "mary.major@corp.example:" in night.proposed()
    assert "mary.major" not in git(night.origin, "show", "main:roster.yaml")

    night.open.write_text("7\n")
    center.join("mary.major@corp.example", "Connect Supervisors")
    _, second = night.run(2)
    assert second.startswith("pr edit 7 --body-file ")
    assert "CallCenterManager" in night.proposed()

    center.remove("mary.major@corp.example")
    _, third = night.run(3)
    assert third == "pr close 7 --comment The roster is as the directory says.\n"


def test_too_many_leavers_end_the_run(tmp_path: Path, center: IdentityCenter) -> None:
    night = Night(tmp_path, center)
    for number in range(3):
        center.add(f"agent.{number}@corp.example", "Connect Agents West")
    night.run(1)
    git(night.origin, "update-ref", "refs/heads/main", "refs/heads/directory")
    for number in range(2):
        center.remove(f"agent.{number}@corp.example")

    codes, called = night.run(2)

    assert codes == {"Import": 3}
    assert called == ""
