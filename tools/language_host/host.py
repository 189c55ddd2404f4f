"""Serves Pulumi's gRPC service `LanguageRuntime`: the engine asks, and it starts Python programs.

Run as `python -u host.py [FLAGS] ENGINE_ADDRESS` by the CLI. It prints its port and serves until it
is signalled or its standard input ends: the CLI holds that pipe, so a killed CLI leaves nothing
behind. Its own interpreter needs `pulumi`; a program's is found as the official host finds it.
"""

import importlib.util
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import types
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any


def _without_initialisers(*packages: str) -> None:
    """Lets modules of `packages` be imported without running the packages' own `__init__`.

    The generated stubs need nothing of the SDK; importing all of it would double this start-up, and
    each CLI command waits for that.
    """
    for name in packages:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.submodule_search_locations is None:
            sys.exit(
                f"Starting the Python language host: {sys.executable} has no `{name}`. Set "
                "PULUMI_CONNECT_USERS_PYTHON to the Python of an environment that has it "
                "(`source .connect-users/env` does), or activate that environment."
            )
        package = types.ModuleType(name)
        package.__path__ = list(spec.submodule_search_locations)
        sys.modules[name] = package


_without_initialisers("pulumi", "pulumi.runtime")

import grpc  # noqa: E402
from google.protobuf.empty_pb2 import Empty  # noqa: E402
from pulumi.runtime.proto import language_pb2 as wire  # noqa: E402
from pulumi.runtime.proto import language_pb2_grpc, plugin_pb2  # noqa: E402

EXEC = Path(__file__).resolve().with_name("pulumi-language-python-exec")
BAIL = 32
"""The exit code by which a program says that its error has been shown already."""
MESSAGE_BYTES = 400 * 1024 * 1024
"""The largest message, as in the SDK."""
CALLS = 64
"""Calls served at once; a running program or policy pack holds one for all its life."""

Program = Any
"""A `ProgramInfo` message: folders, entry point and the `runtime.options` of Pulumi.yaml."""


class MissingEnvironmentError(Exception):
    """The virtual environment that Pulumi.yaml names is not there."""


class Children:
    """The processes that this host has started and must not outlive."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()

    def start(self, command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        """Starts a process of this host's process group."""
        with self._lock:
            child = subprocess.Popen(command, stdin=subprocess.DEVNULL, **options)
            self._running.add(child)
        return child

    def wait(self, child: subprocess.Popen[bytes]) -> int:
        """Waits for a process and returns its exit code."""
        code = child.wait()
        with self._lock:
            self._running.discard(child)
        return code

    def end(self) -> None:
        """Asks every running process to end."""
        # No lock: a signal handler runs on a thread that may be holding it.
        for child in tuple(self._running):
            child.terminate()


class LanguageHost(language_pb2_grpc.LanguageRuntimeServicer):
    """Answers the engine. Methods carry the service's names, which are not PEP 8's."""

    def __init__(self, engine: str, children: Children) -> None:
        self._engine = engine
        self._children = children

    def Handshake(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Learns the engine's address where the engine attached to a host that already ran."""
        self._engine = request.engine_address
        return wire.LanguageHandshakeResponse()

    def GetPluginInfo(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Tells a version: the stand-in's, which is nobody's."""
        return plugin_pb2.PluginInfo(version="0.0.0")

    def GetRequiredPlugins(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Requires nothing: dynamic providers run from the program's own environment."""
        return wire.GetRequiredPluginsResponse()

    def GetRequiredPackages(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Requires nothing, as above."""
        return wire.GetRequiredPackagesResponse()

    def RuntimeOptionsPrompts(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Asks nothing of somebody who makes a new project."""
        return wire.RuntimeOptionsResponse()

    def Cancel(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Ends the running programs."""
        self._children.end()
        return Empty()

    def About(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Tells which Python runs programs."""
        python, environment = interpreter(request.info)
        version = _output([python, "-c", "import platform; print(platform.python_version())"])
        return wire.AboutResponse(
            executable=shutil.which(python, path=environment["PATH"]) or python, version=version
        )

    def GetProgramDependencies(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Lists the distributions that the program's environment holds."""
        python, _ = interpreter(request.info)
        listing = _output(
            [
                python,
                "-c",
                "import importlib.metadata as m, json; "
                "print(json.dumps(sorted({(d.name, d.version) for d in m.distributions()})))",
            ]
        )
        return wire.GetProgramDependenciesResponse(
            dependencies=[wire.DependencyInfo(name=n, version=v) for n, v in json.loads(listing)]
        )

    def InstallDependencies(self, request: Any, context: Any) -> Iterator[Any]:  # noqa: N802
        """Installs a project's requirements.txt into its environment, which it makes if absent."""
        try:
            python, environment = interpreter(request.info)
        except MissingEnvironmentError as missing:
            home = str(missing.args[1])
            yield wire.InstallDependenciesResponse(stdout=f"Making {home} ...\n".encode())
            subprocess.run([sys.executable, "-m", "venv", home], check=True)
            python, environment = interpreter(request.info)
        if not (Path(request.directory) / "requirements.txt").exists():
            return
        install = [python, "-m", "pip", "install", "-r", "requirements.txt"]
        child = self._children.start(
            install,
            cwd=request.directory,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert child.stdout is not None
        for line in child.stdout:
            yield wire.InstallDependenciesResponse(stdout=line)
        if code := self._children.wait(child):
            context.abort(grpc.StatusCode.INTERNAL, f"{' '.join(install)} ended with code {code}")

    def Run(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Runs a program to its end."""
        try:
            python, environment = interpreter(request.info)
        except MissingEnvironmentError as missing:
            return wire.RunResponse(error=missing.args[0])
        environment["PULUMI_CONFIG"] = json.dumps(dict(request.config))
        environment["PULUMI_CONFIG_SECRET_KEYS"] = json.dumps(list(request.configSecretKeys))
        arguments = {
            "--monitor": request.monitor_address,
            "--engine": self._engine,
            "--project": request.project,
            "--stack": request.stack,
            "--organization": request.organization,
            "--pwd": request.pwd,
            "--dry_run": "true" if request.dryRun else "false",
            "--parallel": str(request.parallel),
            "--root_directory": request.info.root_directory,
        }
        options = [text for pair in arguments.items() for text in pair if pair[1]]
        program = request.program or request.info.entry_point
        child = self._children.start(
            [python, "-u", str(EXEC), *options, program, *request.args],
            cwd=request.pwd or None,
            env=environment,
        )
        code = self._children.wait(child)
        if code == BAIL:
            return wire.RunResponse(bail=True)
        return wire.RunResponse(
            error=f"Program exited with non-zero exit code: {code}" if code else ""
        )

    def RunPlugin(self, request: Any, context: Any) -> Iterator[Any]:  # noqa: N802
        """Runs a policy pack, or a provider written in Python, and passes on what it prints."""
        try:
            python, environment = interpreter(request.info)
        except MissingEnvironmentError as missing:
            yield wire.RunPluginResponse(stderr=missing.args[0].encode())
            yield wire.RunPluginResponse(exitcode=1)
            return
        folder = request.info.program_directory
        if request.kind == "analyzer":
            command = [python, "-u", "-m", "pulumi.policy", *request.args, folder]
        else:
            command = [python, "-u", folder, *request.args]
        requested = dict(entry.split("=", 1) for entry in request.env)
        path = {"PATH": environment["PATH"]}
        child = self._children.start(
            command,
            cwd=request.pwd,
            env=environment | requested | path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        context.add_callback(child.terminate)
        for name, chunk in _chunks(child):
            if name == "stdout":
                yield wire.RunPluginResponse(stdout=chunk)
            else:
                yield wire.RunPluginResponse(stderr=chunk)
        yield wire.RunPluginResponse(exitcode=self._children.wait(child))


def interpreter(info: Program) -> tuple[str, dict[str, str]]:
    """Finds the Python that runs a program, and the environment variables to run it with.

    Returns:
        the command, and a copy of this process's environment with that Python's folder first on
        PATH.

    Raises:
        MissingEnvironmentError: Pulumi.yaml names a virtual environment that is not there; the
            arguments are the message and the folder.
    """
    options: Mapping[str, Any] = info.options.fields
    named = options["virtualenv"].string_value if "virtualenv" in options else ""
    if not named and "toolchain" in options and options["toolchain"].string_value == "uv":
        named = ".venv"
    environment = dict(os.environ)
    if not named:
        command = os.environ.get("PULUMI_PYTHON_CMD") or "python3"
        return (command if shutil.which(command) else "python"), environment
    home = Path(info.root_directory, named)
    commands = home / ("Scripts" if os.name == "nt" else "bin")
    if not (commands / "python").exists():
        raise MissingEnvironmentError(
            f"The 'virtualenv' option in Pulumi.yaml is {named!r}, but {home} is no virtual "
            "environment. Make it, or run `pulumi install`.",
            home,
        )
    environment["PATH"] = os.pathsep.join([str(commands), environment.get("PATH", "")])
    environment.pop("PYTHONHOME", None)
    return str(commands / "python"), environment


def _output(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _chunks(child: subprocess.Popen[bytes]) -> Iterator[tuple[str, bytes]]:
    """Yields ("stdout" or "stderr", bytes) as they come, until both ends are closed."""
    found: queue.SimpleQueue[tuple[str, bytes]] = queue.SimpleQueue()

    def pump(name: str, stream: Any) -> None:
        while chunk := stream.read1(65536):
            found.put((name, chunk))
        found.put((name, b""))

    for name, stream in (("stdout", child.stdout), ("stderr", child.stderr)):
        threading.Thread(target=pump, args=(name, stream), daemon=True).start()
    still_open = 2
    while still_open:
        name, chunk = found.get()
        if chunk:
            yield name, chunk
        else:
            still_open -= 1


def main() -> None:
    """Serves until the CLI goes."""
    children = Children()

    def leave(*_: object) -> None:
        # At once: the CLI waits for this process before it returns to the prompt.
        children.end()
        os._exit(0)

    signal.signal(signal.SIGINT, leave)
    signal.signal(signal.SIGTERM, leave)
    limits = [
        ("grpc.max_send_message_length", -1),
        ("grpc.max_receive_message_length", MESSAGE_BYTES),
    ]
    server = grpc.server(ThreadPoolExecutor(max_workers=CALLS), options=limits)
    host = LanguageHost(engine=sys.argv[-1], children=children)
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(host, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    # The main thread must stay free for signals, which Python handles between its instructions.
    threading.Thread(target=lambda: leave(sys.stdin.buffer.read()), daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
