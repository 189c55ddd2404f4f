"""A web server in place of Amazon Connect (or STS), for answers that neither of ours gives."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.aws.settings import Settings

ARN = "arn:aws:connect:us-west-2:123456789012:instance/11111111-1111-4111-8111-111111111111"
INSTANCE = {"Instance": {"Arn": ARN, "IdentityManagementType": "CONNECT_MANAGED"}}
PAGE = b"<!DOCTYPE html><html><body><h1>Sign in to the Wi-Fi</h1></body></html>"


@dataclass
class Answer:
    """What comes back for a request."""

    body: bytes
    status: int = 200
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


def of_json(content: Any, status: int = 200) -> Answer:
    """An answer as Connect's look."""
    return Answer(json.dumps(content).encode(), status)


class Endpoint:
    """Answers each request by what stands in `answers` for the end of its path, the last for ever.

    `requests` holds method, path and body of all that came.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: dict[str, list[Answer]] = {ARN.rsplit("/", 1)[-1]: [of_json(INSTANCE)]}
        self.requests: list[tuple[str, str, bytes]] = []

    def session(self) -> ConnectSession:
        """What one process knows, with this endpoint in place of Connect's."""
        return ConnectSession(Settings(endpoint=self.url, requests_per_second=None))

    def answer(self, method: str, path: str, body: bytes) -> Answer:
        """The next answer for a path."""
        self.requests.append((method, path, body))
        end = path.partition("?")[0].rstrip("/").rsplit("/", 1)[-1]
        left = self.answers.get(end) or [of_json({"Message": "?"}, 404)]
        return left.pop(0) if len(left) > 1 else left[0]


def _handler(answer: Callable[[str, str, bytes], Answer]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            given = answer(self.command, self.path, sent)
            self.send_response(given.status)
            length = {"Content-Type": given.kind, "Content-Length": str(len(given.body))}
            for name, value in (length | given.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(given.body)

        do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 - http.server's names

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    return Handler


@contextmanager
def serving() -> Iterator[Endpoint]:
    """An endpoint on a free port."""
    known: list[Endpoint] = []
    handler = _handler(lambda *request: known[0].answer(*request))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        known.append(Endpoint(f"http://127.0.0.1:{server.server_port}"))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield known[0]
        finally:
            server.shutdown()
            thread.join()
