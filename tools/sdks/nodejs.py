"""The SDK for TypeScript and JavaScript, and what it and programs are compiled and run with."""

import shutil
from functools import partial
from pathlib import Path

from tools.engine import toolchains
from tools.engine.locate import recipe
from tools.engine.place import cache_folder
from tools.folders import digest, keep
from tools.sdks.codegen import generate
from tools.sdks.commands import run

PACKAGE = "@pulumi-connect-users/connect-users"
LOCK = Path(__file__).with_name("nodejs")
"""package.json and its lock: Pulumi's packages and the compiler, by hash."""


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
    made_of = digest(_lock(), recipe(), schema)
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
    pack = ["npm", "pack", "--offline", "--ignore-scripts", "--pack-destination", str(made)]
    run(pack, package, commands())
    return made


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
