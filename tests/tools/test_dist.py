"""What a release consists of: the same bytes each time, complete, and installable alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tools.bundle.build import archive_name
from tools.checkout import ROOT, venv_bin, venv_python

pytestmark = pytest.mark.slow
PACKAGES = ("pulumi_connect_users-0.1.0", "connect_users_guard-0.1.0")
PLUGIN = archive_name("0.1.0").removesuffix(".tar.gz")


def make(out: Path) -> Path:
    """Makes the release in a folder."""
    command = [sys.executable, "-m", "tools.dist", "--out", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return out


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the last commit."""
    return make(tmp_path_factory.mktemp("release") / "dist")


def test_dist_made_twice_of_one_commit_has_the_same_bytes(dist: Path, tmp_path: Path) -> None:
    """So that anybody can make it again and compare the checksums."""
    again = make(tmp_path / "again")

    assert (again / "SHA256SUMS").read_text() == (dist / "SHA256SUMS").read_text()


def test_dist_holds_both_packages_and_the_plugin_with_their_sboms(dist: Path) -> None:
    wanted = {
        f"{package}{ending}"
        for package in PACKAGES
        for ending in ("-py3-none-any.whl", ".tar.gz", ".cdx.json")
    } | {f"{PLUGIN}.tar.gz", f"{PLUGIN}.cdx.json"}

    assert {file.name for file in dist.iterdir()} == {*wanted, "SHA256SUMS"}
    checked = [line.split()[1] for line in (dist / "SHA256SUMS").read_text().splitlines()]
    assert set(checked) == wanted


def test_sbom_of_the_plugin_names_what_is_bundled_and_nothing_else(dist: Path) -> None:
    sbom = json.loads((dist / f"{PLUGIN}.cdx.json").read_text())
    names = {component["name"] for component in sbom["components"]}

    assert sbom["metadata"]["component"]["type"] == "application"
    assert {"boto3", "grpcio", "protobuf", "pulumi", "pydantic-core"} <= names
    assert names.isdisjoint({"click", "dill", "jinja2", "jsonschema", "pulumi-policy", "rich"})


@pytest.mark.parametrize("package", PACKAGES)
def test_sbom_names_every_runtime_dependency_and_no_tool(dist: Path, package: str) -> None:
    """With the locked version and its hashes; what only developers install is not in it."""
    sbom = json.loads((dist / f"{package}.cdx.json").read_text())
    components = {c["name"]: c for c in sbom["components"]}

    assert sbom["metadata"]["component"]["name"] == package.rsplit("-", 1)[0].replace("_", "-")
    assert {"pulumi", "pulumi-policy", "jsonschema", "grpcio"} <= set(components)
    assert {"pytest", "ruff", "uv"}.isdisjoint(components)
    assert ("boto3" in components) == package.startswith("pulumi")
    assert all(c["version"] for c in components.values())


def test_wheels_installed_into_an_empty_environment_work_without_the_checkout(
    dist: Path, tmp_path: Path
) -> None:
    """The command runs, the pack loads, and a policy configuration is judged."""
    home = tmp_path / "empty"
    uv = [sys.executable, "-m", "uv", "--quiet"]
    subprocess.run([*uv, "venv", "--python", sys.executable, str(home)], check=True)
    wheels = sorted(map(str, dist.glob("*.whl")))
    target = ["--python", str(venv_python(home)), "--constraint", str(ROOT / "requirements.lock")]
    wanted = [f"pulumi-connect-users[all] @ file://{next(w for w in wheels if 'pulumi' in w)}"]
    wanted += [w for w in wheels if "guard" in w]
    subprocess.run([*uv, "pip", "install", *target, *wanted], check=True)

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [str(venv_bin(home) / "connect-users"), *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    assert "0.1.0" in run("--version")
    assert "connect-user-saml-no-password" in run("policy", "list")
