"""A record of what a run changed: each mutating call as a line of JSON, appended to a file."""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from ..core.errors import SettingsError
from ..core.privacy import display_name
from ..core.run_hooks import Change

_GIT_SECONDS = 5
_UNFIT = re.compile(r"[^\w.-]+", re.ASCII)


class Receipt:
    """The file of `connect:receipt`; all processes and threads of a run append to it."""

    def __init__(
        self, file: Path, stack: Callable[[], str], run: str, warn: Callable[[str], None]
    ) -> None:
        """Raises SettingsError if the file cannot be written; it is made by the first change."""
        self._file, self._stack, self._run, self._warn = file, stack, run, warn
        self._lock = threading.Lock()
        self._is_told = False
        existing = next(place for place in (file, *file.parents) if place.exists())
        self._commit = _commit(file.parent if existing == file else existing)
        cause = "" if os.access(existing, os.W_OK) else "it is not writable"
        if cause := "it is a folder" if file.is_dir() else cause:
            raise SettingsError(
                f"opening the receipt {file}: {cause}. Correct connect:receipt "
                "(CONNECT_USERS_RECEIPT), or unset it."
            )

    def record(self, change: Change) -> None:
        """Appends a line. A disk that fills up stops no run: the change is made already."""
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "stack": self._stack(),
            "commit": self._commit,
            "run": self._run,
            "operation": change.operation,
            "instanceId": change.instance_id,
            "userId": change.user_id,
            "username": display_name(change.username) if change.username else "",
            "requestId": change.request_id,
            "outcome": change.outcome,
        }
        given = {key: value for key, value in line.items() if value}
        try:
            with self._lock:
                self._append(f"{json.dumps(given, ensure_ascii=False)}\n".encode())
        except OSError as error:
            if not self._is_told:
                self._is_told = True
                self._warn(
                    f"the receipt {self._file} is incomplete: {error.strerror}. CloudTrail has "
                    f"the calls of run {self._run}."
                )

    def _append(self, line: bytes) -> None:
        """In one write, so that no process comes between."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, line)
        finally:
            os.close(file)


def user_agent(stack: str, run: str) -> str:
    """Stack and run as AWS's logs show them: `stack/organization.agents.dev run/3f9ac01b`."""
    parts = {"stack": _UNFIT.sub(".", stack), "run": run}
    return " ".join(f"{key}/{value}" for key, value in parts.items() if value)


def _commit(folder: Path) -> str:
    """The commit that is checked out there; empty outside of git."""
    try:
        done = subprocess.run(
            ["git", "-C", folder, "rev-parse", "HEAD"],
            capture_output=True,
            text=True,
            check=False,
            timeout=_GIT_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
