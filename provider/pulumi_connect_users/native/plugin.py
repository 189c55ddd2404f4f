"""What the plugin answers about itself: its version, schema and configuration."""

import json
from typing import Final

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2_grpc
from pulumi.runtime.proto import provider_pb2 as messages

from ..core.properties import Properties
from ..core.unknowns import is_unknown
from ..engine.messages import FrontEnd
from ..engine.program_settings import settings_problems, unknown_settings
from ..engine.run import Run
from .engine import EngineLog
from .values import decode
from .words import NAMESPACE, in_wire_words

ORGANIZATION: Final = "organization"
_NOT_SETTINGS: Final = ("version", "pluginDownloadURL", "parameterization")
"""What the engine puts among a provider's inputs."""


class Plugin(provider_pb2_grpc.ResourceProviderServicer):
    """One process of the plugin. Methods carry the service's names."""

    def __init__(self, engine_address: str, version: str) -> None:
        self._version = version
        self.engine = EngineLog()
        self.engine.attach(engine_address)
        self.run = Run(FrontEnd(self.engine.show, in_wire_words))
        self.settings: dict[str, str] = {}

    def Handshake(
        self, request: messages.ProviderHandshakeRequest, context: grpc.ServicerContext
    ) -> messages.ProviderHandshakeResponse:
        """Learns where the engine is."""
        self.engine.attach(request.engine_address)
        return messages.ProviderHandshakeResponse(accept_secrets=True)

    def Attach(
        self, request: plugin_pb2.PluginAttach, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        """The same for a plugin that was started by hand."""
        self.engine.attach(request.address)
        return empty_pb2.Empty()

    def GetPluginInfo(
        self, request: empty_pb2.Empty, context: grpc.ServicerContext
    ) -> plugin_pb2.PluginInfo:
        """The version."""
        return plugin_pb2.PluginInfo(version=self._version)

    def GetSchema(
        self, request: messages.GetSchemaRequest, context: grpc.ServicerContext
    ) -> messages.GetSchemaResponse:
        """The package's schema, from which SDKs are generated."""
        from .schema import schema_text

        return messages.GetSchemaResponse(schema=schema_text())

    def CheckConfig(
        self, request: messages.CheckRequest, context: grpc.ServicerContext
    ) -> messages.CheckResponse:
        """Judges the provider's inputs; every bad value is reported once, here."""
        settings = _settings(decode(request.news).values)
        problems = [in_wire_words(problem) for problem in settings_problems(settings.get)]
        with self.run.log.about(request.urn):
            for problem, remedy in unknown_settings(set(settings) - {ORGANIZATION}):
                self.run.log.warn(f"{problem}. {remedy}")
        failures = [messages.CheckFailure(reason=problem) for problem in problems]
        return messages.CheckResponse(inputs=request.news, failures=failures)

    def DiffConfig(
        self, request: messages.DiffRequest, context: grpc.ServicerContext
    ) -> messages.DiffResponse:
        """Never replaces: another endpoint or profile leads to the same users."""
        same = request.olds == request.news
        return messages.DiffResponse(changes=changes(differs=not same))

    def Configure(
        self, request: messages.ConfigureRequest, context: grpc.ServicerContext
    ) -> messages.ConfigureResponse:
        """Keeps the settings for this process."""
        self.settings = _settings(decode(request.args).values)
        # CheckConfig has warned of unknown keys.
        self.run.configure(self.settings.get, ())
        return messages.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    def Cancel(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> empty_pb2.Empty:
        """Lets calls end, and starts no other change."""
        self.run.cancel()
        return empty_pb2.Empty()


def _settings(inputs: Properties) -> dict[str, str]:
    """The settings by key, as texts: SDKs write other values as JSON."""
    return {
        key.removeprefix(NAMESPACE): value if isinstance(value, str) else json.dumps(value)
        for key, value in inputs.items()
        if key not in _NOT_SETTINGS and not is_unknown(value)
    }


def changes(*, differs: bool) -> messages.DiffResponse.DiffChanges.ValueType:
    """The answer to whether anything differs."""
    return messages.DiffResponse.DIFF_SOME if differs else messages.DiffResponse.DIFF_NONE
