"""The processes that a language host has started."""

import os
import queue
import subprocess
import threading
from collections.abc import Iterator, Mapping
from typing import IO


class Children:
    """Running processes, which their host must not outlive."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()

    def start(
        self,
        command: list[str],
        *,
        folder: str,
        environment: Mapping[str, str],
        stdout: int | None = None,
        stderr: int | None = None,
    ) -> subprocess.Popen[bytes]:
        """Starts a process of this host's process group."""
        with self._lock:
            child = subprocess.Popen(
                command,
                cwd=folder or None,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
            )
            self._running.add(child)
        return child

    def wait(self, child: subprocess.Popen[bytes]) -> int:
        """Waits for a process and returns its exit code."""
        code = child.wait()
        with self._lock:
            self._running.discard(child)
        return code

    def run(self, command: list[str], *, folder: str, environment: Mapping[str, str]) -> int:
        """Runs a process whose output the CLI shows, and returns its exit code."""
        return self.wait(self.start(command, folder=folder, environment=environment))

    def end(self) -> None:
        """Asks every running process to end."""
        # No lock: a signal handler runs on a thread that may be holding it.
        for child in tuple(self._running):
            child.terminate()

    def leave(self) -> None:
        """Ends this process and its children at once: the CLI waits before the next prompt."""
        self.end()
        os._exit(0)


def chunks(child: subprocess.Popen[bytes]) -> Iterator[tuple[str, bytes]]:
    """Yields ("stdout" or "stderr", bytes) as they come, until both ends are closed."""
    found: queue.SimpleQueue[tuple[str, bytes]] = queue.SimpleQueue()

    def pump(name: str, stream: IO[bytes]) -> None:
        while chunk := os.read(stream.fileno(), 65536):
            found.put((name, chunk))
        found.put((name, b""))

    streams = {"stdout": child.stdout, "stderr": child.stderr}
    still_open = 0
    for name, stream in streams.items():
        if stream is not None:
            still_open += 1
            threading.Thread(target=pump, args=(name, stream), daemon=True).start()
    while still_open:
        name, chunk = found.get()
        if chunk:
            yield name, chunk
        else:
            still_open -= 1
