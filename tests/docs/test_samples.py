"""Samples of files in the documentation are taken by what they are for."""

import os
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

import pulumi_connect_users as connect
from pulumi_connect_users.core.errors import InvalidRoster
from pulumi_connect_users.core.properties import members
from pulumi_connect_users.core.public_home import HOME_URL, PUBLIC_HOME
from pulumi_connect_users.core.user_resources import (
    AWS_NATIVE_USER,
    AWS_USER,
    NATIVE_USER,
    names_of,
)
from pulumi_connect_users.emulator import open_store
from pulumi_connect_users.emulator.seeding.fresh import MANAGED_INSTANCE
from pulumi_connect_users.native.schema import schema
from tests.docs.blocks import DOCS, blocks, pages
from tests.support.files import write_files
from tools.checkout import ROOT
from tools.dist import GO_SDK


def _blocks(page: str, language: str) -> list[str]:
    return [one.text for one in blocks(language) if one.file == DOCS / page]


@pytest.mark.slow  # ten thousand users
def test_seed_and_day_of_the_documentation_are_played(tmp_path: Path) -> None:
    """The seed of docs/emulator.md loads, and its day takes place on it."""
    seed, day = (yaml.safe_load(text) for text in _blocks("emulator.md", "yaml"))
    store = open_store(tmp_path / "local.db")

    assert store.seed(seed) == {MANAGED_INSTANCE: 10_001}
    assert store.play_day(MANAGED_INSTANCE, day) == len(day) > 0


def test_rosters_of_the_documentation_say_the_same_in_both_forms(tmp_path: Path) -> None:
    """The YAML and the CSV of docs/scaling.md are read, and name the same people."""
    (yaml_text,) = _blocks("scaling.md", "yaml")
    (csv_text,) = _blocks("scaling.md", "text")
    (tmp_path / "west.yaml").write_text(yaml_text, encoding="utf-8")
    (tmp_path / "west.csv").write_text(csv_text, encoding="utf-8")

    told: list[Any] = [
        {name: dict(user)["identityInfo"] for name, user in connect.read_roster(path).items()}
        for path in (tmp_path / "west.yaml", tmp_path / "west.csv")
    ]

    assert told[0] == told[1]
    assert sorted(told[0]) == ["li.juan", "mary.major"]


def test_limits_of_the_documentation_hold(tmp_path: Path) -> None:
    """The example of docs/roster-files.md reads a user of each file, and refuses another."""
    (limits,) = [text for text in _blocks("roster-files.md", "yaml") if "roster-limits" in text]
    user = "users: {mary.major: {security_profiles: [%s]}}"
    write_files(tmp_path, {"west.yaml": user % "Agent", "roster-limits.yaml": limits})
    write_files(tmp_path, {"emea/paris.csv": "username,security_profiles\nana,QualityAnalyst\n"})

    assert sorted(connect.read_roster(tmp_path)) == ["ana", "mary.major"]
    write_files(tmp_path, {"west.yaml": user % "QualityAnalyst"})
    with pytest.raises(InvalidRoster, match=r"Allowed: Agent\.$"):
        connect.read_roster(tmp_path)


@pytest.mark.parametrize(
    ("column", "kind", "outputs"),
    [
        (0, AWS_USER, {"arn": "userArn", "tagsAll": "tags"}),
        (1, AWS_NATIVE_USER, {}),
    ],
    ids=["aws", "aws-native"],
)
def test_renamed_attributes_are_those_that_reports_and_policies_translate(
    column: int, kind: str, outputs: dict[str, str]
) -> None:
    """The table of docs/import.md: old names, and what the plugin's schema calls them."""
    page = (DOCS / "import.md").read_text(encoding="utf-8").partition("### Names")[2]
    rows = re.findall(r"^\| (?!`aws|---)(.*) \|$", page, re.MULTILINE)
    named = [[re.findall(r"`(\w+)`", cell)[:1] for cell in row.split("|")] for row in rows]
    renamed = {old[0]: new[0] for *others, new in named if (old := others[column]) and old != new}
    properties = members(members(members(schema()["resources"])[NATIVE_USER])["properties"])
    inputs = members(members(members(schema()["resources"])[NATIVE_USER])["inputProperties"])

    assert renamed == {old: wire for wire, old in names_of(kind).items()} | outputs
    assert [new for *_, [new] in named if new not in {**properties, **inputs}] == []


def test_preview_that_a_policy_failed_goes_on_to_its_report(tmp_path: Path) -> None:
    """The workflow of docs/ci.md: a step that fails would leave out the very report of why."""
    workflow, _ = map(yaml.safe_load, _blocks("ci.md", "yaml"))
    steps = [step["run"] for step in workflow["jobs"]["preview"]["steps"]]
    (preview,) = [step for step in steps if step.startswith("pulumi preview")]
    failing = tmp_path / "pulumi"
    failing.write_text("#!/bin/sh\nexit 1\n")
    failing.chmod(0o755)

    done = subprocess.run(
        ["bash", "-e", "-c", preview],
        cwd=tmp_path,
        env={"PATH": os.pathsep.join([str(tmp_path), os.defpath])},
        check=False,
    )

    assert done.returncode == 0
    assert "connect-users report" in steps[steps.index(preview) + 1]


def test_addresses_are_those_of_the_public_home() -> None:
    """One edit of the constant, and this names what else has to change."""
    texts = {page: page.read_text(encoding="utf-8") for page in pages()}
    projects = [ROOT / "pyproject.toml", ROOT / "policies" / "pyproject.toml"]
    urls = [tomllib.loads(file.read_text())["project"]["urls"].values() for file in projects]
    install = texts[DOCS / "installation-configuration.md"]
    version = tomllib.loads(projects[0].read_text())["project"]["version"]

    assert all(url.startswith(HOME_URL) for project in urls for url in project)
    assert f"git+{HOME_URL}@v{version}#subdirectory=policies" in install
    assert f"-replace={PUBLIC_HOME}/sdk/go=./{GO_SDK}" in install
    named = {one for text in texts.values() for one in re.findall(r"[\w.-]+\.invalid/[\w-]+", text)}
    assert named <= {PUBLIC_HOME}


def test_files_of_a_release_are_named_in_its_version() -> None:
    """What `make dist` makes today; names of files hold the version."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    names = r"(?:pulumi_connect_users|connect_users_guard|connect-users|sdk-go)-v?(\d+\.\d+\.\d+)"
    named = {one for page in pages() for one in re.findall(names, page.read_text(encoding="utf-8"))}

    assert named == {version}


def test_every_block_says_its_language() -> None:
    """What has none would be shown, and checked, as nothing."""
    without = [
        f"{page.relative_to(ROOT)}:{(token.map or [0])[0] + 1}"
        for page in pages()
        for token in MarkdownIt().parse(page.read_text(encoding="utf-8"))
        if token.type == "code_block" or (token.type == "fence" and not token.info)
    ]

    assert without == []


def test_every_page_is_led_to_from_the_first() -> None:
    """The first page names every guide; the list of operations is named by its own guide."""
    first = (DOCS / "index.md").read_text(encoding="utf-8")
    guides = {page.name for page in DOCS.glob("*.md")} - {"index.md", "emulator-operations.md"}

    assert [name for name in sorted(guides) if f"({name})" not in first] == []
