"""Runs Python programs, policy packs and providers."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import grpc
from google.protobuf.struct_pb2 import Value
from pulumi.runtime.proto import language_pb2 as wire

from tools.language_host.host import Command, LanguageHost, ProgramError

EXEC = Path(__file__).resolve().parents[2] / "pulumi-language-python-exec"
"""The SDK's own helper: this module is copied into the folder of the CLI."""

_HAS_UV = importlib.util.find_spec("uv") is not None
"""uv installs in seconds what takes pip most of a minute."""


class MissingEnvironmentError(ProgramError):
    """The virtual environment that Pulumi.yaml names is not there."""

    def __init__(self, name: str, home: Path) -> None:
        super().__init__(
            f"The 'virtualenv' option in Pulumi.yaml is {name!r}, but {home} is not a virtual "
            "environment. Make it, or run `pulumi install`."
        )
        self.home = home


class Host(LanguageHost):
    """A program's Python is found as the official host finds it."""

    language = "python"

    def program(self, request: wire.RunRequest) -> Command:
        """Returns the SDK's own helper, which runs the program."""
        python, environment = interpreter(request.info)
        environment["PULUMI_CONFIG"] = json.dumps(dict(request.config))
        environment["PULUMI_CONFIG_SECRET_KEYS"] = json.dumps(list(request.configSecretKeys))
        arguments = {
            "--monitor": request.monitor_address,
            "--engine": self.engine,
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
        return Command([python, "-u", str(EXEC), *options, program, *request.args], environment)

    def plugin(self, request: wire.RunPluginRequest) -> Command:
        """Returns what runs a policy pack, or a provider written in Python."""
        python, environment = interpreter(request.info)
        folder = request.info.program_directory
        if request.kind == "analyzer":
            words = [python, "-u", "-m", "pulumi.policy", *request.args, folder]
        else:
            words = [python, "-u", folder, *request.args]
        return Command(words, environment)

    def installation(self, request: wire.InstallDependenciesRequest) -> Command | None:
        """Returns what installs requirements.txt; makes the environment if absent."""
        try:
            python, environment = interpreter(request.info)
        except MissingEnvironmentError as missing:
            subprocess.run([*_venv(), str(missing.home)], check=True)
            python, environment = interpreter(request.info)
        if not (Path(request.directory) / "requirements.txt").exists():
            return None
        pip = [sys.executable, "-m", "uv", "pip"] if _HAS_UV else [python, "-m", "pip"]
        where = ["--python", python] if _HAS_UV else []
        return Command([*pip, "install", *where, "-r", "requirements.txt"], environment)

    def About(
        self, request: wire.AboutRequest, context: grpc.ServicerContext
    ) -> wire.AboutResponse:
        """Reports which Python runs programs."""
        python, environment = interpreter(request.info)
        version = _output([python, "-c", "import platform; print(platform.python_version())"])
        return wire.AboutResponse(
            executable=shutil.which(python, path=environment["PATH"]) or python, version=version
        )

    def GetProgramDependencies(
        self, request: wire.GetProgramDependenciesRequest, context: grpc.ServicerContext
    ) -> wire.GetProgramDependenciesResponse:
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


def interpreter(info: wire.ProgramInfo) -> tuple[str, dict[str, str]]:
    """Finds the Python that runs a program, and the environment variables to run it with.

    Returns:
        the command, and a copy of this process's environment with that Python's folder first on
        PATH.

    Raises:
        MissingEnvironmentError: Pulumi.yaml names a virtual environment that is not there.
    """
    options: Mapping[str, Value] = info.options.fields
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
        raise MissingEnvironmentError(named, home)
    environment["PATH"] = os.pathsep.join([str(commands), environment.get("PATH", "")])
    environment.pop("PYTHONHOME", None)
    return str(commands / "python"), environment


def _venv() -> list[str]:
    """Returns what makes a virtual environment with pip, but for its folder."""
    uv = ["uv", "venv", "--quiet", "--seed", "--python", sys.executable]
    return [sys.executable, "-m", *(uv if _HAS_UV else ["venv"])]


def _output(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
