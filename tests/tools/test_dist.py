"""What a release consists of: the same bytes each time, complete, and installable alone."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.support.release import constraints, environment, make_dist, uv, wheels
from tests.support.release import dist as made_dist
from tools.bundle.build import archive_name
from tools.checkout import ROOT, venv_bin, venv_python

pytestmark = pytest.mark.slow
NPM, GO = "pulumi-connect-users-connect-users-0.1.0", "connect-users-sdk-go-v0.1.0"
PACKAGES = ("pulumi_connect_users-0.1.0", "connect_users_guard-0.1.0")
PLUGIN = archive_name("0.1.0").removesuffix(".tar.gz")


@pytest.fixture
def dist(session: Path) -> Path:
    """A release of the last commit."""
    return made_dist(session)


def test_dist_made_twice_of_one_commit_has_the_same_bytes(dist: Path, tmp_path: Path) -> None:
    """So that anybody can make it again and compare the checksums."""
    again = make_dist(tmp_path / "again")

    assert (again / "SHA256SUMS").read_text() == (dist / "SHA256SUMS").read_text()


def test_dist_holds_packages_plugin_and_sdks_with_their_sboms(dist: Path) -> None:
    wanted = {
        f"{package}{ending}"
        for package in PACKAGES
        for ending in ("-py3-none-any.whl", ".tar.gz", ".cdx.json")
    } | {f"{other}.cdx.json" for other in (PLUGIN, NPM, GO)}
    wanted |= {f"{PLUGIN}.tar.gz", f"{NPM}.tgz", f"{GO}.tar.gz"}

    assert {file.name for file in dist.iterdir()} == {*wanted, "SHA256SUMS"}
    checked = [line.split()[1] for line in (dist / "SHA256SUMS").read_text().splitlines()]
    assert set(checked) == wanted


def test_sbom_of_the_plugin_names_what_is_bundled_and_nothing_else(dist: Path) -> None:
    sbom = json.loads((dist / f"{PLUGIN}.cdx.json").read_text())
    names = {component["name"] for component in sbom["components"]}

    assert sbom["metadata"]["component"]["type"] == "application"
    assert {"boto3", "grpcio", "protobuf", "pulumi", "pydantic-core"} <= names
    assert names.isdisjoint({"click", "dill", "jinja2", "jsonschema", "pulumi-policy", "rich"})


def test_sboms_of_the_sdks_name_what_they_need_as_locked(dist: Path) -> None:
    npm, go = (json.loads((dist / f"{name}.cdx.json").read_text()) for name in (NPM, GO))

    for sbom in (npm, go):
        assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(sbom)) is None
    packages = {one["name"]: one for one in npm["components"]}
    assert {"@pulumi/pulumi", "@grpc/grpc-js", "protobufjs"} <= set(packages)
    assert "@pulumi/policy" not in packages
    assert all(len(one["hashes"][0]["content"]) == 128 for one in packages.values())
    modules = {one["name"] for one in go["components"]}
    assert {"github.com/pulumi/pulumi/sdk/v3", "google.golang.org/grpc"} <= modules


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
    session: Path, tmp_path: Path
) -> None:
    """The command runs, the pack loads, and a policy configuration is judged."""

    def run(*arguments: str) -> str:
        command = [str(venv_bin(environment(session)) / "connect-users"), *arguments]
        return subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, check=True
        ).stdout

    assert "0.1.0" in run("--version")
    assert "connect-user-saml-no-password" in run("policy", "list")


def test_requirements_of_the_example_install_with_the_files(
    dist: Path, session: Path, tmp_path: Path
) -> None:
    """As docs/installation-configuration.md says: no index is asked for these packages."""
    home = venv(tmp_path / "example")
    requirements = ["-r", str(ROOT / "examples" / "pull-request" / "requirements.txt")]

    into = ("pip", "install", "--python", venv_python(home), "-c", constraints(session))
    uv(*into, *sorted(dist.glob("*.whl")), *requirements)

    assert (venv_bin(home) / "connect-users").exists()


def test_oldest_versions_that_are_allowed_suffice(dist: Path, tmp_path: Path) -> None:
    """Lower bounds of both packages, and of what boto3 brings in its own oldest version."""
    home = venv(tmp_path / "oldest")
    into = ("pip", "install", "--python", venv_python(home))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    (boto3,) = [one for one in project["project"]["dependencies"] if one.startswith("boto3")]
    botocore = boto3.replace("boto3>=", "botocore==")

    uv(*into, "--resolution", "lowest-direct", *wheels(dist), botocore)
    wanted = ("pytest>", "pytest-timeout", "pytest-xdist", "hypothesis", "syrupy")
    uv(*into, *(one for one in project["dependency-groups"]["dev"] if one.startswith(wanted)))
    command = ["-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"]
    tests = [
        "tests/roster/test_apply.py",
        "tests/report/test_cli.py",
        "tests/policies/test_guard.py",
    ]
    ran = subprocess.run(
        [venv_python(home), *command, *tests], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout


def test_package_installs_from_a_tag_of_a_clone(tmp_path: Path) -> None:
    """`pip install git+...@TAG`: what is tracked is enough to build both distributions."""
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
    subprocess.run(["git", "-C", clone, "tag", "v0.1.0"], check=True)
    home = venv(tmp_path / "tagged")
    url = f"git+{clone.as_uri()}@v0.1.0"
    packages = [
        f"pulumi-connect-users @ {url}",
        f"connect-users-guard @ {url}#subdirectory=policies",
    ]

    uv("pip", "install", "--no-deps", "--python", venv_python(home), *packages)

    installed = {file.name for file in home.glob("lib/python*/site-packages/*")}
    assert {"pulumi_connect_users-0.1.0.dist-info", "connect_users_guard"} <= installed


def venv(home: Path) -> Path:
    """Makes an empty environment."""
    uv("venv", "--python", sys.executable, home)
    return home
