"""Runs Node.js programs and policy packs, in TypeScript or JavaScript."""

import json
import os
from pathlib import Path

from pulumi.runtime.proto import language_pb2 as wire

from tools.language_host.host import Command, LanguageHost, ProgramError

SDK = Path("node_modules", "@pulumi", "pulumi")


class Host(LanguageHost):
    """The SDK in the program's own node_modules runs it, and compiles TypeScript."""

    language = "nodejs"

    def program(self, request: wire.RunRequest) -> Command:
        """Returns the SDK's own runner."""
        options = {
            "--monitor": request.monitor_address,
            "--engine": self.engine,
            "--project": request.project,
            "--stack": request.stack,
            "--organization": request.organization,
            "--root-directory": request.info.root_directory,
            "--pwd": request.info.program_directory,
            "--parallel": str(request.parallel),
        }
        words = _run("run", request.info)
        words += [text for pair in options.items() for text in pair if pair[1]]
        words += ["--dry-run"] if request.dryRun else []
        environment = _environment(request.info) | {
            "PULUMI_CONFIG": json.dumps({_key(k): v for k, v in request.config.items()}),
            "PULUMI_CONFIG_SECRET_KEYS": json.dumps([_key(k) for k in request.configSecretKeys]),
        }
        return Command([*words, request.info.entry_point or ".", *request.args], environment)

    def plugin(self, request: wire.RunPluginRequest) -> Command:
        """Returns what runs a policy pack."""
        if request.kind != "analyzer":
            return super().plugin(request)
        folder = request.info.program_directory
        # A pack reads its version from the package.json of the working directory.
        words = [*_run("run-policy-pack", request.info), "--pwd", folder, *request.args, folder]
        return Command(words, _environment(request.info))

    def installation(self, request: wire.InstallDependenciesRequest) -> Command:
        """Returns npm with the project's package.json."""
        return Command(["npm", "install", "--no-audit", "--no-fund"], dict(os.environ))


def _run(name: str, info: wire.ProgramInfo) -> list[str]:
    folder = Path(info.program_directory)
    for parent in (folder, *folder.parents):
        if (run := parent / SDK / "cmd" / name).exists():
            return ["node", str(run)]
    raise ProgramError(f"{folder} has no @pulumi/pulumi in its node_modules. Run `pulumi install`.")


def _environment(info: wire.ProgramInfo) -> dict[str, str]:
    options = info.options.fields
    typescript = "typescript" not in options or options["typescript"].bool_value
    return os.environ | {"PULUMI_NODEJS_TYPESCRIPT": "true" if typescript else "false"}


def _key(name: str) -> str:
    """Returns a configuration key as this SDK wants it: `project:config:key`."""
    return name.replace(":", ":config:", 1)
