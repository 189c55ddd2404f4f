"""Whether the engine that a provider process works for still runs, and the end if it does not."""

from __future__ import annotations

import os
import re
import socket
import sys
import threading
import time
from typing import Final

from ..core.errors import EngineGone

_ADDRESS: Final = re.compile(r"(?P<host>[\w.:\[\]-]+):(?P<port>\d{1,5})\Z")
_CONNECT_SECONDS: Final = 5.0
_PAUSE_SECONDS: Final = 2.0
_REFUSALS: Final = 3
"""This many checks in a row must find no engine and no running call."""
_watched: Final = threading.Lock()
"""Held from the first `watch` on."""

Address = tuple[str, int]


def engine_address() -> Address | None:
    """The engine's address, which is the last argument of a provider process."""
    match = _ADDRESS.match(sys.argv[-1])
    return (match["host"].strip("[]"), int(match["port"])) if match else None


def require_engine() -> None:
    """Raises EngineGone if the engine that started this process has ended.

    A provider outlives a killed CLI, and would go on as a second writer beside the next run.
    """
    address = engine_address()
    if address is None:
        return
    try:
        socket.create_connection(address, timeout=_CONNECT_SECONDS).close()
    except OSError:
        raise EngineGone(
            "stopping: the Pulumi run that asked for this has ended. Run `pulumi up` again."
        ) from None


def watch() -> None:
    """Ends the process once its engine has ended: the SDK's server (3.272) never does.

    After `kill -9` of the CLI, a closed terminal or a closed pipe it would run on.
    """
    address = engine_address()
    if address is not None and _watched.acquire(blocking=False):
        threading.Thread(target=_watch, args=(address,), name="engine-watch", daemon=True).start()


def _watch(address: Address) -> None:
    refusals = 0
    while refusals < _REFUSALS:
        time.sleep(_PAUSE_SECONDS)
        unused = _is_refused(address) and not _is_serving()
        refusals = refusals + 1 if unused else 0
    # Nothing runs that could be cut off, and the pipes that a clean exit flushes are closed.
    os._exit(0)


def _is_refused(address: Address) -> bool:
    """Whether nothing listens there: an engine that is slow to answer is alive."""
    try:
        socket.create_connection(address, timeout=_CONNECT_SECONDS).close()
    except ConnectionRefusedError:
        return True
    except OSError:
        return False
    return False


def _is_serving() -> bool:
    """Whether a call runs in any thread of the server.

    Other packages' dynamic resources are served by the same process: their calls show only there.
    """
    server = getattr(sys.modules["__main__"], "__file__", None)
    main = threading.main_thread().ident
    for thread, top in sys._current_frames().items():
        frame = None if thread == main else top
        while frame is not None:
            if frame.f_code.co_filename == server:
                return True
            frame = frame.f_back
    return False
