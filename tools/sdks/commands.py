"""Commands that make SDKs: silent where they succeed."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tools.engine import EngineError


def run(command: list[str], folder: Path, path: Path, variables: Mapping[str, str] = {}) -> str:
    """Runs a command in a folder and returns what it printed.

    Args:
        command: its words.
        folder: the working directory.
        path: the folder to put first on PATH.
        variables: what its environment has besides this process's own.

    Raises:
        EngineError: it failed; what it printed is in the message.
    """
    search = os.pathsep.join([str(path), os.environ.get("PATH", "")])
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {**variables, "PATH": search},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise EngineError(f"Making SDKs: `{' '.join(command)}` failed:\n{done.stdout.strip()}")
    return done.stdout
