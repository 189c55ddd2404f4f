"""`python3 -m tools.environment`: makes .venv from requirements.lock, and this project in it.

Nothing is fetched that the lock does not hash: pip brings uv into a new environment, and uv the
rest. Run again, it does nothing until pyproject.toml or the lock has changed.
"""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from tools.checkout import ROOT, VENV, say, venv_bin, venv_python
from tools.lock import locked

OLDEST = (3, 11)
SOURCES = ("pyproject.toml", "requirements.lock", "tools/environment.py")


def main() -> int:
    """Makes or renews the environment and returns the exit code."""
    if sys.version_info < OLDEST:
        say(
            f"Making .venv with {sys.executable}: it is Python {sys.version.split()[0]}, "
            "and 3.11 or newer is needed. Try `make PYTHON=python3.12`."
        )
        return 1
    stamp = VENV / ".installed"
    with locked(VENV.with_suffix(".lock"), waiting=lambda: say("Another make renews .venv ...")):
        if _stamped(stamp) == _digest() and starts(venv_python()):
            return 0
        stamp.unlink(missing_ok=True)
        try:
            _install()
        except subprocess.CalledProcessError as error:
            say(failure(error))
            return 1
        stamp.write_text(_digest())
    return 0


def failure(error: subprocess.CalledProcessError) -> str:
    """Returns what a person is told about a step that failed.

    Most steps print for themselves. `venv` keeps the output of `ensurepip`, which Debian and Ubuntu
    ship apart from Python.
    """
    lines = (error.output or b"").decode(errors="replace").strip().splitlines()
    if not lines:
        return f"Making .venv: the step above ended with code {error.returncode}. Try again."
    remedy = "Try again."
    if "ensurepip" in lines[-1]:
        remedy = "On Debian and Ubuntu, install python3-venv; then try again."
    return f"Making .venv: {lines[-1].rstrip('.')} (code {error.returncode}). {remedy}"


def _install() -> None:
    python = venv_python()
    if not works(python) or is_from_elsewhere(VENV):
        say("Making .venv ...")
        venv.create(VENV, with_pip=True, clear=True)
    if not (venv_bin() / ("uv.exe" if os.name == "nt" else "uv")).exists():
        with tempfile.TemporaryDirectory() as folder:
            uv_alone = Path(folder, "uv.txt")
            uv_alone.write_text(locked_entry("uv", (ROOT / "requirements.lock").read_text()))
            _run(python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", uv_alone)
    say("Installing what requirements.lock names (a minute where nothing is cached) ...")
    uv = (python, "-m", "uv", "pip", "install", "--quiet", "--python", str(python))
    _run(*uv, "--require-hashes", "-r", "requirements.lock")
    _run(*uv, "--no-deps", "--no-build-isolation", "--editable", ".")


def locked_entry(package: str, lock: str) -> str:
    """Returns the lock's lines about one package: the version and its hashes.

    Raises:
        LookupError: the lock does not name it.
    """
    entry = re.search(rf"^{re.escape(package)}==(?:.*\\\n)*.*$", lock, re.MULTILINE)
    if entry is None:
        raise LookupError(f"requirements.lock does not name {package}: run `make lock`")
    return entry[0] + "\n"


def starts(python: Path) -> bool:
    """Tells whether an interpreter runs: the Python that it was made from may be gone."""
    return _succeeds(python, "-c", "")


def works(python: Path) -> bool:
    """Tells whether an environment is whole: one whose making was interrupted has no pip."""
    return _succeeds(python, "-m", "pip", "--version")


def is_from_elsewhere(environment: Path) -> bool:
    """Tells whether a checkout was moved with its environment, whose commands name the old one."""
    lines = (environment / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    made = [line for line in lines if line.startswith("command = ")]
    return any(not line.endswith(f" {environment}") for line in made)


def _succeeds(program: Path, *arguments: str) -> bool:
    try:
        done = subprocess.run([program, *arguments], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def _run(program: Path, *arguments: str | Path) -> None:
    environment = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    subprocess.run([program, *arguments], cwd=ROOT, env=environment, check=True)


def _digest() -> str:
    digest = hashlib.sha256(str(ROOT).encode())
    for name in SOURCES:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _stamped(stamp: Path) -> str:
    return stamp.read_text() if stamp.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
