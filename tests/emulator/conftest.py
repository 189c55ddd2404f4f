"""Stores, clients and servers for the tests of the embedded Connect."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pulumi_connect_users.emulator import Store, mount, open_store
from pulumi_connect_users.emulator.server import Server
from tests.support.connect_client import ConnectClient, connect_client
from tests.support.sample_instance import SampleInstance


@pytest.fixture(scope="session")
def mountable() -> ConnectClient:
    """The client that each test mounts on its own store: making one costs more than most tests."""
    return connect_client()


@pytest.fixture
def mode() -> str:
    """The identity management type of `sample`; tests parametrize it."""
    return "CONNECT_MANAGED"


@pytest.fixture(scope="session")
def sampled(
    mountable: ConnectClient, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], tuple[Path, SampleInstance]]:
    """A store with the sample of an identity management type, made once: tests take a copy."""

    @cache
    def make(mode: str) -> tuple[Path, SampleInstance]:
        path = tmp_path_factory.mktemp("sampled") / "local.db"
        store = mount(mountable, path)
        sample = SampleInstance.in_mode(mountable, mode)
        store.close()
        return path, sample

    return make


@pytest.fixture
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    """A fresh store; with the sample in it where the test takes that."""
    path = tmp_path / "local.db"
    if "sample" in request.fixturenames:
        sampled = request.getfixturevalue("sampled")
        shutil.copy(sampled(request.getfixturevalue("mode"))[0], path)
    opened = open_store(path)
    yield opened
    opened.close()


@pytest.fixture
def connect(mountable: ConnectClient, store: Store) -> ConnectClient:
    """A client that the store is mounted on."""
    mount(mountable, store.path)
    return mountable


@pytest.fixture
def sample(
    connect: ConnectClient, mode: str, sampled: Callable[[str], tuple[Path, SampleInstance]]
) -> SampleInstance:
    """An instance of the mounted store, with one of everything."""
    return replace(sampled(mode)[1], client=connect)


@contextmanager
def serving(store: Store) -> Iterator[str]:
    """Serves a store from a thread; gives the URL."""
    server = Server(store, port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server.url
    finally:
        server.close()
        thread.join(10)


@pytest.fixture
def url(store: Store) -> Iterator[str]:
    """The URL the store is served at."""
    with serving(store) as served:
        yield served


@pytest.fixture(scope="session")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that tests share which each make an instance of their own."""
    opened = open_store(tmp_path_factory.mktemp("shared") / "local.db")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def shared_url(shared_store: Store) -> Iterator[str]:
    """The URL of the shared store."""
    with serving(shared_store) as served:
        yield served


@pytest.fixture(scope="session")
def shared_client(shared_url: str) -> ConnectClient:
    """A client of the shared server: making one costs more than the requests of a test."""
    return connect_client(endpoint_url=shared_url)
