"""The embedded Connect inside the process of its client: no server, no network, no port."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from email.utils import formatdate
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ConnectionClosedError, ReadTimeoutError

from .faults.outcomes import Reset, Silence, Truncated
from .protocol import Request
from .service import LONGEST_URL, TOO_LARGE, Service
from .service_model import Model, refusal
from .store import Store, open_store

if TYPE_CHECKING:
    from botocore.client import BaseClient


def mount(client: BaseClient, store_path: str | os.PathLike[str]) -> Store:
    """Make this boto3 `connect` client use the store at `store_path` and nothing else.

    The file is created on first use. Threads may share the client; other clients are not changed.
    Credentials are not checked; the Region that the client signs for must be the instance's.
    """
    store = open_store(store_path)
    service = Service(store.database, Model(client.meta.service_model))
    events = client.meta.events
    # A mounted client moves to the new store: botocore would keep the first handler.
    events.unregister("before-send.connect", unique_id=_HANDLER)
    events.register("before-send.connect", _sender(service), unique_id=_HANDLER)
    return store


_HANDLER = "pulumi-connect-users-emulator"


def _sender(service: Service) -> Callable[..., Any]:
    def send(request: AWSPreparedRequest, **_: object) -> AWSResponse:
        try:
            if len(request.url) > LONGEST_URL:
                response = refusal(*TOO_LARGE)
            else:
                response = service.handle(_request(request))
        except Truncated as lost:
            # botocore does not compare an answer's length with the announced one.
            response = lost.cut()
        except Reset as lost:
            raise ConnectionClosedError(endpoint_url=request.url) from lost
        except Silence as lost:
            raise ReadTimeoutError(endpoint_url=request.url) from lost
        headers = _headers(response.headers)
        # The one header that an HTTP server adds of its own.
        headers["Date"] = formatdate(usegmt=True)
        return AWSResponse(request.url, response.status, headers, _Body(response.body))

    return send


def _request(request: AWSPreparedRequest) -> Request:
    url = urlsplit(request.url)
    headers = {name.lower(): _text(value) for name, value in request.headers.items()}
    return Request(
        method=request.method,
        path=url.path,
        query=tuple(parse_qsl(url.query, keep_blank_values=True)),
        headers={"host": url.netloc} | headers,
        body=_bytes(request.body),
    )


class _Body:
    """The stream that botocore reads an answer from."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, **_: object) -> Iterator[bytes]:
        yield self._content


def _headers(headers: Mapping[str, str]) -> HTTPHeaders:
    result = HTTPHeaders()
    for name, value in headers.items():
        result[name] = value
    return result


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _bytes(body: str | bytes | bytearray | IO[bytes] | IO[str] | None) -> bytes:
    content = body if body is None or isinstance(body, str | bytes | bytearray) else body.read()
    return content.encode() if isinstance(content, str) else bytes(content or b"")
