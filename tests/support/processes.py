"""The processes that a command has started, found with `ps`, which Linux and macOS have."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Process:
    """A process and its whole command line, which tells it from a later one of the same number."""

    pid: int
    command: str

    def runs(self, words: str) -> bool:
        """Tells whether the command line holds some words."""
        return words in self.command

    def alive(self) -> bool:
        """Tells whether it still runs."""
        return self in {process for process, _ in _listed()}

    def kill(self) -> None:
        """Kills it, if it is still there."""
        if self.alive():
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


def run_python(code: str, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Runs code in a Python of its own; whether it has to succeed is `check`."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, **{"capture_output": True, "text": True, **options})


def below(pid: int) -> set[Process]:
    """Returns the processes that descend from `pid`."""
    listed = _listed()
    found: set[Process] = set()
    parents = {pid}
    while parents:
        children = {process for process, parent in listed if parent in parents} - found
        found |= children
        parents = {child.pid for child in children}
    return found


def _listed() -> list[tuple[Process, int]]:
    printed = subprocess.run(
        ["ps", "-Awwo", "pid=,ppid=,stat=,args="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(None, 3) for line in printed.splitlines()]
    return [
        (Process(int(pid), command), int(parent))
        for pid, parent, state, command in (row for row in rows if len(row) == 4)
        if not state.startswith("Z")
    ]
