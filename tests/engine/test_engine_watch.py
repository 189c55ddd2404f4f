"""A provider process ends with its engine, however that ended, and never during a call."""

import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import processes
from tests.support.harness import STACK, Stacks, engine
from tests.support.programs import MARY

_SECONDS = 30
"""A watch takes six seconds; a machine with much to do takes longer."""


def test_provider_ends_after_the_command_line_was_killed(stacks: Stacks) -> None:
    """`kill -9` in the middle of an `up`: the call ends first, then the process."""
    stack = stacks(program=MARY)
    stack.connect.control(faults=[{"operation": "CreateUser", "kind": "stall", "nth": 1}])
    running = stack.start("up", "--yes", "--skip-preview")
    running.wait_until(stack.connect.stalls)
    running.providers()
    running.kill()

    time.sleep(9)
    held = [p for p in running.survivors() if p.runs("-m pulumi.dynamic")]
    stack.connect.release()

    assert held, "the provider left in the middle of a call"
    _wait_until_gone(held)


def test_provider_ends_after_its_reader_has_left(stacks: Stacks) -> None:
    """`pulumi up | head -n 1`: the next line that the command prints ends it."""
    stack = stacks(program=MARY)
    stack.run("stack", "ls")
    stack.connect.control(faults=[{"operation": "CreateUser", "kind": "stall", "nth": 1}])
    command: list[str | Path] = [
        engine() / "pulumi",
        "up",
        "--yes",
        "--skip-preview",
        "--stack",
        STACK,
    ]
    running = subprocess.Popen(
        [*command, "--color=never", "--non-interactive"],
        cwd=stack.folder,
        env=stack.variables(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert running.stdout is not None
    running.stdout.readline()
    running.stdout.close()
    while not stack.connect.stalls() and running.poll() is None:
        time.sleep(0.05)
    providers = [p for p in processes.below(running.pid) if p.runs("-m pulumi.dynamic")]
    stack.connect.release()
    running.wait(_SECONDS)

    _wait_until_gone(providers)


def _wait_until_gone(held: list[processes.Process]) -> None:
    end = time.monotonic() + _SECONDS
    while alive := [p for p in held if p.alive()]:
        assert time.monotonic() < end, f"still running: {alive}"
        time.sleep(0.2)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts a server such as the SDK's: calls run in threads of its own module."""
    server = tmp_path / "server.py"
    server.write_text(
        textwrap.dedent(
            """
            import sys, threading, time
            from pulumi_connect_users.engine.engine_watch import watch

            def call():
                time.sleep(float(sys.argv[1]))

            watch()
            threading.Thread(target=call, daemon=True).start()
            time.sleep(60)
            """
        )
    )
    started: list[subprocess.Popen[bytes]] = []

    def start(address: str, *, call_seconds: float = 0.0) -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, server, str(call_seconds), address]))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def closed() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return f"127.0.0.1:{found.getsockname()[1]}"


def test_call_of_another_packages_resource_is_not_cut_off(
    served: Callable[..., subprocess.Popen[bytes]], closed: str
) -> None:
    process = served(closed, call_seconds=12)

    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(11)

    assert process.wait(_SECONDS) == 0


def test_engine_that_does_not_answer_is_alive(
    served: Callable[..., subprocess.Popen[bytes]],
) -> None:
    """A machine under load accepts nothing for a while: only refusals count."""
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen(0)
        address = busy.getsockname()
        # The one place in the queue is taken, so that the watch's own look times out.
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(address)
        process = served(f"127.0.0.1:{address[1]}")

        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(18)
        for one in waiting:
            one.close()


def test_process_without_an_engine_is_left_alone(
    served: Callable[..., subprocess.Popen[bytes]],
) -> None:
    """A test of a program, or a shell: the last argument is no address."""
    process = served("nothing")

    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(9)
