"""`python -m tools.dist`: makes dist/, everything that a release consists of, from the last commit.

Wheel and source distribution of both packages, the plugin's bundle for this platform, a CycloneDX
SBOM of what each installs or holds, and the checksums of all of it. Made twice of one commit, every
file has the same bytes: the time in the packages' archives is the commit's.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, requires
from io import BytesIO
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import wheel
from tools.bundle.build import BundleError, bundle
from tools.checkout import ROOT, say
from tools.environment import locked_entry

PROJECTS = (".", "policies")
"""The folders of the checkout that are a distribution each."""
CHECKSUMS = "SHA256SUMS"


def main() -> int:
    """Makes the folder and returns the exit code."""
    parser = argparse.ArgumentParser(prog="tools.dist", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="default: dist")
    out = parser.parse_args().out.resolve()
    if _git("status", "--porcelain"):
        say("Note: what is not committed is not in it.")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder)
        _unpack_commit(source)
        for project in PROJECTS:
            say(f"Building {_table(source / project)['name']} ...")
            wheel.build(source / project, out, epoch=_time())
            table = _table(source / project)
            sbom = f"{table['name'].replace('-', '_')}-{table['version']}.cdx.json"
            _write_sbom(source / project, out / sbom, runtime_packages(source / project))
        (provider,) = out.glob("pulumi_connect_users-*.whl")
        try:
            plugin = bundle(provider)
        except BundleError as error:
            say(str(error))
            return 1
        sbom = plugin.copy_to(out).name.removesuffix(".tar.gz") + ".cdx.json"
        _write_sbom(source, out / sbom, plugin.packages, kind="application")
    files = sorted(file for file in out.iterdir() if not file.name.startswith("."))
    (out / CHECKSUMS).write_text("".join(f"{_sha256(file)}  {file.name}\n" for file in files))
    for file in files:
        print(f"{file.stat().st_size:>10,}  {file.name}")
    say(f"Made {len(files)} files and {CHECKSUMS} in {out}")
    return 0


def runtime_packages(project: Path) -> set[str]:
    """Returns the canonical names of all that a distribution and its extras install.

    Markers of other platforms count where this one knows the package: what is locked is universal.
    """
    table = _table(project)
    extras = table.get("optional-dependencies", {})
    waiting = [
        Requirement(text) for texts in [table["dependencies"], *extras.values()] for text in texts
    ]
    found: set[tuple[str, str]] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        asked = ["", *requirement.extras]
        if name == canonicalize_name(table["name"]) or {(name, e) for e in asked} <= found:
            continue
        found |= {(name, extra) for extra in asked}
        try:
            needed = map(Requirement, requires(name) or [])
        except PackageNotFoundError:
            continue
        waiting += [n for n in needed if _applies(n, asked)]
    return {name for name, _ in found}


def _applies(requirement: Requirement, extras: list[str]) -> bool:
    """Tells whether a requirement counts here, with the extras that were asked for."""
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras)


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", "-C", ROOT, *arguments], capture_output=True, check=True).stdout


def _unpack_commit(folder: Path) -> None:
    with tarfile.open(fileobj=BytesIO(_git("archive", "HEAD"))) as archive:
        archive.extractall(folder, filter="data")


def _time() -> str:
    return os.environ.get("SOURCE_DATE_EPOCH") or _git("log", "-1", "--format=%ct").decode().strip()


def _write_sbom(
    project: Path, target: Path, packages: Iterable[str], *, kind: str = "library"
) -> None:
    """Writes the SBOM of the locked versions, with their hashes."""
    lock = (ROOT / "requirements.lock").read_text()
    locked = "".join(locked_entry(package, lock) for package in sorted(packages))
    # It warns that the graph of dependencies has no root: a list of what is locked has none.
    python = [sys.executable, "-W", "ignore"]
    sbom = [*python, "-m", "cyclonedx_py", "requirements", "-", "--output-reproducible"]
    described = ["--pyproject", str(project / "pyproject.toml"), "--mc-type", kind]
    subprocess.run([*sbom, *described, "-o", str(target)], input=locked, text=True, check=True)


def _table(project: Path) -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    return table


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())
