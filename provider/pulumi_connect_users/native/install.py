"""The plugin as Pulumi installs it: an archive whose executable starts this Python's package."""

import io
import shlex
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

from ..core.errors import SettingsError

EXECUTABLE: Final = "pulumi-resource-connect-users"
_PACKAGE: Final = "connect-users"
_DISTRIBUTION: Final = "pulumi-connect-users"
_MODULE: Final = "pulumi_connect_users.native"


def install(pulumi: str = "pulumi", environment: Mapping[str, str] | None = None) -> str:
    """Installs the plugin into the user's PULUMI_HOME, in place of an earlier one.

    Args:
        pulumi: The command to call.
        environment: Its variables; this process's own by default.

    Returns:
        The installed version.

    Raises:
        SettingsError: Pulumi is missing, or refuses.
    """
    number = version(_DISTRIBUTION)
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, f"{EXECUTABLE}-v{number}.tar.gz")
        archive.write_bytes(wrapper([sys.executable, "-P", "-m", _MODULE]))
        command = [pulumi, "plugin", "install", "resource", _PACKAGE, number]
        try:
            done = subprocess.run(
                [*command, "--file", str(archive), "--reinstall"],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
        except OSError as error:
            raise SettingsError(
                f"installing the plugin: {pulumi} does not start ({error.strerror}). "
                "Install Pulumi, or name its command."
            ) from None
    if done.returncode:
        reason = " ".join(done.stderr.split())
        raise SettingsError(f"installing the plugin: pulumi refused: {reason}")
    return number


def wrapper(command: Sequence[str]) -> bytes:
    """A tar.gz with an executable that runs a command, with the engine's arguments behind it.

    The command's Python must not look for modules in the folder of a program (`-P`).
    """
    script = f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n'.encode()
    entry = tarfile.TarInfo(EXECUTABLE)
    entry.size, entry.mode = len(script), 0o755
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        archive.addfile(entry, io.BytesIO(script))
    return held.getvalue()
