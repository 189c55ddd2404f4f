"""The lock that lets two processes at once make an engine once."""

import subprocess
import sys
from pathlib import Path

from tools.checkout import ROOT
from tools.lock import locked

HOLDER = """
import sys, time
from pathlib import Path
from tools.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(300)
"""


def test_locked_held_elsewhere_waits_until_its_holder_dies(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "lock"
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        told: list[str] = []

        def waiting() -> None:
            told.append("waiting")
            holder.kill()

        with locked(path, waiting=waiting):
            assert told == ["waiting"]


def test_locked_again_after_it_was_free_does_not_wait(tmp_path: Path) -> None:
    """The lock file stays behind and locks nothing by being there."""
    told: list[str] = []
    for _ in range(2):
        with locked(tmp_path / "lock", waiting=lambda: told.append("waiting")):
            assert told == []
