"""Runs Go programs."""

import json
import os
import tempfile
from pathlib import Path

from pulumi.runtime.proto import language_pb2 as wire

from tools.language_host.host import Command, LanguageHost, ProgramError


class Host(LanguageHost):
    """A program is compiled first, into the file that the option `buildTarget` names if any."""

    language = "go"

    def program(self, request: wire.RunRequest) -> Command:
        """Compiles the program and returns its command."""
        folder = request.info.program_directory
        options = request.info.options.fields
        if "buildTarget" in options:
            target = Path(folder, options["buildTarget"].string_value)
        else:
            target = Path(tempfile.mkdtemp(prefix="pulumi-go-"), "program")
        build = ["go", "build", "-o", str(target), "."]
        if code := self.children.run(build, folder=folder, environment=os.environ):
            raise ProgramError(f"{' '.join(build)} ended with code {code}")
        environment = os.environ | {
            "PULUMI_CONFIG": json.dumps(dict(request.config)),
            "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(request.configSecretKeys)),
            "PULUMI_DRY_RUN": "true" if request.dryRun else "false",
            "PULUMI_ENGINE": self.engine,
            "PULUMI_MONITOR": request.monitor_address,
            "PULUMI_ORGANIZATION": request.organization,
            "PULUMI_PARALLEL": str(request.parallel),
            "PULUMI_PROJECT": request.project,
            "PULUMI_ROOT_DIRECTORY": request.info.root_directory,
            "PULUMI_STACK": request.stack,
        }
        return Command([str(target), *request.args], environment)

    def installation(self, request: wire.InstallDependenciesRequest) -> Command:
        """Returns Go with the project's go.mod."""
        return Command(["go", "mod", "download"], dict(os.environ))
