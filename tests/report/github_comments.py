"""GitHub's comments of one pull request, served on loopback: listed by pages, posted, edited."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

REPOSITORY = "acme/contact-centre"
NUMBER = "7"
_PATH = f"/repos/{REPOSITORY}/issues/{NUMBER}/comments"
_ONE = f"/repos/{REPOSITORY}/issues/comments/"
PER_PAGE = 100
LONGEST = 65_536


class Comments:
    """The comments, in the order in which they were posted."""

    def __init__(self) -> None:
        self.all: list[dict[str, Any]] = []
        self.url = ""
        self.tokens: set[str] = set()

    def add(self, body: str, *, kind: str = "User") -> dict[str, Any]:
        """Somebody's comment."""
        number = len(self.all) + 1
        url = f"{self.url}{_ONE}{number}"
        self.all.append({"id": number, "body": body, "url": url, "user": {"type": kind}})
        return self.all[-1]


@contextmanager
def served() -> Iterator[Comments]:
    """The comments behind an API on loopback."""
    comments = Comments()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            assert parts.path == _PATH
            query = parse_qs(parts.query)
            size = min(int(query["per_page"][0]), PER_PAGE)
            start = (int(query["page"][0]) - 1) * size
            self._answer(200, comments.all[start : start + size])

        def do_POST(self) -> None:
            assert self.path == _PATH
            self._answer(201, comments.add(self._body(), kind="Bot"))

        def do_PATCH(self) -> None:
            comment = comments.all[int(self.path.removeprefix(_ONE)) - 1]
            comment["body"] = self._body()
            self._answer(200, comment)

        def _body(self) -> str:
            comments.tokens.add(str(self.headers["Authorization"]))
            size = int(self.headers["Content-Length"])
            body = str(json.loads(self.rfile.read(size))["body"])
            assert len(body) < LONGEST
            return body

        def _answer(self, status: int, document: Any) -> None:
            data = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Tests print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        comments.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield comments
        finally:
            server.shutdown()
            thread.join()
