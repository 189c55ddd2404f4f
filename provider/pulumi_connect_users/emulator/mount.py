"""The embedded Connect inside the process of its client: no server, no network, no port."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ConnectionClosedError, ReadTimeoutError

from .faults.outcomes import Reset, Silence, Truncated
from .protocol import Request
from .service import LONGEST_URL, TOO_LARGE, Service
from .service_model import Model, refusal
from .store import Store, open_store


def mount(client: Any, store_path: str | os.PathLike[str]) -> Store:
    """Make this boto3 `connect` client talk to the store at `store_path`, and to nothing else.

    The file is made and seeded on first use. The client may be shared by threads. Every other
    client stays as it is. The credentials the client signs with are not checked; the Region it
    signs for must be the instance's.
    """
    store = open_store(store_path)
    service = Service(store.database, Model(client.meta.service_model))
    events = client.meta.events
    # A mounted client moves to the new store: botocore would keep the first handler.
    events.unregister("before-send.connect", unique_id=_HANDLER)
    events.register("before-send.connect", _sender(service), unique_id=_HANDLER)
    return store


_HANDLER = "pulumi-connect-users-emulator"


def _sender(service: Service) -> Callable[..., AWSResponse]:
    def send(request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        too_long = len(request.url) > LONGEST_URL
        url = urlsplit(request.url[:LONGEST_URL])
        try:
            response = (
                refusal(*TOO_LARGE)
                if too_long
                else service.handle(
                    Request(
                        method=request.method,
                        path=url.path,
                        query=tuple(parse_qsl(url.query, keep_blank_values=True)),
                        headers={
                            "host": url.netloc,
                            **{
                                name.lower(): _text(value)
                                for name, value in request.headers.items()
                            },
                        },
                        body=_bytes(request.body),
                    )
                )
            )
        except Truncated as lost:
            # botocore does not compare an answer's length with what was announced.
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


class _Body:
    """What botocore reads an answer's bytes from."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self._content


def _headers(headers: Mapping[str, str]) -> HTTPHeaders:
    made = HTTPHeaders()
    for name, value in headers.items():
        made[name] = value
    return made


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _bytes(body: Any) -> bytes:
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    return body if isinstance(body, bytes) else bytes(body.read())
