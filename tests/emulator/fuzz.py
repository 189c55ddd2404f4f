"""Thousands of hostile requests to the embedded Connect, mounted and over HTTP.

    python -m tests.emulator.fuzz --requests 30000

It passes where no answer is a 5xx or missing, and none took more than a second of processor time.
The seed that it prints makes the same requests again.
"""

import http.client
import json
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from botocore.awsrequest import AWSPreparedRequest
from botocore.compat import HTTPHeaders

from pulumi_connect_users.emulator import Store, mount
from pulumi_connect_users.emulator.server import Server
from tests.emulator.hostile_values import Hostile, Source
from tests.support.connect_client import connect_client
from tests.support.sample_instance import SampleInstance

SLOWEST_SECONDS = 1.0
_WORLD = 250
"""Requests after which a new sample is made: the old one's parts have been deleted by then."""
_HEADER_BYTES = 200 << 10
"""A longer path is not sent: the server refuses it before it is anybody's request."""


@dataclass(frozen=True)
class Answer:
    """How one request went."""

    number: int
    request: Hostile
    status: int
    size: int
    processor: float
    wall: float

    def __str__(self) -> str:
        """The answer and its request in a line."""
        return (
            f"{self.processor:.3f} s of processor time ({self.wall:.3f} s), status {self.status}, "
            f"{self.size:,} bytes, number {self.number}, {self.request}"
        )


@dataclass
class Findings:
    """What all answers come to."""

    count: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: dict[str, Answer] = field(default_factory=dict)
    """The slowest (by processor time) and the largest answer of each way."""

    def add(self, way: str, answer: Answer) -> None:
        """Judge one answer."""
        self.count += 1
        self.statuses[answer.status] += 1
        if answer.status >= 500 or answer.status <= 0:
            self.failures.append(f"{way}: {answer}")
        elif answer.processor > SLOWEST_SECONDS:
            self.failures.append(f"{way}, slow: {answer}")
        for what, measure in _MEASURES.items():
            key = f"{what}, {way}"
            if key not in self.slowest or measure(answer) > measure(self.slowest[key]):
                self.slowest[key] = answer


_MEASURES: dict[str, Callable[[Answer], float]] = {
    "slowest": lambda one: one.processor,
    "slowest by the clock": lambda one: one.wall,
    "largest": lambda one: one.size,
}


class _Mounted:
    """Sends as a mounted boto3 client does, whatever botocore would say of the parameters."""

    def __init__(self, client: Any) -> None:
        self._events = client.meta.events

    def send(self, request: Hostile) -> tuple[int, bytes]:
        prepared = AWSPreparedRequest(
            request.method,
            f"https://connect.us-west-2.amazonaws.com{request.path}",
            _http_headers(request),
            request.body,
            stream_output=False,
        )
        answer = self._events.emit_until_response("before-send.connect.Fuzz", request=prepared)[1]
        return answer.status_code, answer.content


def _http_headers(request: Hostile) -> HTTPHeaders:
    headers = HTTPHeaders()
    for name, value in request.headers:
        headers[name] = value
    return headers


class _Served:
    """Sends over one HTTP connection, which must stay usable."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def send(self, request: Hostile) -> tuple[int, bytes]:
        self._connection.request(request.method, request.path, request.body, dict(request.headers))
        answer = self._connection.getresponse()
        content = answer.read()
        if (request.method == "HEAD") and content:
            raise ValueError("HEAD was answered with a body")
        return answer.status, content

    def close(self) -> None:
        self._connection.close()


def fuzz(
    folder: Path, *, seed: int, requests: int, progress: Callable[[int, Findings], None]
) -> Findings:
    """Send the requests of a seed, every other one over HTTP, and judge the answers."""
    client = connect_client()
    store = mount(client, folder / "fuzz.db")
    server = Server(store, port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    findings = Findings()
    chance = random.Random(seed)
    try:
        with closing(_Served(server.port)) as served:
            ways: dict[str, _Mounted | _Served] = {"mounted": _Mounted(client), "over HTTP": served}
            source = Source(chance, SampleInstance.in_new_instance(client))
            for number in range(requests):
                if number and number % _WORLD == 0:
                    store.control(clear=True)
                    source = Source(chance, SampleInstance.in_new_instance(client))
                request = source.request()
                way = ("mounted", "over HTTP")[number % 2]
                if request.path.startswith("/_emulator/"):
                    way = "over HTTP"
                if len(request.path) > _HEADER_BYTES:
                    way = "mounted"
                findings.add(way, _ask(ways[way], number, request))
                if request.path == "/_emulator/control":
                    store.control(clear=True)
                progress(number + 1, findings)
    finally:
        server.close()
        thread.join(10)
        _check_whole(store, findings)
        store.close()
    return findings


def _ask(way: _Mounted | _Served, number: int, request: Hostile) -> Answer:
    wall, processor = time.monotonic(), time.process_time()
    try:
        status, content = way.send(request)
        if content:
            json.loads(content)
    except Exception as error:
        click.echo(f"{number}: {type(error).__name__}: {error}"[:2_000], err=True)
        status, content = -1, b""
        if isinstance(way, _Served):
            way.close()
    return Answer(
        number,
        request,
        status,
        len(content),
        time.process_time() - processor,
        time.monotonic() - wall,
    )


def _check_whole(store: Store, findings: Findings) -> None:
    with store.database.read() as tx:
        state = tx.execute("PRAGMA integrity_check").fetchone()[0]
    if state != "ok":
        findings.failures.append(f"the store is damaged: {state}")


@click.command(help=__doc__)
@click.option("--requests", type=click.IntRange(1), default=30_000, show_default=True)
@click.option("--seed", type=int, help="Default: another one each time.")
def main(requests: int, seed: int | None) -> None:
    """Runs the fuzz and prints its findings."""
    chosen = random.SystemRandom().randrange(1 << 32) if seed is None else seed
    click.echo(f"seed {chosen}, {requests:,} requests")
    begun = time.monotonic()

    def progress(number: int, findings: Findings) -> None:
        if number % 1_000 == 0:
            rate = number / (time.monotonic() - begun)
            click.echo(
                f"{number:,}: {rate:.0f} a second, {len(findings.failures)} failures", err=True
            )

    with tempfile.TemporaryDirectory() as folder:
        findings = fuzz(Path(folder), seed=chosen, requests=requests, progress=progress)
    for what, answer in sorted(findings.slowest.items()):
        click.echo(f"{what}: {answer}")
    statuses = ", ".join(
        f"{status}: {count:,}" for status, count in sorted(findings.statuses.items())
    )
    click.echo(f"{findings.count:,} answers in {time.monotonic() - begun:.0f} s; {statuses}")
    for failure in findings.failures[:50]:
        click.echo(f"FAILED {failure}")
    if findings.failures:
        click.echo(f"{len(findings.failures)} failures with seed {chosen}")
        sys.exit(1)


if __name__ == "__main__":
    main()
