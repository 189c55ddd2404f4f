"""A no-op native plugin, to measure what the engine itself costs; started by Pulumi."""

import os
import signal
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
import yaml
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2_grpc
from pulumi.runtime.proto import provider_pb2 as messages

from tools.checkout import ROOT

_MESSAGE_BYTES = 400 * 1024 * 1024


def add_plugin(project: Path) -> None:
    """Names the plugin in a project's Pulumi.yaml."""
    folder = project / "noop"
    folder.mkdir()
    command = folder / "pulumi-resource-noop"
    command.write_text(
        f"#!/bin/sh\nPYTHONPATH='{ROOT}' exec '{sys.executable}' -m benchmarks.noop_plugin \"$@\"\n"
    )
    command.chmod(0o755)
    file = project / "Pulumi.yaml"
    described = yaml.safe_load(file.read_text())
    described["plugins"] = {"providers": [{"name": "noop", "path": "noop"}]}
    file.write_text(yaml.safe_dump(described))


class Noop(provider_pb2_grpc.ResourceProviderServicer):
    """Accepts everything, and changes nothing anywhere."""

    def GetPluginInfo(self, request: empty_pb2.Empty, context: object) -> plugin_pb2.PluginInfo:
        """A version."""
        return plugin_pb2.PluginInfo(version="1.0.0")

    def CheckConfig(
        self, request: messages.CheckRequest, context: object
    ) -> messages.CheckResponse:
        """Accepts the inputs."""
        return messages.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: messages.DiffRequest, context: object) -> messages.DiffResponse:
        """Never differs."""
        return messages.DiffResponse(changes=messages.DiffResponse.DIFF_NONE)

    def Configure(
        self, request: messages.ConfigureRequest, context: object
    ) -> messages.ConfigureResponse:
        """Keeps nothing."""
        return messages.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    def Check(self, request: messages.CheckRequest, context: object) -> messages.CheckResponse:
        """Accepts the inputs."""
        return messages.CheckResponse(inputs=request.news)

    def Diff(self, request: messages.DiffRequest, context: object) -> messages.DiffResponse:
        """Compares inputs."""
        same = request.old_inputs == request.news
        kind = messages.DiffResponse.DIFF_NONE if same else messages.DiffResponse.DIFF_SOME
        return messages.DiffResponse(changes=kind)

    def Create(self, request: messages.CreateRequest, context: object) -> messages.CreateResponse:
        """Returns the inputs."""
        return messages.CreateResponse(id=str(uuid.uuid4()), properties=request.properties)

    def Update(self, request: messages.UpdateRequest, context: object) -> messages.UpdateResponse:
        """Returns the inputs."""
        return messages.UpdateResponse(properties=request.news)

    def Delete(self, request: messages.DeleteRequest, context: object) -> empty_pb2.Empty:
        """Deletes nothing."""
        return empty_pb2.Empty()

    def Cancel(self, request: empty_pb2.Empty, context: object) -> empty_pb2.Empty:
        """Has nothing to cancel."""
        return empty_pb2.Empty()


def main() -> None:
    """Serves one engine until it ends."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os._exit(0))
    server = grpc.server(
        ThreadPoolExecutor(128),
        options=[
            ("grpc.max_receive_message_length", _MESSAGE_BYTES),
            ("grpc.max_send_message_length", _MESSAGE_BYTES),
        ],
    )
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Noop(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    server.wait_for_termination()


if __name__ == "__main__":
    main()
