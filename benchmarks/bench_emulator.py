"""The embedded Connect: DescribeUser calls per second with 10,000 users in the store.

In process and over HTTP, compared with the same client on a socket server that answers every
request with the same bytes: the difference is what the emulator itself costs.
"""

from __future__ import annotations

import socketserver
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Row, medians, ratios, say, seconds
from pulumi_connect_users.emulator import Store, mount, open_store, seeded_id
from pulumi_connect_users.emulator.seeding.fresh import MANAGED_INSTANCE
from pulumi_connect_users.emulator.server import Server
from tests.support.connect_client import connect_client

if TYPE_CHECKING:
    from types_boto3_connect import ConnectClient

USERS = 10_000
CALLS = 1_000
RUNS = 5


def per_second(client: ConnectClient) -> float:
    """DescribeUser calls per second, each for another user."""
    ids = [seeded_id(MANAGED_INSTANCE, "agent", f"agent-{n * 9 + 1:05d}") for n in range(CALLS)]
    client.describe_user(InstanceId=MANAGED_INSTANCE, UserId=ids[0])

    def all_calls() -> None:
        for user_id in ids:
            client.describe_user(InstanceId=MANAGED_INSTANCE, UserId=user_id)

    return CALLS / seconds(all_calls)


def answer_of(client: ConnectClient) -> bytes:
    """The bytes of one real answer, as an HTTP response."""
    bodies: list[bytes] = []
    client.meta.events.register(
        "before-parse.connect", lambda response_dict, **_: bodies.append(response_dict["body"])
    )
    first = seeded_id(MANAGED_INSTANCE, "agent", "agent-00001")
    client.describe_user(InstanceId=MANAGED_INSTANCE, UserId=first)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(bodies[0])}"
    return head.encode() + b"\r\n\r\n" + bodies[0]


class _Bare(socketserver.StreamRequestHandler):
    """Answers each request without a body with the same bytes."""

    answer = b""

    def handle(self) -> None:
        while True:
            line = self.rfile.readline()
            if not line:
                return
            if line == b"\r\n":
                self.wfile.write(self.answer)


class _BareServer(socketserver.ThreadingTCPServer):
    """A server that only detects where an HTTP request ends."""

    daemon_threads = True
    allow_reuse_address = True


def on_bare_server(answer: bytes) -> float:
    """Calls per second of the same client on a server that only sends bytes."""
    _Bare.answer = answer
    with _BareServer(("127.0.0.1", 0), _Bare) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            return per_second(
                connect_client(endpoint_url=f"http://127.0.0.1:{server.server_address[1]}")
            )
        finally:
            server.shutdown()


def over_http(store: Store) -> float:
    """Calls per second on the embedded Connect's own server, in another thread."""
    server = Server(store, port=0)
    threading.Thread(target=server.run, daemon=True).start()
    try:
        return per_second(connect_client(endpoint_url=server.url))
    finally:
        server.close()


def rows() -> Iterator[Row]:
    """Rows of the store in this process, and behind its own server."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "local.db")
        many = {"count": USERS, "prefix": "agent-", "tags": {"Team": "1"}}
        seed = {"instances": [{"id": MANAGED_INSTANCE, "generatedUsers": [many]}]}
        took = seconds(lambda: store.seed(seed))
        say(f"emulator: seeding {USERS:,} users took {took:.1f} s")
        client = connect_client()
        mount(client, store.path)
        answer = answer_of(client)
        runs = [(per_second(client), over_http(store), on_bare_server(answer)) for _ in range(RUNS)]
        store.close()
    inside, http, bare = medians(runs)
    for what, rate, pairs in (
        ("in process", inside, [(one, other) for one, _, other in runs]),
        ("over HTTP", http, [(one, other) for _, one, other in runs]),
    ):
        yield Row(
            f"`DescribeUser` calls per second, {USERS:,} users, {what}",
            "the same client on a socket server with one fixed response",
            ratios(pairs),
            "",
            f"{rate:,.0f} / {bare:,.0f} per second",
        )
