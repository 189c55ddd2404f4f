"""Fixtures of every kind of test."""

import gc
import os
import random
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import botocore.loaders
import botocore.session
import pytest

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.aws.settings import Settings
from pulumi_connect_users.emulator import Store
from tests.support.command_line import Runner, runner
from tests.support.contact_centre import at_work
from tests.support.harness import Stack, Stacks
from tests.support.local_connect import Local
from tests.support.provider_process import Process

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell's background jobs begin with Ctrl-C ignored, and so would all that a test starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A tool of developers brings this along: jsonschema would load its grammars, which takes seconds.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

# Every session would read Connect's service model again.
botocore.session.create_loader = cache(botocore.loaders.create_loader)

# Waits of a random length before a call is repeated are as short as can be.
random.uniform = lambda a, b: a

# Commands look there for the stack that is selected: none of the developer's own counts.
os.environ["PULUMI_HOME"] = os.devnull
os.environ.pop("PULUMI_STACK", None)

_ENGINE = Path(__file__).parent / "engine"


def pytest_configure(config: pytest.Config) -> None:
    """In the fast lane a fifth of the generated values does: `make test` takes them all."""
    if "not slow" in config.option.markexpr:
        from hypothesis import settings

        settings.register_profile("fast", max_examples=settings().max_examples // 5)
        settings.load_profile("fast")


def pytest_collection_finish() -> None:
    """Spares the garbage collector all that stays until the end."""
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Gives the marker `engine` to every test that starts Pulumi, before `-m` chooses."""
    for item in items:
        starts = "stacks" in getattr(item, "fixturenames", ())
        if starts or item.path.is_relative_to(_ENGINE):
            item.add_marker(pytest.mark.engine)


@pytest.fixture(scope="session")
def session(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return (own if worker_id == "master" else own.parent) / "session"


@pytest.fixture
def stacks(tmp_path: Path) -> Iterator[Stacks]:
    """Makes stacks of this test's own for the real `pulumi`; see `Stack` for the arguments."""
    with ExitStack() as made:
        count = 0

        def make(**arguments: Any) -> Stack:
            nonlocal count
            count += 1
            return made.enter_context(Stack(tmp_path / f"stack-{count}", **arguments))

        yield make


@pytest.fixture
def cli(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Runner:
    """Runs `connect-users` in a folder of the test's own."""
    return runner(capsys, monkeypatch, tmp_path)


@pytest.fixture
def local(tmp_path: Path) -> Local:
    """The embedded Connect, behind the provider's back."""
    return Local(tmp_path / "local.db")


@pytest.fixture
def process(local: Local) -> Process:
    """One provider process, all that it says, and what it is asked for."""
    return Process(local)


@pytest.fixture
def centre(tmp_path: Path) -> Store:
    """The five people of `tests.support.contact_centre`, four of them at work."""
    return at_work(tmp_path / "local.db")


@pytest.fixture
def session_of() -> Callable[[Store], ConnectSession]:
    """Makes a session over a store: what one process knows."""

    def make(store: Store) -> ConnectSession:
        settings = Settings(endpoint="local", store=store.path, requests_per_second=None)
        return ConnectSession(settings)

    return make
