"""Serves a language host: `pulumi-language` calls `main`.

It prints its port and serves until it is signalled or its standard input ends: the CLI holds that
pipe, so a killed CLI leaves nothing behind.
"""

import importlib.util
import signal
import sys
import threading
import types
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

MESSAGE_BYTES = 400 * 1024 * 1024
"""The largest message, as in the SDK."""
CALLS = 64
"""Calls served at once; a running program or policy pack holds one for all its life."""


def main() -> None:
    """Serves until the CLI goes. Arguments: LANGUAGE [FLAGS] ENGINE_ADDRESS."""
    _without_initialisers("pulumi", "pulumi.runtime")
    import grpc
    from pulumi.runtime.proto import language_pb2_grpc

    from tools.language_host.children import Children

    children = Children()
    signal.signal(signal.SIGINT, lambda *_: children.leave())
    signal.signal(signal.SIGTERM, lambda *_: children.leave())
    limits = [
        ("grpc.max_send_message_length", -1),
        ("grpc.max_receive_message_length", MESSAGE_BYTES),
    ]
    server = grpc.server(ThreadPoolExecutor(max_workers=CALLS), options=limits)
    language = import_module(f"tools.language_host.{sys.argv[1]}")
    host = language.Host(engine=sys.argv[-1], children=children)
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(host, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    # The main thread must stay free for signals, which Python handles between its instructions.
    threading.Thread(target=_leave_with_stdin, args=(children.leave,), daemon=True).start()
    threading.Event().wait()


def _leave_with_stdin(leave: types.FunctionType) -> None:
    sys.stdin.buffer.read()
    leave()


def _without_initialisers(*packages: str) -> None:
    """Lets modules of `packages` be imported without running the packages' own `__init__`.

    The generated stubs need nothing of the SDK; importing all of it would double this start-up, and
    each CLI command waits for that.
    """
    for name in packages:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.submodule_search_locations is None:
            sys.exit(
                f"Starting a language host: {sys.executable} has no `{name}`. Set "
                "PULUMI_CONNECT_USERS_PYTHON to the Python of an environment that has it "
                "(`source .connect-users/env` does), or activate that environment."
            )
        package = types.ModuleType(name)
        package.__path__ = list(spec.submodule_search_locations)
        sys.modules[name] = package
