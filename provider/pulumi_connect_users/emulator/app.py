"""The embedded Connect as a WSGI application, for the AWS CLI and every SDK.

It answers only requests to a loopback name (so that no web page can reach it through a name that
resolves to this machine) that carry a SigV4 header, whose signature is not checked. It also has
 `/_emulator/`: `GET log?since=N&limit=N` (oldest first, 1,000 records at most: the last
one's id is the next page's `since`), `GET controls`, `POST control` and `POST release`, JSON
both ways, with the arguments of `Store.control`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import parse_qsl, quote, urlsplit

from .document import Document, Json
from .errors import EmulatorError
from .faults.outcomes import Reset, Silence, Truncated
from .protocol import Request, Response, read_json
from .service import LARGEST_BODY, TOO_LARGE, Service
from .service_model import Model, default_model, refusal
from .store import LOG_PAGE, Store

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_OWN = "/_emulator/"
_CONTROLLING = "controlling the embedded Connect"
_SILENT_SECONDS = 300.0
_LONGEST_REFUSAL = 2_000
_NUMBERS = {"since": "the number of a request", "limit": "a number of records"}

_BODILESS = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})

StartResponse: TypeAlias = Callable[[str, list[tuple[str, str]]], object]

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class Application:
    """The WSGI callable over one store; `hosts` are the names it answers to, None for any."""

    def __init__(
        self,
        store: Store,
        *,
        model: Model | None = None,
        hosts: frozenset[str] | None = LOOPBACK,
    ) -> None:
        self._store = store
        self._service = Service(store.database, model or default_model())
        self._hosts = hosts

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request; a lost answer becomes the error that makes the server hang up."""
        path, _, query = _target(environ).partition("?")
        try:
            response = self._answer(environ, path, query)
            body = response.body
        except Truncated as lost:
            response = lost.response
            body = lost.cut().body
        except EmulatorError as error:
            # The store is unusable: the disk is full or the file damaged.
            response = refusal("InternalServiceException", str(error))
            body = response.body
        except Silence:
            _wait_for_the_client(environ)
            raise ConnectionResetError from None
        except Reset:
            raise ConnectionResetError from None
        headers = list(response.headers.items())
        if response.status not in _BODILESS:
            headers.append(("Content-Length", str(len(response.body))))
        start_response(f"{response.status} {HTTPStatus(response.status).phrase}", headers)
        # What follows a body that must not be there is taken for the next answer.
        bodiless = environ["REQUEST_METHOD"] == "HEAD" or response.status in _BODILESS
        return [] if bodiless else [body]

    def _answer(self, environ: WSGIEnvironment, path: str, query: str) -> Response:
        if self._hosts is not None and _host_name(environ) not in self._hosts:
            return refusal("AccessDeniedException", "This server answers only on loopback names.")
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if length > LARGEST_BODY:
            return refusal(*TOO_LARGE)
        body = environ["wsgi.input"].read(length)
        if path.startswith(_OWN):
            return self._own(environ, path.removeprefix(_OWN), query, body)
        if not environ.get("HTTP_AUTHORIZATION", "").startswith("AWS4-HMAC-SHA256 "):
            return refusal("MissingAuthenticationTokenException", "Missing Authentication Token")
        return self._service.handle(
            Request(
                method=environ["REQUEST_METHOD"],
                path=path,
                query=tuple(parse_qsl(query, keep_blank_values=True)),
                headers=_headers(environ),
                body=body,
            )
        )

    def _own(self, environ: WSGIEnvironment, name: str, query: str, body: bytes) -> Response:
        asked = (environ["REQUEST_METHOD"], name)
        # Only a page of this very server could send this type without asking first.
        if asked[0] == "POST" and _media_type(environ) != "application/json":
            return refusal("InvalidRequestException", "The content type must be application/json.")
        try:
            arguments = read_json(body or b"{}")
            if not isinstance(arguments, Document):
                raise EmulatorError(f"{_CONTROLLING}: not a JSON object.")
            if asked == ("GET", "controls"):
                return _json(self._store.controls())
            if asked == ("GET", "log"):
                return _json(self._log(query))
            if asked == ("POST", "control"):
                return self._control(**arguments)
            if asked == ("POST", "release"):
                self._store.release()
                return _json({})
        except (EmulatorError, ValueError, TypeError, RecursionError) as error:
            return refusal("InvalidRequestException", str(error)[:_LONGEST_REFUSAL])
        return refusal("UnknownOperationException", "Unknown page of the embedded Connect.")

    def _control(self, *, faults: Json = (), clear: Json = False, **settings: Json) -> Response:
        if not isinstance(faults, list | tuple) or not isinstance(clear, bool):
            raise EmulatorError(f"{_CONTROLLING}: faults must be a list, clear true or false.")
        self._store.control(faults=faults, clear=clear, **settings)
        return _json(self._store.controls())

    def _log(self, query: str) -> list[Json]:
        asked = {"since": "0", "limit": str(LOG_PAGE)} | dict(parse_qsl(query))
        for name in ("since", "limit"):
            text = asked[name]
            if not (text.isascii() and text.isdigit() and len(text) < 19):
                raise EmulatorError(f"reading the log, {name}: not {_NUMBERS[name]}.")
        limit = min(int(asked["limit"]), LOG_PAGE)
        return [one.as_dict() for one in self._store.requests(int(asked["since"]), limit=limit)]


def _json(value: Json) -> Response:
    return Response(200, {"Content-Type": "application/json"}, json.dumps(value).encode())


def _target(environ: WSGIEnvironment) -> str:
    """Path and query as they were sent: a decoded path does not distinguish an ARN's slashes."""
    sent = environ.get("REQUEST_URI") or environ.get("RAW_URI")
    if sent:
        url = urlsplit(str(sent))
        return f"{url.path}?{url.query}"
    path = quote(environ.get("PATH_INFO", "").encode("latin-1"))
    return f"{path}?{environ.get('QUERY_STRING', '')}"


def _host_name(environ: WSGIEnvironment) -> str | None:
    try:
        return urlsplit(f"//{environ.get('HTTP_HOST', '')}").hostname
    except ValueError:
        return None


def _media_type(environ: WSGIEnvironment) -> str:
    return str(environ.get("CONTENT_TYPE", "")).partition(";")[0].strip().lower()


def _headers(environ: WSGIEnvironment) -> Mapping[str, str]:
    headers = {
        name[5:].replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    return headers | {"content-type": environ.get("CONTENT_TYPE", "")}


def _wait_for_the_client(environ: WSGIEnvironment) -> None:
    disconnected = environ.get("waitress.client_disconnected", lambda: False)
    deadline = time.monotonic() + _SILENT_SECONDS
    while time.monotonic() < deadline and not disconnected():
        time.sleep(0.05)
