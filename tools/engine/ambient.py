"""A complete Pulumi that the user has installed already."""

import shutil
import subprocess
from pathlib import Path

from tools.engine import PINNED
from tools.engine.version import parse, supports

HOST = "pulumi-language-python"


def find(path: str) -> tuple[Path | None, str]:
    """Looks for a complete Pulumi on a search path.

    Returns:
        its folder or None, and in that case why not, for the user's eyes.
    """
    command = shutil.which("pulumi", path=path)
    if command is None:
        return None, "no `pulumi` on PATH"
    try:
        printed = subprocess.run(
            [command, "version"], capture_output=True, text=True, timeout=30, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        return None, f"`{command} version` does not work ({type(error).__name__})"
    oldest = parse(PINNED)
    assert oldest is not None
    if not supports(parse(printed), oldest=oldest):
        return None, f"{command} is {printed.strip()}, and {PINNED} or newer is needed"
    # A package manager links the command from one folder to another: the host is beside either.
    folders = [Path(command).parent, Path(command).resolve().parent]
    if not any(shutil.which(HOST, path=str(folder)) for folder in folders) and not shutil.which(
        HOST, path=path
    ):
        return None, f"{command} has no {HOST} beside it"
    return folders[0], ""
