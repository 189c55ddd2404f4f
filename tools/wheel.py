"""Builds a distribution of this checkout with the locked build backend, offline."""

import os
import subprocess
import sys
from pathlib import Path


def build_wheel(project: Path, out: Path) -> Path:
    """Builds the wheel alone and returns it; `out` is a folder without wheels."""
    build(project, out, "--wheel")
    (wheel,) = out.glob("*.whl")
    return wheel


def build(project: Path, out: Path, *options: str, epoch: str = "") -> None:
    """Builds the source distribution, and the wheel out of that: it lacks nothing.

    Args:
        project: the folder of a pyproject.toml.
        out: where the files go.
        options: further ones of `uv build`.
        epoch: the time in the archives, in seconds.
    """
    command = [sys.executable, "-m", "uv", "build", "--quiet", "--offline", "--no-build-isolation"]
    environment = os.environ | ({"SOURCE_DATE_EPOCH": epoch} if epoch else {})
    subprocess.run([*command, *options, "-o", out, project], env=environment, check=True)
    (out / ".gitignore").unlink(missing_ok=True)
