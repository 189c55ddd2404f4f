"""The SDK for TypeScript and JavaScript, and what it and programs are compiled and run with."""

import json
import shutil
from base64 import b64decode
from collections.abc import Container
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tools.checkout import ROOT
from tools.engine import toolchains
from tools.engine.locate import recipe
from tools.engine.place import cache_folder
from tools.folders import digest, keep
from tools.sdks.codegen import generate
from tools.sdks.commands import run

PACKAGE = "@pulumi-connect-users/connect-users"
LOCK = Path(__file__).with_name("nodejs")
"""package.json and its lock: Pulumi's packages and the compiler, by hash."""
LICENSE = ROOT / "LICENSE"


class Locked(NamedTuple):
    """A package of the lock."""

    version: str
    sha512: str


def commands() -> Path:
    """Returns the folder of Node.js and npm."""
    return toolchains.find(toolchains.NODE)


def modules() -> Path:
    """Returns the node_modules that the lock names, installed once."""
    return keep(cache_folder() / "node-modules" / digest(_lock()), _install) / "node_modules"


def sdk(schema: str) -> Path:
    """Returns a folder with the compiled package, `package`, and the same as npm's tarball.

    Args:
        schema: the schema's JSON.
    """
    made_of = digest([*_lock(), LICENSE], recipe(), schema)
    return keep(cache_folder() / "sdks" / f"nodejs-{made_of}", partial(make_sdk, schema))


def make_sdk(schema: str, work: Path) -> Path:
    """Makes what `sdk` returns, in the folder `work`."""
    made, source = work / "made", work / "source"
    for folder in (made, source):
        shutil.rmtree(folder, ignore_errors=True)
    generate(schema, "nodejs", source)
    (source / "node_modules").symlink_to(modules())
    run(["node", "node_modules/typescript/bin/tsc"], source, commands())
    made.mkdir()
    package = (source / "bin").rename(made / "package")
    for name in ("package.json", "README.md"):
        shutil.copyfile(source / name, package / name)
    shutil.copyfile(LICENSE, package / LICENSE.name)
    pack = ["npm", "pack", "--offline", "--ignore-scripts", "--pack-destination", str(made)]
    run(pack, package, commands())
    return made


def locked_packages(made: Path) -> dict[str, set[Locked]]:
    """Returns what the SDK needs to run, as locked: by name, each version that is installed.

    Args:
        made: what `sdk` returned.
    """
    lock = json.loads((LOCK / "npm-shrinkwrap.json").read_text())["packages"]
    package = json.loads((made / "package" / "package.json").read_text())
    waiting = [("", name) for name in package["dependencies"]]
    places: dict[str, str] = {}
    while waiting:
        folder, name = waiting.pop()
        place = _place(lock, folder, name)
        if place is not None and place not in places:
            places[place] = name
            waiting += [(place, needed) for needed in lock[place].get("dependencies", {})]
    found: dict[str, set[Locked]] = {}
    for place, name in sorted(places.items()):
        one = Locked(lock[place]["version"], b64decode(lock[place]["integrity"][7:]).hex())
        found.setdefault(name, set()).add(one)
    return found


def _place(lock: Container[str], folder: str, name: str) -> str | None:
    """Where Node.js finds a package for another one: below its folder, or further up."""
    while True:
        place = f"{folder}/node_modules/{name}".lstrip("/")
        if place in lock:
            return place
        if not folder:
            return None
        folder = folder.rpartition("/node_modules/")[0] if "/node_modules/" in folder else ""


def add(project: Path, schema: str) -> None:
    """Puts the SDK and what it needs into a project's node_modules."""
    target = project / "node_modules"
    target.mkdir()
    for entry in modules().iterdir():
        if entry.name.startswith("@"):
            (target / entry.name).mkdir()
            for scoped in entry.iterdir():
                (target / entry.name / scoped.name).symlink_to(scoped)
        else:
            (target / entry.name).symlink_to(entry)
    shutil.copytree(sdk(schema) / "package", target / PACKAGE)


def _install(work: Path) -> Path:
    made = work / "made"
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(LOCK, made)
    run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], made, commands())
    return made


def _lock() -> list[Path]:
    return sorted(LOCK.glob("*.json"))
