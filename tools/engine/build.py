"""Builds the command line from Go modules, for machines that reach only package registries."""

import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from tools.checkout import ROOT, say
from tools.engine import PINNED, EngineError, go

RECIPE = ROOT / "tools" / "pulumi-cli"
"""go.mod and go.sum: the build fetches exactly the modules that it was tried with."""
SDK = "github.com/pulumi/pulumi/sdk/v3"
COMMAND = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
HELPERS = ("python/dist/pulumi-resource-pulumi-python", "python/cmd/pulumi-language-python-exec")
"""Files of the SDK's module that the command line looks for beside itself."""
SPACE = 5 * 1024**3
"""Bytes needed while building: modules 1.4 GB, build cache 1.6 GB, and what the linker writes."""
REPORT = 30
"""Seconds between two lines of progress."""


def build(work: Path) -> Path:
    """Builds the command line in the folder `work` and puts the SDK's helpers beside it.

    An interrupted build leaves its caches in `work` and is continued by the next call.

    Returns:
        the folder of commands; it has no language host yet.

    Raises:
        EngineError: no Go, no space, or the build failed.
    """
    if os.name == "nt":
        raise EngineError("the build works on Linux and macOS only")
    if shutil.disk_usage(work).free < SPACE:
        raise EngineError(f"building needs {SPACE // 1024**3} GB of free space in {work}")
    command = go.find(work)
    say(
        f"Building Pulumi {PINNED} from its Go modules: "
        "about 3 minutes on 2 cores, once per machine."
    )
    environment = os.environ | build_environment(work)
    built = work / "cli"
    built.mkdir(exist_ok=True)
    arguments = [
        *("build", "-mod=readonly", "-trimpath", "-gcflags=all=-dwarf=false"),
        *("-ldflags", f"-s -w -X {SDK}/go/common/version.Version=v{PINNED}"),
        *("-o", str(built / "pulumi"), COMMAND),
    ]
    log = work / "build.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [command, *arguments], cwd=RECIPE, env=environment, stdout=output, stderr=output
        )
        try:
            _await(process)
        finally:
            process.kill()
    if process.returncode:
        end = "\n".join(log.read_text(errors="replace").splitlines()[-5:])
        raise EngineError(f"building from the Go modules failed:\n{end}\n(all of it: {log})")
    modules = subprocess.run(
        [command, "list", "-m", "-f", "{{.Dir}}", SDK],
        cwd=RECIPE,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    for helper in HELPERS:
        target = built / Path(helper).name
        shutil.copyfile(Path(modules, helper), target)
        target.chmod(0o755)
    return built


def build_environment(work: Path) -> Mapping[str, str]:
    """Returns the build's environment variables: caches of its own, nothing of a workspace."""
    return {
        "CGO_ENABLED": "0",
        "GOCACHE": str(work / "build-cache"),
        "GOFLAGS": "-modcacherw",
        # The compiler's garbage collector costs a fifth of the time, and memory is there.
        "GOGC": "400",
        "GOMODCACHE": str(work / "modules"),
        "GOTOOLCHAIN": "local",
        "GOWORK": "off",
    }


def _await(process: subprocess.Popen[bytes]) -> None:
    began = time.monotonic()
    while True:
        try:
            process.wait(timeout=REPORT)
        except subprocess.TimeoutExpired:
            say(f"  ... still building ({time.monotonic() - began:.0f} s)")
        else:
            return
