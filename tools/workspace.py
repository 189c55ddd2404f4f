"""The Pulumi workspace of this checkout: everything that a run leaves is below .connect-users.

Backend, plugins, login and passphrase are the checkout's own, so that trying the quickstart touches
neither the user's Pulumi account nor other stacks.
"""

import os
import secrets
import shlex
from collections.abc import Mapping
from pathlib import Path

from tools.checkout import LOCAL, VENV, venv_bin, venv_python

STATE = LOCAL / "pulumi-state"
HOME = LOCAL / "pulumi-home"
PASSPHRASE = LOCAL / "passphrase"
ENV_FILE = LOCAL / "env"
UNWANTED = ("PULUMI_CONFIG_PASSPHRASE", "PYTHONDONTWRITEBYTECODE", "PYTHONHOME")
"""Variables of the user's shell that would get in the way: the passphrase itself would win over the
file, and byte code is worth keeping, since each command starts three or more Pythons."""


def prepare() -> bool:
    """Makes the workspace's folders and its passphrase.

    Returns:
        whether the passphrase is new: what an earlier one has encrypted is then unreadable.
    """
    LOCAL.mkdir(mode=0o700, exist_ok=True)
    STATE.mkdir(exist_ok=True)
    HOME.mkdir(exist_ok=True)
    if PASSPHRASE.exists():
        return False
    write_private(PASSPHRASE, secrets.token_urlsafe(32))
    return True


def variables() -> dict[str, str]:
    """Returns the variables that Pulumi needs here, PATH excepted."""
    python = str(venv_python())
    return {
        "PULUMI_BACKEND_URL": STATE.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE_FILE": str(PASSPHRASE),
        # Where a program names no `virtualenv`, and for the stand-in language host.
        "PULUMI_CONNECT_USERS_PYTHON": python,
        "PULUMI_HOME": str(HOME),
        "PULUMI_IGNORE_AMBIENT_PLUGINS": "true",
        "PULUMI_PYTHON_CMD": python,
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "VIRTUAL_ENV": str(VENV),
    }


def environment(commands: Path, base: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Returns a whole environment for running `pulumi` here.

    Args:
        commands: the folder of the engine's commands.
        base: the environment to start from.
    """
    path = os.pathsep.join([str(commands), str(venv_bin()), base.get("PATH", "")])
    made = {**base, **variables(), "PATH": path}
    for name in UNWANTED:
        made.pop(name, None)
    return made


def write_env_file(commands: Path) -> None:
    """Writes .connect-users/env, which a shell sources to run `pulumi` here by hand."""
    lines = [
        "# Written by make: source it, then `pulumi` and `connect-users` work in this shell.",
        f"export PATH={shlex.quote(f'{commands}{os.pathsep}{venv_bin()}')}:$PATH",
        *(f"export {name}={shlex.quote(text)}" for name, text in variables().items()),
        f"unset {' '.join(UNWANTED)}",
    ]
    write_private(ENV_FILE, "\n".join(lines) + "\n")


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner can read, whole or not at all."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    temporary.replace(path)
