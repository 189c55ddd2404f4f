"""One `pulumi` command: what it did, and what can be done to it while it runs."""

import json
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support import processes

TIMEOUT = 300
"""Seconds after which a command that still runs is taken for hung."""
POLL = 0.02


@dataclass(frozen=True, kw_only=True)
class Result:
    """What one `pulumi` command did."""

    code: int
    stdout: str
    stderr: str
    events: list[dict[str, Any]] = field(default_factory=list, repr=False)
    """The engine's events, as `--event-log` writes them; empty for commands that have none."""

    @property
    def text(self) -> str:
        """All that was printed: what a secret must not be found in."""
        return self.stdout + self.stderr

    @property
    def one_line(self) -> str:
        """All that was printed, on one line: where the engine wraps it does not matter."""
        return " ".join(self.text.split())

    @property
    def json(self) -> Any:
        """Standard output, read as JSON (of a command run with `--json`)."""
        return json.loads(self.stdout)

    @property
    def changes(self) -> dict[str, int]:
        """The counts of the engine's summary, e.g. `{"create": 2, "same": 1}`."""
        for event in reversed(self.events):
            if "summaryEvent" in event:
                return dict(event["summaryEvent"].get("resourceChanges") or {})
        return {}

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The metadata (op, urn, type, old, new, ...) of each resource's planned step."""
        return [e["resourcePreEvent"]["metadata"] for e in self.events if "resourcePreEvent" in e]

    @property
    def violations(self) -> list[dict[str, Any]]:
        """The policy events: policyName, message, enforcementLevel, resourceUrn, ..."""
        return [e["policyEvent"] for e in self.events if "policyEvent" in e]

    @property
    def diagnostics(self) -> list[str]:
        """The messages that the engine shows, in order, without colours."""
        return [e["diagnosticEvent"]["message"] for e in self.events if "diagnosticEvent" in e]


class Running:
    """A `pulumi` command that has been started and not waited for."""

    def __init__(self, process: subprocess.Popen[str], folder: Path, events: Path | None) -> None:
        self._process = process
        self._folder = folder
        self._events = events
        self._met: set[processes.Process] = set()

    @property
    def pid(self) -> int:
        """The process id of the command line itself."""
        return self._process.pid

    def children(self) -> set[processes.Process]:
        """The processes below the command: language host, program, providers, policy packs."""
        found = processes.below(self.pid)
        self._met |= found
        return found

    def providers(self) -> set[processes.Process]:
        """The processes that serve the dynamic provider or the native plugin."""
        servers = ("pulumi.dynamic", "pulumi_connect_users.native")
        return {child for child in self.children() if any(map(child.runs, servers))}

    def wait_until(self, condition: Callable[[], object], *, timeout: float = TIMEOUT) -> None:
        """Waits for something to become true while the command runs.

        Raises:
            AssertionError: the command ended first, or it took too long.
        """
        end = time.monotonic() + timeout
        while not condition():
            if self._process.poll() is not None:
                result = self.wait()
                raise AssertionError(f"pulumi ended before it came to that:\n{result.text}")
            if time.monotonic() > end:
                raise AssertionError(f"it has not happened within {timeout} seconds")
            time.sleep(POLL)

    def interrupt(self) -> None:
        """Presses Ctrl-C once."""
        self._process.send_signal(signal.SIGINT)

    def kill(self) -> None:
        """Kills the command line alone: what it has started lives on, as after a real kill."""
        self.children()
        self._process.kill()
        self._process.wait()

    def kill_providers(self) -> None:
        """Kills the providers' processes."""
        for provider in self.providers():
            provider.kill()

    def survivors(self) -> set[processes.Process]:
        """Those that the command started, as far as they were seen, and that still run."""
        return {process for process in self._met if process.alive()}

    def wait_until_gone(self, *, timeout: float = TIMEOUT) -> None:
        """Waits until nothing that a killed command has started runs any more.

        Raises:
            AssertionError: something still does.
        """
        end = time.monotonic() + timeout
        while survivors := self.survivors():
            if time.monotonic() > end:
                raise AssertionError(f"still running: {sorted(p.command for p in survivors)}")
            time.sleep(POLL)

    def events(self) -> list[dict[str, Any]]:
        """Returns the engine's events so far."""
        if self._events is None or not self._events.exists():
            return []
        # The last line of a running or killed command may be half written.
        lines = self._events.read_text().splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("}\n")]

    def said(self, words: str) -> bool:
        """Tells whether the engine has said something so far (it is printed at the end only)."""
        return any(
            words in event.get(kind, {}).get("message", "")
            for event in self.events()
            for kind in ("stdoutEvent", "diagnosticEvent")
        )

    def wait(self) -> Result:
        """Waits for the command's end."""
        stdout, stderr = (self._folder / "stdout", self._folder / "stderr")
        code = self._process.wait(timeout=TIMEOUT)
        return Result(
            code=code,
            stdout=stdout.read_text(errors="replace"),
            stderr=stderr.read_text(errors="replace"),
            events=self.events(),
        )

    def stop(self) -> None:
        """Ends whatever of it still runs."""
        if self._process.poll() is None:
            self.kill()
        for survivor in self.survivors():
            survivor.kill()
