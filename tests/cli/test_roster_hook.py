"""The hook of pre-commit for repositories with roster files."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.docs.blocks import DOCS, blocks
from tests.support.command_line import Runner
from tests.support.files import write_files
from tools.checkout import ROOT


@pytest.fixture
def hook() -> dict[str, str]:
    """The shipped hook with what the documentation's configuration sets."""
    (shipped,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (configured,) = (
        repo["hooks"][0]
        for one in blocks("yaml")
        if one.file == DOCS / "roster-files.md" and ".pre-commit-config" in one.text
        for repo in yaml.safe_load(one.text)["repos"]
    )
    assert configured["id"] == shipped["id"]
    return {**shipped, **configured}


def test_hook_refuses_what_roster_check_refuses(
    cli: Runner, tmp_path: Path, hook: dict[str, str]
) -> None:
    """Of all files together, whichever of them is committed."""
    write_files(tmp_path, {"teams/west.yaml": "users: {mary.major: {}}"})
    program, *arguments = hook["entry"].split()
    assert program in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert not hook["pass_filenames"]

    assert cli(*arguments, *hook["args"]).code == 0
    write_files(tmp_path, {"teams/east.csv": "username\nmary.major\n"})
    ran = cli(*arguments, *hook["args"])

    assert ran.code == 2
    assert ran.out.startswith("teams/west.yaml:1:9: error: user mary.major: is already in teams/")


def test_hook_is_installed_with_the_command_line(hook: dict[str, str]) -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"][
        "optional-dependencies"
    ]
    named = [re.fullmatch(r"\.\[(\w+)\]", one) for one in hook["additional_dependencies"]]
    assert [match and match[1] in extras for match in named] == [True]


def test_hook_runs_for_roster_files(hook: dict[str, str]) -> None:
    """And for no other file, where a configuration sets no folder."""
    (shipped,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    names = ("teams/west.yaml", "west.yml", "a.json", "a.csv", "a.tsv", "teams/roster-limits.yaml")
    assert all(re.search(shipped["files"], name) for name in names)
    assert not any(re.search(shipped["files"], name) for name in ("a.md", "yaml", "csv.py"))
    assert re.search(hook["files"], "teams/west.yaml")
