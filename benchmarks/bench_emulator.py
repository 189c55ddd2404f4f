"""The embedded Connect: DescribeUser calls a second with 10,000 users in the store.

In process and over HTTP, beside the same client on a bare socket server that answers every request
with the same bytes: the difference is what the emulator itself costs.
"""

from __future__ import annotations

import socketserver
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.tables import publish
from pulumi_connect_users.emulator import Store, mount, open_store, seeded_id
from pulumi_connect_users.emulator.fresh import MANAGED_INSTANCE
from pulumi_connect_users.emulator.server import Server
from tests.emulator.clients import connect_client

if TYPE_CHECKING:
    from types_boto3_connect import ConnectClient

USERS = 10_000
CALLS = 1_000
RUNS = 5


def per_second(client: ConnectClient) -> float:
    """Median of some runs of DescribeUser calls, each for another user."""
    ids = [seeded_id(MANAGED_INSTANCE, "agent", f"agent-{n * 9 + 1:05d}") for n in range(CALLS)]
    client.describe_user(InstanceId=MANAGED_INSTANCE, UserId=ids[0])
    rates = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        for user_id in ids:
            client.describe_user(InstanceId=MANAGED_INSTANCE, UserId=user_id)
        rates.append(CALLS / (time.perf_counter() - begin))
    return statistics.median(rates)


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
    """Reads a request without a body, answers the same bytes, and does so again."""

    answer = b""

    def handle(self) -> None:
        while True:
            line = self.rfile.readline()
            if not line:
                return
            if line == b"\r\n":
                self.wfile.write(self.answer)


class _BareServer(socketserver.ThreadingTCPServer):
    """A server that knows nothing of HTTP but where a request ends."""

    daemon_threads = True
    allow_reuse_address = True


def on_bare_server(answer: bytes) -> float:
    """Calls a second of the same client on a server that only sends bytes."""
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
    """Calls a second on the embedded Connect's own server, in another thread."""
    server = Server(store, port=0)
    threading.Thread(target=server.run, daemon=True).start()
    try:
        return per_second(connect_client(endpoint_url=server.url))
    finally:
        server.close()


def timed(step: Callable[[], object]) -> float:
    """Seconds a step takes."""
    begin = time.perf_counter()
    step()
    return time.perf_counter() - begin


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "local.db")
        many = {"count": USERS, "prefix": "agent-", "tags": {"Team": "1"}}
        seed = {"instances": [{"id": MANAGED_INSTANCE, "generatedUsers": [many]}]}
        seconds = timed(lambda: store.seed(seed))
        client = connect_client()
        mount(client, store.path)
        inside = per_second(client)
        bare = on_bare_server(answer_of(client))
        http = over_http(store)
        store.close()
    rows = [
        ("the same client on a bare socket server", f"{bare:,.0f}", "1.00"),
        ("mounted in process", f"{inside:,.0f}", f"{inside / bare:.2f}"),
        ("over HTTP, server in the same process", f"{http:,.0f}", f"{http / bare:.2f}"),
    ]
    publish("emulator", (f"DescribeUser, {USERS:,} users", "calls a second", "of the bare"), rows)
    print(f"Loading the seed of {USERS:,} users took {seconds:.1f} s.", flush=True)


if __name__ == "__main__":
    main()
