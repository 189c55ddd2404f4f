"""Two AWS accounts behind one address: whose credentials sign a request decides who answers."""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from pulumi_connect_users.emulator.app import Application
from pulumi_connect_users.emulator.store import open_store
from tests.support.programs import MANAGED_ARN

LOCAL = MANAGED_ARN.split(":")[4]


def instance_of(account: str) -> str:
    """The ARN of an account's instance."""
    return MANAGED_ARN.replace(LOCAL, account)


class FrontDoor:
    """The WSGI callable: embedded Connects by account, whose number is also the access key."""

    def __init__(self, stores: Mapping[str, Path]) -> None:
        self._accounts = {a: Application(open_store(path)) for a, path in stores.items()}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Passes a request on to its account, which thinks that its number is LOCAL."""
        signed = str(environ["HTTP_AUTHORIZATION"])
        account = signed.partition("Credential=")[2].partition("/")[0]
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        body = body.replace(account.encode(), LOCAL.encode())
        inner = {
            **environ,
            "wsgi.input": BytesIO(body),
            "CONTENT_LENGTH": str(len(body)),
            "REQUEST_URI": environ["REQUEST_URI"].replace(account, LOCAL),
        }
        answer = b"".join(self._accounts[account](inner, start_response))
        return [answer.replace(LOCAL.encode(), account.encode())]


@contextmanager
def front_door(stores: Mapping[str, Path]) -> Iterator[str]:
    """Serves the accounts on loopback; yields the URL."""
    create_server: Any = import_module("waitress.server").create_server
    server = create_server(FrontDoor(stores), host="127.0.0.1", port=0, threads=4)

    def serve() -> None:
        # `close` takes the sockets away from a loop that may be waiting for them.
        with suppress(OSError, ValueError):
            server.run()

    serving = threading.Thread(target=serve, daemon=True)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        serving.join(10)


def write_profiles(file: Path, profiles: Mapping[str, str]) -> None:
    """Writes a credentials file: the profile of each account."""
    file.write_text(
        "\n".join(
            f"[{profile}]\naws_access_key_id = {account}\naws_secret_access_key = none\n"
            for account, profile in profiles.items()
        )
    )
