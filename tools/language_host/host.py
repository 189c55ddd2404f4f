"""What the stand-in hosts of all languages have in common."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, NamedTuple, TypeVar

import grpc
from google.protobuf.empty_pb2 import Empty
from google.protobuf.message import Message
from pulumi.runtime.proto import language_pb2 as wire
from pulumi.runtime.proto import language_pb2_grpc, plugin_pb2

from tools.language_host.children import Children, chunks

CODEGEN = Path(__file__).resolve().parents[2] / "pulumi-codegen"
"""The engine's code generators: this module is copied into the folder of the CLI."""
BAIL = 32
"""The exit code by which a program says that its error has been shown already."""
_Response = TypeVar("_Response", bound=Message)


class ProgramError(Exception):
    """A program cannot be started; the message is for whoever ran the command."""


class Command(NamedTuple):
    """A command line, and its whole environment."""

    words: list[str]
    environment: dict[str, str]


class LanguageHost(language_pb2_grpc.LanguageRuntimeServicer):
    """Answers the engine. Methods carry the service's names, which are not PEP 8's."""

    language: ClassVar[str]
    """As the generators of `pulumi-codegen` name it."""

    def __init__(self, engine: str, children: Children) -> None:
        self.engine = engine
        self.children = children

    def program(self, request: wire.RunRequest) -> Command:
        """Returns what runs a program.

        Raises:
            ProgramError: it cannot be run.
        """
        raise NotImplementedError

    def plugin(self, request: wire.RunPluginRequest) -> Command:
        """Returns what runs a policy pack or a provider.

        Raises:
            ProgramError: it cannot be run.
        """
        raise ProgramError(
            f"The stand-in language host for {self.language} cannot run a {request.kind}. "
            "Install Pulumi (https://www.pulumi.com/docs/install/), whose own host can."
        )

    def installation(self, request: wire.InstallDependenciesRequest) -> Command | None:
        """Returns what installs the dependencies of a project; None where there are none."""
        raise NotImplementedError

    def Handshake(
        self, request: wire.LanguageHandshakeRequest, context: grpc.ServicerContext
    ) -> wire.LanguageHandshakeResponse:
        """Learns the engine's address where the engine attached to a host that already ran."""
        self.engine = request.engine_address
        return wire.LanguageHandshakeResponse()

    def GetPluginInfo(self, request: Empty, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        """Reports the stand-in's version, which is nobody's."""
        return plugin_pb2.PluginInfo(version="0.0.0")

    def GetRequiredPlugins(
        self, request: wire.GetRequiredPluginsRequest, context: grpc.ServicerContext
    ) -> wire.GetRequiredPluginsResponse:
        """Requires nothing: resources name their plugin when they are registered."""
        return wire.GetRequiredPluginsResponse()

    def GetRequiredPackages(
        self, request: wire.GetRequiredPackagesRequest, context: grpc.ServicerContext
    ) -> wire.GetRequiredPackagesResponse:
        """Requires nothing, as above."""
        return wire.GetRequiredPackagesResponse()

    def GetProgramDependencies(
        self, request: wire.GetProgramDependenciesRequest, context: grpc.ServicerContext
    ) -> wire.GetProgramDependenciesResponse:
        """Lists no dependencies: `pulumi about` alone asks for them."""
        return wire.GetProgramDependenciesResponse()

    def About(
        self, request: wire.AboutRequest, context: grpc.ServicerContext
    ) -> wire.AboutResponse:
        """Reports what runs programs."""
        return wire.AboutResponse(executable=self.language)

    def RuntimeOptionsPrompts(
        self, request: wire.RuntimeOptionsRequest, context: grpc.ServicerContext
    ) -> wire.RuntimeOptionsResponse:
        """Asks nothing of someone who makes a new project."""
        return wire.RuntimeOptionsResponse()

    def Cancel(self, request: Empty, context: grpc.ServicerContext) -> Empty:
        """Ends the running programs."""
        self.children.end()
        return Empty()

    def InstallDependencies(
        self, request: wire.InstallDependenciesRequest, context: grpc.ServicerContext
    ) -> Iterator[wire.InstallDependenciesResponse]:
        """Installs a project's dependencies, and passes on what that prints."""
        command = self.installation(request)
        if command is None:
            return
        child = self.children.start(
            command.words,
            folder=request.directory,
            environment=command.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for _, chunk in chunks(child):
            yield wire.InstallDependenciesResponse(stdout=chunk)
        if code := self.children.wait(child):
            text = f"{' '.join(command.words)} ended with code {code}"
            context.abort(grpc.StatusCode.INTERNAL, text)

    def Run(self, request: wire.RunRequest, context: grpc.ServicerContext) -> wire.RunResponse:
        """Runs a program to its end."""
        try:
            command = self.program(request)
        except ProgramError as error:
            return wire.RunResponse(error=str(error))
        code = self.children.run(
            command.words,
            folder=request.info.program_directory or request.pwd,
            environment=command.environment,
        )
        if code == BAIL:
            return wire.RunResponse(bail=True)
        return wire.RunResponse(
            error=f"Program exited with non-zero exit code: {code}" if code else ""
        )

    def RunPlugin(
        self, request: wire.RunPluginRequest, context: grpc.ServicerContext
    ) -> Iterator[wire.RunPluginResponse]:
        """Runs a policy pack or a provider, and passes on what it prints."""
        try:
            command = self.plugin(request)
        except ProgramError as error:
            yield wire.RunPluginResponse(stderr=str(error).encode())
            yield wire.RunPluginResponse(exitcode=1)
            return
        requested = dict(entry.split("=", 1) for entry in request.env)
        path = {"PATH": command.environment["PATH"]}
        child = self.children.start(
            command.words,
            folder=request.pwd,
            environment=command.environment | requested | path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        context.add_callback(child.terminate)
        for name, chunk in chunks(child):
            if name == "stdout":
                yield wire.RunPluginResponse(stdout=chunk)
            else:
                yield wire.RunPluginResponse(stderr=chunk)
        yield wire.RunPluginResponse(exitcode=self.children.wait(child))

    def GeneratePackage(
        self, request: wire.GeneratePackageRequest, context: grpc.ServicerContext
    ) -> wire.GeneratePackageResponse:
        """Writes a package's SDK (`pulumi package gen-sdk` and `pulumi package add`)."""
        return self._generated(request, wire.GeneratePackageResponse(), context)

    def GenerateProgram(
        self, request: wire.GenerateProgramRequest, context: grpc.ServicerContext
    ) -> wire.GenerateProgramResponse:
        """Writes a program (what `pulumi import` suggests)."""
        return self._generated(request, wire.GenerateProgramResponse(), context)

    def _generated(
        self, request: Message, response: _Response, context: grpc.ServicerContext
    ) -> _Response:
        call = type(request).__name__.removesuffix("Request")
        generated = subprocess.run(
            [CODEGEN, call, self.language],
            input=request.SerializeToString(),
            capture_output=True,
            check=False,
        )
        if generated.returncode:
            context.abort(grpc.StatusCode.INTERNAL, generated.stderr.decode(errors="replace"))
        response.ParseFromString(generated.stdout)
        return response
