"""What is installed is what Pulumi, type checkers and a bare environment need."""

import json
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.support.processes import run_python
from tools.checkout import ROOT
from tools.wheel import build_wheel

PLUGIN_FILE = "pulumi_connect_users/pulumi-plugin.json"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the built wheel is installed, alone."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = [sys.executable, "-m", "uv", "--quiet", "--offline"]
    wheel = build_wheel(ROOT, folder / "dist")
    target = folder / "site"
    install = [*uv, "pip", "install", "--no-deps", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True)
    return target


def test_wheel_installed_holds_the_package_and_nothing_else(installed: Path) -> None:
    """No tests, tools or policies land in a user's site-packages."""
    packages = {p.parent.name for p in installed.glob("*/*.py")}

    assert packages == {"pulumi_connect_users"}
    assert (installed / "pulumi_connect_users" / "py.typed").exists()


def test_wheel_installed_package_is_importable_from_there(installed: Path) -> None:
    code = "import pulumi_connect_users; print(pulumi_connect_users.__file__)"
    printed = run_python(code, env={"PYTHONPATH": str(installed)}, check=True).stdout

    assert Path(printed.strip()) == installed / "pulumi_connect_users" / "__init__.py"


@pytest.mark.parametrize("kind", ["wheel", "editable"])
def test_plugin_file_is_in_site_packages_so_that_nothing_is_downloaded(
    kind: str, installed: Path
) -> None:
    """Pulumi's host looks for it there, for distributions named `pulumi-*`, editable or not."""
    site = installed if kind == "wheel" else Path(sysconfig.get_path("purelib"))

    assert json.loads((site / PLUGIN_FILE).read_text()) == {"resource": False}
