"""`pulumi-resource-connect-users`: started by Pulumi, which reads the port from stdout."""

import os
import signal
import stat
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from types import FrameType
from typing import Final

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from ..engine.engine_watch import watch
from .servicer import Provider

_DISTRIBUTION: Final = "pulumi-connect-users"
_THREADS: Final = 128
"""More than the engine has steps at work: waiting calls must not delay others."""
_MESSAGE_BYTES: Final = 400 * 1024 * 1024
"""The engine's own limit (sdk/go/common/util/rpcutil): a roster of 10,000 is one message."""


def main() -> None:
    """Serves one engine until it ends."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    _leave_with_stdin()
    watch()
    address = sys.argv[-1] if len(sys.argv) > 1 else ""
    server = grpc.server(
        ThreadPoolExecutor(_THREADS),
        options=[
            ("grpc.max_receive_message_length", _MESSAGE_BYTES),
            ("grpc.max_send_message_length", _MESSAGE_BYTES),
        ],
    )
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(
        Provider(address, version(_DISTRIBUTION)), server
    )
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    server.wait_for_termination()


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """Ends at once: the engine sends a signal when it has no more calls, and waits for the end."""
    os._exit(0)


def _leave_with_stdin() -> None:
    """Ends when the command line has ended: its pipe to this process is closed then."""
    if not stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode):
        return

    def read() -> None:
        while sys.stdin.buffer.read(1024):
            pass
        os._exit(0)

    threading.Thread(target=read, name="stdin", daemon=True).start()


if __name__ == "__main__":
    main()
