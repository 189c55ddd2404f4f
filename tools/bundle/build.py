"""Makes the bundle from a wheel, once for each content: it takes most of a minute."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from packaging.utils import canonicalize_name

from tools import sbom
from tools.archive import TIME, pack
from tools.bundle.licenses import PACKAGES, sources, write_licenses
from tools.checkout import ROOT, say
from tools.engine.place import cache_folder, platform_name
from tools.folders import digest, keep

NAME = "pulumi-resource-connect-users"
HOOKS = Path(__file__).with_name("hooks")
PROTOCOL = Path("pulumi", "runtime", "proto")
"""What the plugin needs of Pulumi's SDK: its messages. Importing the SDK itself takes as long as
all the rest, and brings the automation API."""
START = "from pulumi_connect_users.native.__main__ import main\n\nmain()\n"
BY_NAME = ("pulumi_connect_users.emulator.operations", "pulumi_connect_users.emulator.rules")
"""Packages whose modules are imported by name."""
DATA = (
    "*.dist-info/METADATA",
    "pulumi_connect_users/emulator/seeding/*.json",
    "pulumi_connect_users/native/schema/examples/*",
    "pulumi_connect_users/roster/files/*.json",
)
"""Files that the plugin reads; for botocore see its hook."""
UNNEEDED = (
    # Only the command line checks seeds.
    *("jsonschema", "waitress"),
    # What others import where it is installed.
    *("awscrt", "chardet", "cryptography", "dns", "IPython", "OpenSSL", "requests", "rich"),
    *("setuptools", "types_boto3_connect"),
    # Of the standard library.
    *("curses", "doctest", "lib2to3", "pdb", "pydoc", "readline", "tkinter", "unittest"),
)
KEPT = 4
"""Bundles in the cache."""


class BundleError(Exception):
    """PyInstaller failed; the message holds the end of what it printed."""


class Bundle(NamedTuple):
    """A bundle in the cache."""

    archive: Path
    packages: frozenset[str]
    """The canonical names of the Python packages in it, but for the wheel's own."""

    def copy_to(self, folder: Path, project: Path) -> Path:
        """Copies the archive, writes its SBOM (a part of `project`) beside it, returns the copy."""
        target = folder / f"{self.archive.name.removesuffix('.tar.gz')}{sbom.SUFFIX}"
        sbom.write_python(project, target, self.packages, kind="application")
        return Path(shutil.copy(self.archive, folder))


def archive_name(version: str) -> str:
    """Returns the name that `pulumi plugin install` downloads on this platform."""
    platform = platform_name().replace("x64", "amd64")
    return f"{NAME}-v{version}-{platform}.tar.gz"


def bundle(wheel: Path) -> Bundle:
    """Returns the bundle of a wheel, which is made if the cache does not hold it.

    Raises:
        BundleError: it cannot be made.
    """
    version = wheel.name.split("-")[1]
    home = cache_folder() / "bundles" / f"{platform_name()}-{_recipe(wheel)}"
    keep(home, partial(_make, wheel, version))
    packages = (home / "packages.txt").read_text().split()
    return Bundle(home / archive_name(version), frozenset(packages))


def _recipe(wheel: Path) -> str:
    """A digest of all that makes the bundle what it is."""
    with zipfile.ZipFile(wheel) as opened:
        contents = [f"{entry.filename} {entry.CRC:x}" for entry in opened.infolist()]
    own = sorted(Path(__file__).parent.rglob("*.py"))
    recipe = [ROOT / "requirements.lock", ROOT / "tools" / "archive.py", *own]
    return digest(recipe, *contents, sys.version, sysconfig.get_platform())


def _make(wheel: Path, version: str, work: Path) -> Path:
    """Makes a folder of the cache in the folder `work`."""
    say(f"Bundling {NAME}: about a minute ...")
    stage, log = work / "stage", work / "pyinstaller.log"
    for old in (stage, work / "made"):
        shutil.rmtree(old, ignore_errors=True)
    _stage(wheel, stage)
    with log.open("wb") as output:
        done = subprocess.run(
            [sys.executable, "-m", "PyInstaller", *_arguments(work, stage)],
            cwd=work,
            env=os.environ
            | {"PYTHONHASHSEED": "0", "PYTHONPATH": str(stage), "SOURCE_DATE_EPOCH": str(TIME)},
            stdout=output,
            stderr=output,
            check=False,
        )
    if done.returncode:
        end = "\n".join(log.read_text(errors="replace").splitlines()[-5:])
        raise BundleError(f"bundling failed (all of it: {log}):\n{end}")
    folder = work / "folder" / NAME
    write_licenses(folder / "LICENSES", sources(work / "work"), stage)
    made = work / "made"
    made.mkdir()
    pack(folder, made / archive_name(version))
    own = canonicalize_name(wheel.name.partition("-")[0])
    packages = {file.name for file in (folder / "LICENSES" / PACKAGES).iterdir()} - {own}
    (made / "packages.txt").write_text("".join(f"{name}\n" for name in sorted(packages)))
    _forget(work)
    return made


def _stage(wheel: Path, stage: Path) -> None:
    """Lays out what comes before site-packages: the wheel, and of Pulumi's SDK the protocol."""
    shutil.unpack_archive(wheel, stage, "zip")
    shutil.copytree(Path(sysconfig.get_path("purelib"), PROTOCOL), stage / PROTOCOL)
    for package in (PROTOCOL, *PROTOCOL.parents[:-1]):
        (stage / package / "__init__.py").write_text("")
    (stage / "start.py").write_text(START)


def _arguments(work: Path, stage: Path) -> Iterator[str]:
    yield from ("--noconfirm", "--clean", "--onedir", "--noupx", "--log-level", "WARN")
    if sys.platform == "linux" and shutil.which("strip"):
        yield "--strip"
    yield from ("--name", NAME, "--specpath", str(work))
    yield from ("--distpath", str(work / "folder"), "--workpath", str(work / "work"))
    yield from ("--paths", str(stage), "--additional-hooks-dir", str(HOOKS))
    for package in BY_NAME:
        yield from ("--collect-submodules", package)
    for module in UNNEEDED:
        yield from ("--exclude-module", module)
    for file in sorted(file for glob in DATA for file in stage.glob(glob)):
        yield from ("--add-data", f"{file}{os.pathsep}{file.parent.relative_to(stage)}")
    yield str(stage / "start.py")


def _forget(work: Path) -> None:
    """Removes old bundles from the cache, but for a few, and what killed builds have left."""
    cache = work.parent
    made = sorted(cache.glob("*/packages.txt"), key=lambda file: file.stat().st_mtime)
    left = set(cache.glob("*.work")) - {work}
    for old in (*left, *(file.parent for file in made[: 1 - KEPT])):
        shutil.rmtree(old, ignore_errors=True)
