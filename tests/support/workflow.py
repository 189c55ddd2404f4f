"""Runs the steps of a GitHub workflow here, as a runner would: scripts, files, variables.

What fetches something from elsewhere (`uses`, and the step that installs) is the test's to stand
in for; every script runs word for word.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from tools.checkout import ROOT

WORKFLOWS = tuple(
    sorted(
        file
        for folder in (ROOT, *(ROOT / "examples").iterdir())
        for file in (folder / ".github" / "workflows").glob("*.yml")
    )
)
"""This repository's own, and those of the examples."""
Job = Mapping[str, Any]
StandIn = Callable[[Mapping[str, Any]], None]

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


def load(file: Path) -> dict[str, Any]:
    """A workflow; YAML 1.1 reads its `on` as true."""
    loaded: dict[Any, Any] = yaml.safe_load(file.read_text())
    return {str("on" if key is True else key): value for key, value in loaded.items()}


class Runner:
    """A runner of one job."""

    def __init__(
        self,
        workspace: Path,
        variables: Mapping[str, str],
        *,
        values: Mapping[str, str],
        stand_ins: Mapping[str, StandIn],
    ) -> None:
        """Prepares the folder of a job.

        Args:
            workspace: an empty folder.
            variables: the environment that the machine has.
            values: what expressions are here: `github.token` -> text.
            stand_ins: for actions by their name without version, and for steps by their name; each
                gets the step, its expressions replaced.
        """
        self.workspace = workspace
        self.summary = workspace.parent / "summary.md"
        self._values = values
        self._stand_ins = stand_ins
        self._files = {
            "GITHUB_ENV": workspace.parent / "env",
            "GITHUB_OUTPUT": workspace.parent / "output",
            "GITHUB_STEP_SUMMARY": self.summary,
        }
        temporary = workspace.parent / "temp"
        for folder in (workspace, temporary):
            folder.mkdir(parents=True, exist_ok=True)
        for file in self._files.values():
            file.touch()
        self._variables = {
            **variables,
            **{name: str(file) for name, file in self._files.items()},
            "GITHUB_WORKSPACE": str(workspace),
            "RUNNER_TEMP": str(temporary),
        }
        self.codes: dict[str, int] = {}

    def run(self, workflow: Mapping[str, Any], job: str) -> str:
        """Runs the steps until one fails, which is the job's end; returns what they printed."""
        found = workflow["jobs"][job]
        outer = {**workflow.get("env", {}), **found.get("env", {})}
        printed = ""
        for step in found["steps"]:
            step = self._replaced(step)
            name = step.get("name") or step["uses"]
            stand_in = self._stand_ins.get(step.get("uses", name).split("@")[0])
            if stand_in is not None:
                stand_in(step)
                continue
            assert "run" in step, f"nothing stands in for {name}"
            code, text = self._script(step, self._replaced(outer))
            printed += f"== {name}\n{text}"
            self.codes[name] = code
            if code:
                break
        return printed

    def outputs(self) -> dict[str, str]:
        """What the steps have written to GITHUB_OUTPUT."""
        return _assignments(self._files["GITHUB_OUTPUT"])

    def _script(self, step: Mapping[str, Any], outer: Mapping[str, str]) -> tuple[int, str]:
        # GitHub's own commands for `shell: bash` that is not asked for, and for `shell: python`.
        shell = [sys.executable] if step.get("shell") == "python" else ["bash", "-e"]
        script = self.workspace.parent / "script"
        script.write_text(step["run"])
        done = subprocess.run(
            [*shell, str(script)],
            cwd=self.workspace / step.get("working-directory", "."),
            env={
                **self._variables,
                **outer,
                **_assignments(self._files["GITHUB_ENV"]),
                **step.get("env", {}),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def _replaced(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: self._replaced(member) for key, member in value.items()}
        if isinstance(value, str):
            return _EXPRESSION.sub(lambda match: self._value(match[1]), value)
        return value

    def _value(self, expression: str) -> str:
        if expression.startswith("steps."):
            return self.outputs()[expression.rpartition(".")[2]]
        return self._values[expression]


def _assignments(file: Path) -> dict[str, str]:
    lines = (line.partition("=") for line in file.read_text().splitlines() if line)
    return {name: value for name, _, value in lines}


def git(folder: Path, *arguments: str) -> str:
    """Runs git with nothing of the developer's own configuration."""
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
        "GIT_AUTHOR_EMAIL": "tests@example.com",
        "GIT_AUTHOR_NAME": "Tests",
        "GIT_COMMITTER_EMAIL": "tests@example.com",
        "GIT_COMMITTER_NAME": "Tests",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }
    return subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()
