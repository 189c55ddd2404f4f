"""Builds the command line from Go modules, for machines that reach only package registries."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tools.checkout import ROOT, say
from tools.engine import PINNED, EngineError, toolchains

RECIPE = ROOT / "tools" / "pulumi-cli"
"""go.mod and go.sum: the build fetches exactly the modules that it was tried with."""
SDK = "github.com/pulumi/pulumi/sdk/v3"
YAML = "github.com/pulumi/pulumi-yaml"
CODEGEN = "./pulumi-codegen"
"""The engine's code generators, as a command of ours."""
COMMANDS = (
    "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    f"{YAML}/cmd/pulumi-language-yaml",
    CODEGEN,
)
HELPERS = ("python/dist/pulumi-resource-pulumi-python", "python/cmd/pulumi-language-python-exec")
"""Files of the SDK's module that the command line looks for beside itself."""
YAML_CHANGES = (
    # Packages are loaded by the engine.
    ("cmd/pulumi-language-yaml/main.go", "false /* useRPCLoader */", "true /* useRPCLoader */"),
    ("pkg/pulumiyaml/codegen/convert.go", "NewPluginLoader(host)", "NewPluginLoader(nil)"),
    ("pkg/pulumiyaml/packages.go", "NewPluginLoader(host)", "NewPluginLoader(nil)"),
    ("pkg/pulumiyaml/packages.go", "packages, nil, nil)", "packages, nil)"),
    # Names and arguments that have changed.
    (
        "pkg/pulumiyaml/codegen/convert.go",
        "\tbindOpts = append(bindOpts, pcl.Loader(loader))\n",
        "",
    ),
    ("pkg/pulumiyaml/codegen/convert.go", "parser.Files, bind", "parser.Files, loader, bind"),
    (
        "pkg/pulumiyaml/codegen/gen_program.go",
        "\tentries := []syn.ObjectPropertyDef{\n\t\tg.TypeProperty(collapseToken(n.Token)),",
        "\ttoken, _ := n.GetToken()\n"
        "\tentries := []syn.ObjectPropertyDef{\n\t\tg.TypeProperty(collapseToken(token)),",
    ),
    ("pkg/server/server.go", "\t\tpcl.Loader(schema.NewCachedLoader(loader)),\n", ""),
    ("pkg/server/server.go", "Files, bind", "Files, schema.NewCachedLoader(loader), bind"),
    ("pkg/server/server.go", "Parameterization.BaseProvider", "Parameterization.BasePlugin"),
)
"""What the newest YAML host that is a Go module needs with this version of the engine's modules.
With the older ones that it names, nearly all of them would be compiled a second time."""
SPACE = 5 * 1024**3
"""Bytes needed while building: modules 1.6 GB, build cache 1.9 GB, and what the linker writes."""
REPORT = 30
"""Seconds between two lines of progress."""


def build(work: Path) -> Path:
    """Builds the command line in the folder `work` and puts the SDK's helpers beside it.

    An interrupted build leaves its caches in `work` and is continued by the next call.

    Returns:
        the folder of commands; the hosts of most languages are missing yet.

    Raises:
        EngineError: no Go, no space, or the build failed.
    """
    say(
        f"Building Pulumi {PINNED} from its Go modules: "
        "about 4 minutes on 2 cores, once per machine."
    )
    built = _build(work, COMMANDS)
    modules = _module(work, SDK)
    for helper in HELPERS:
        target = built / Path(helper).name
        shutil.copyfile(modules / helper, target)
        target.chmod(0o755)
    return built


def build_codegen(work: Path) -> Path:
    """Builds the code generators alone, in the folder `work`; otherwise like `build`."""
    say("Building Pulumi's code generators from Go modules: about 2 minutes on 2 cores ...")
    return _build(work, (CODEGEN,))


def _build(work: Path, commands: tuple[str, ...]) -> Path:
    """Returns the folder of the commands."""
    if os.name == "nt":
        raise EngineError("the build works on Linux and macOS only")
    if shutil.disk_usage(work).free < SPACE:
        raise EngineError(f"building needs {SPACE // 1024**3} GB of free space in {work}")
    built = work / "cli"
    built.mkdir(exist_ok=True)
    modules = _write_modules(work)
    arguments = [
        *(f"-modfile={modules}", "-mod=readonly", "-trimpath", "-gcflags=all=-dwarf=false"),
        *("-ldflags", f"-s -w -X {SDK}/go/common/version.Version=v{PINNED}"),
        *("-o", f"{built}{os.sep}", *commands),
    ]
    log = work / "build.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [_go(), "build", *arguments],
            cwd=RECIPE,
            env=os.environ | build_environment(work),
            stdout=output,
            stderr=output,
        )
        try:
            _await(process)
        finally:
            process.kill()
    if process.returncode:
        end = "\n".join(log.read_text(errors="replace").splitlines()[-5:])
        raise EngineError(f"building from the Go modules failed:\n{end}\n(all of it: {log})")
    return built


def _write_modules(work: Path) -> Path:
    """Writes the build's own go.mod, which names a copy of the YAML host with YAML_CHANGES."""
    copy = work / "pulumi-yaml"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(_module(work, YAML), copy)
    for name, old, new in YAML_CHANGES:
        file = copy / name
        file.chmod(0o644)
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{YAML}/{name} holds no {old!r}"
        file.write_text(text.replace(old, new), encoding="utf-8")
    for name in ("go.mod", "go.sum"):
        shutil.copyfile(RECIPE / name, work / name)
    replace = f"-replace={YAML}={copy}"
    subprocess.run([_go(), "mod", "edit", replace, str(work / "go.mod")], check=True)
    return work / "go.mod"


def _module(work: Path, name: str) -> Path:
    """Returns the folder of a module, which is fetched if need be."""
    downloaded = subprocess.run(
        [_go(), "mod", "download", "-json", name],
        cwd=RECIPE,
        env=os.environ | build_environment(work),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    answer = json.loads(downloaded.stdout or "{}")
    if "Dir" not in answer:
        raise EngineError(f"fetching the Go module {name} failed: {answer.get('Error', '')}")
    return Path(answer["Dir"])


@cache
def _go() -> str:
    return str(toolchains.find(toolchains.GO) / "go")


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
