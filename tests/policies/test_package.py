"""The rules as a package of their own, for packs elsewhere."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.processes import run_python
from tools.checkout import ROOT


def test_wheel_of_the_rules_holds_all_that_they_need(tmp_path: Path) -> None:
    """Rules, presets and types; importable without this project."""
    uv = [sys.executable, "-m", "uv", "--quiet", "--offline"]
    source, site = ROOT / "policies", tmp_path / "site"
    dist = str(tmp_path / "dist")
    subprocess.run(
        [*uv, "build", "--wheel", "--no-build-isolation", "-o", dist, str(source)], check=True
    )
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    subprocess.run(
        [*uv, "pip", "install", "--no-deps", "--target", str(site), str(wheel)], check=True
    )
    code = """
import sys, connect_users_guard
from connect_users_guard.presets import NAMES, path
print(connect_users_guard.__file__, len(connect_users_guard.policies()))
assert all(path(name).exists() for name in NAMES)
assert "pulumi_connect_users" not in sys.modules
"""
    printed = run_python(code, env={"PYTHONPATH": str(site)}, check=True).stdout

    assert printed.split() == [str(site / "connect_users_guard" / "__init__.py"), "52"]
    assert (site / "connect_users_guard" / "py.typed").exists()


@pytest.mark.parametrize(
    "name",
    ["core/user_resources.py", "core/globs.py", "model/in_time.py", "access/capabilities.py"],
)
def test_module_that_both_packages_have_is_the_providers(name: str) -> None:
    """The pack stands alone, so it has a copy: `make generate` has been run since it changed."""
    own = ROOT / "provider" / "pulumi_connect_users" / name
    copy = ROOT / "policies" / "connect_users_guard" / own.name

    assert copy.read_text() == own.read_text()
