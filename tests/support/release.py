"""What `make dist` makes, and an environment that holds nothing else of this project."""

import re
import subprocess
import sys
from pathlib import Path

from tools.checkout import ROOT, venv_python
from tools.folders import keep

VERSION = "0.1.0"


def make_dist(out: Path) -> Path:
    """Makes everything of the last commit in a folder, and returns it."""
    command = [sys.executable, "-m", "tools.dist", "--out", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return out


def dist(session: Path) -> Path:
    """Returns the folder that `make dist` fills, once a session.

    Args:
        session: a folder that all workers of this run share.
    """
    return keep(session / "dist", lambda work: make_dist(work / "made"))


def constraints(session: Path) -> Path:
    """Returns a file with the locked versions, so that an index's newest do not matter."""

    def write(work: Path) -> Path:
        made = work / "made"
        made.mkdir()
        lock = (ROOT / "requirements.lock").read_text()
        locked = re.findall(r"^[\w.-]+==[^\s;]+(?: ; [^\\]+)?", lock, re.MULTILINE)
        (made / "constraints.txt").write_text("\n".join(locked) + "\n")
        return made

    return keep(session / "constraints", write) / "constraints.txt"


def environment(session: Path) -> Path:
    """Returns a virtual environment with both wheels of `make dist`, and all extras."""
    # Before the lock is taken, which they take themselves.
    files, locked = dist(session), constraints(session)

    def make(work: Path) -> Path:
        made = work / "made"
        uv("venv", "--clear", "--relocatable", "--seed", "--python", sys.executable, made)
        into = ("pip", "install", "--python", venv_python(made), "--constraint", locked)
        uv(*into, *wheels(files))
        return made

    return keep(session / "environment", make)


def wheels(files: Path) -> list[str]:
    """Returns the wheels in a folder, as they are asked for with all extras."""
    found = sorted(files.glob("*.whl"))
    return [f"{w}[all]" if w.name.startswith("pulumi_connect_users-") else str(w) for w in found]


def uv(*words: str | Path) -> None:
    """Runs uv, silent where it succeeds."""
    subprocess.run([sys.executable, "-m", "uv", "--quiet", *words], check=True)
