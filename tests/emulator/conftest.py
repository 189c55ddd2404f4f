"""Stores, clients and servers for the tests of the embedded Connect."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pulumi_connect_users.emulator import Store, mount, open_store
from pulumi_connect_users.emulator.server import Server
from tests.support.connect_client import ConnectClient, connect_client
from tests.support.sample_instance import SampleInstance


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A fresh store."""
    opened = open_store(tmp_path / "local.db")
    yield opened
    opened.close()


@pytest.fixture
def connect(store: Store) -> ConnectClient:
    """A client that the store is mounted on."""
    client = connect_client()
    mount(client, store.path)
    return client


@pytest.fixture
def sample(connect: ConnectClient) -> SampleInstance:
    """The CONNECT_MANAGED instance of the mounted store, with one of everything."""
    return SampleInstance.in_fresh_store(connect)


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
