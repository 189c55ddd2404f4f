"""The engine that a plugin works for: where its messages go."""

import contextlib
from typing import Final

import grpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from ..engine.messages import Severity

_SECONDS: Final = 5.0
_SEVERITIES: Final[dict[Severity, engine_pb2.LogSeverity.ValueType]] = {
    "info": engine_pb2.INFO,
    "warning": engine_pb2.WARNING,
    "error": engine_pb2.ERROR,
}


class EngineLog:
    """Shows messages at resources: the engine hides a plugin's stdout and stderr."""

    def __init__(self) -> None:
        self._address = ""
        self._stub: engine_pb2_grpc.EngineStub | None = None

    def attach(self, address: str) -> None:
        """Learns where the engine is, `host:port`."""
        if address and address != self._address:
            self._address = address
            self._stub = engine_pb2_grpc.EngineStub(grpc.insecure_channel(address))

    def debug(self, text: str) -> None:
        """What only `--debug` shows."""
        self._log(engine_pb2.DEBUG, text, None)

    def show(self, severity: Severity, text: str, urn: str | None) -> None:
        """One message; an error alone fails nothing. An engine that has ended hears none."""
        self._log(_SEVERITIES[severity], text, urn)

    def _log(self, severity: engine_pb2.LogSeverity.ValueType, text: str, urn: str | None) -> None:
        if self._stub is not None:
            request = engine_pb2.LogRequest(severity=severity, message=text, urn=urn or "")
            with contextlib.suppress(grpc.RpcError):
                self._stub.Log(request, timeout=_SECONDS)
