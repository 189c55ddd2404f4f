"""The SDK for Go, and the environment in which it and programs are compiled."""

import re
import shutil
import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from tools.checkout import ROOT
from tools.engine import toolchains
from tools.engine.locate import recipe
from tools.engine.place import cache_folder
from tools.folders import digest, keep
from tools.sdks.codegen import generate
from tools.sdks.commands import run

PROGRAM = ROOT / "examples" / "languages" / "go"
"""Its go.mod and go.sum name the modules that the SDK is compiled with, by hash."""
LICENSE = ROOT / "LICENSE"


def commands() -> Path:
    """Returns the folder of Go's command."""
    return toolchains.find(toolchains.GO)


def variables() -> Mapping[str, str]:
    """Returns the environment variables to compile with: caches of this project's own.

    Without symbols for debuggers a program is compiled and linked in half the time.
    """
    cache = cache_folder() / "go"
    return {
        "CGO_ENABLED": "0",
        "GOCACHE": str(cache / "build"),
        "GOFLAGS": "-modcacherw -trimpath -gcflags=all=-dwarf=false -ldflags=-s",
        "GOGC": "400",
        "GOMODCACHE": str(cache / "modules"),
        "GOTOOLCHAIN": "local",
        "GOWORK": "off",
    }


def sdk(schema: str) -> Path:
    """Returns the folder of the compiled module.

    Args:
        schema: the schema's JSON.
    """
    made_of = digest([*_lock(), LICENSE], recipe(), schema)
    return keep(cache_folder() / "sdks" / f"go-{made_of}", partial(make_sdk, schema))


def make_sdk(schema: str, work: Path) -> Path:
    """Makes what `sdk` returns, in the folder `work`."""
    made, program = work / "made", work / "program"
    for folder in (made, program):
        shutil.rmtree(folder, ignore_errors=True)
    generate(schema, "go", made)
    shutil.copyfile(LICENSE, made / LICENSE.name)
    _make_program(program, made)
    run(["go", "build", f"{module(made)}/..."], program, commands(), variables())
    return made


def modules(made: Path) -> dict[str, str]:
    """Returns what the compiled module holds of other modules: by path, the version.

    Args:
        made: what `sdk` returned.
    """
    listed = "{{with .Module}}{{.Path}} {{.Version}}{{end}}"
    with tempfile.TemporaryDirectory() as program:
        _make_program(Path(program), made)
        command = ["go", "list", "-deps", "-f", listed, f"{module(made)}/..."]
        lines = run(command, Path(program), commands(), variables()).split("\n")
    found = dict(words for line in lines if len(words := line.split()) == 2)
    del found[module(made)]
    return found


def module(folder: Path) -> str:
    """Returns the path of a module, by which programs import it."""
    named = re.search(r"^module (\S+)$", (folder / "go.mod").read_text(), re.MULTILINE)
    assert named is not None
    return named[1]


def add(project: Path, schema: str) -> None:
    """Makes a project take the SDK from the cache."""
    _replace(project, sdk(schema))


def _make_program(folder: Path, made: Path) -> None:
    """Makes a module with the locked requirements and the SDK."""
    folder.mkdir(exist_ok=True)
    for file in _lock():
        shutil.copyfile(file, folder / file.name)
    _replace(folder, made)


def _replace(project: Path, made: Path) -> None:
    edit = ["go", "mod", "edit", f"-replace={module(made)}={made}"]
    run(edit, project, commands(), variables())


def _lock() -> list[Path]:
    return [PROGRAM / "go.mod", PROGRAM / "go.sum"]
