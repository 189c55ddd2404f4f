"""actionlint, which knows what a workflow may say: the one on PATH, else one built from its module.

The Python package that wraps it downloads a binary from GitHub while it is installed, which not
every machine may; its Go module comes from where Pulumi's modules come from.
"""

import os
import shutil
import subprocess
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_path

from tools.engine import toolchains

VERSION = "v1.7.12"
MODULE = f"github.com/rhysd/actionlint/cmd/actionlint@{VERSION}"


def actionlint(*workflows: Path) -> str:
    """What actionlint has to say about workflows; empty where nothing."""
    done = subprocess.run(
        # Without the linters of scripts that a machine may have or not.
        [_command(), "-no-color", "-shellcheck=", "-pyflakes=", *workflows],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def _command() -> str:
    if found := shutil.which("actionlint"):
        return found
    folder = user_cache_path("pulumi-connect-users") / f"actionlint-{VERSION}"
    folder.mkdir(parents=True, exist_ok=True)
    command = folder / "actionlint"
    with FileLock(folder / "lock", timeout=600):
        if not command.exists():
            environment = os.environ | {"GOBIN": str(folder), "CGO_ENABLED": "0"}
            go = toolchains.find(toolchains.GO) / "go"
            subprocess.run([go, "install", MODULE], env=environment, check=True)
    return str(command)
