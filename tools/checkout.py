"""Where things are in this checkout, and nothing else."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / ".connect-users"
VENV = ROOT / ".venv"


def venv_bin(venv: Path = VENV) -> Path:
    """Returns the folder of a virtual environment's commands."""
    return venv / ("Scripts" if os.name == "nt" else "bin")


def venv_python(venv: Path = VENV) -> Path:
    """Returns a virtual environment's interpreter."""
    return venv_bin(venv) / ("python.exe" if os.name == "nt" else "python")


def say(text: str) -> None:
    """Tells a person what goes on, on standard error: standard output is for results."""
    print(text, file=sys.stderr, flush=True)
