"""The embedded Connect over HTTP, by waitress, on loopback by default."""

import ipaddress
import logging
import os
import select
import socket
import threading
from importlib import import_module
from typing import Any

from .app import LOOPBACK, Application
from .errors import EmulatorError
from .service import LARGEST_BODY
from .store import Store

THREADS = 32
"""A request that an injected fault holds occupies one."""
DEFAULT_PORT = 8585


class Server:
    """A listening server; `run` serves until `close` is called or the process ends."""

    def __init__(
        self,
        store: Store,
        *,
        host: str = "127.0.0.1",
        port: int = DEFAULT_PORT,
        allow_remote: bool = False,
    ) -> None:
        """Listen; port 0 takes a free one. EmulatorError where the address is refused or taken."""
        try:
            create_server = import_module("waitress.server").create_server
            self._loop: Any = import_module("waitress.wasyncore").loop
        except ImportError:
            raise EmulatorError(
                "serving the embedded Connect: waitress is not installed. "
                "Run: pip install 'pulumi-connect-users[emulator]'."
            ) from None
        if not is_loopback(host) and not allow_remote:
            raise EmulatorError(
                f"serving the embedded Connect on {host}: not a loopback address, and anyone who "
                "reaches it can change everything. To allow that, add --allow-remote."
            )
        # An application that sends less than it announced is what a truncation fault is.
        logging.getLogger("waitress").setLevel(logging.ERROR)
        self._closing = threading.Event()
        self._ending = threading.Lock()
        self._sockets: dict[int, Any] = {}
        hosts = None if allow_remote else LOOPBACK | {host}
        # Bound here: waitress leaves the socket open where the address is taken.
        listening = _bound(host, port)
        self.port = int(listening.getsockname()[1])
        self._host = host
        self._server: Any = create_server(
            Application(store, hosts=hosts),
            map=self._sockets,
            sockets=[listening],
            threads=THREADS,
            ident=None,
            # A lost answer is an OSError in a worker: the connection is just closed.
            log_socket_errors=False,
            channel_request_lookahead=1,
            connection_limit=1000,
            # What is a little too large is read, so that its sender gets to read the answer.
            max_request_body_size=16 * LARGEST_BODY,
        )

    @property
    def url(self) -> str:
        """The value for AWS_ENDPOINT_URL_CONNECT."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self.port}"

    def run(self) -> None:
        """Serve until closed, interrupted or ended by SystemExit."""
        try:
            while not self._closing.is_set():
                self._loop(
                    timeout=1.0, map=self._sockets, use_poll=hasattr(select, "poll"), count=1
                )
        except (KeyboardInterrupt, SystemExit):
            pass
        finally:
            with self._ending:
                self._closing.set()
                self._server.close()

    def close(self) -> None:
        """Make `run` return soon, from any thread; current requests may be cut off."""
        with self._ending:
            if not self._closing.is_set():
                self._closing.set()
                # The loop sleeps up to a second: this wakes it. Its pipe is still open: `run`
                # closes it under the same lock.
                self._server.pull_trigger()


def _bound(host: str, port: int) -> socket.socket:
    listening: socket.socket | None = None
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        listening = socket.socket(family, kind, protocol)
        if os.name == "posix":
            # Elsewhere the option would let two servers have one port.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except (OSError, UnicodeError) as error:
        if listening is not None:
            listening.close()
        cause = getattr(error, "strerror", None) or error
        raise EmulatorError(
            f"serving the embedded Connect on {host}, port {port}: {cause}. Change --port."
        ) from None
    return listening


def is_loopback(host: str) -> bool:
    """Whether a bind address reaches no further than this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        pass
    try:
        addresses = socket.getaddrinfo(host, None)
    except (OSError, UnicodeError):
        # The name is unknown or invalid.
        return False
    return all(ipaddress.ip_address(str(one[4][0])).is_loopback for one in addresses)
