"""`python -m tools.dist`: makes dist/, everything that a release consists of, from the last commit.

Wheel and source distribution of both packages, the plugin's bundle for this platform, the SDKs (npm
package and Go module), a CycloneDX SBOM of what each installs or holds, and the checksums of all of
it. Made twice of one commit, every
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
from io import BytesIO
from pathlib import Path

from tools import sbom, wheel
from tools.archive import pack
from tools.bundle.build import BundleError, bundle
from tools.checkout import ROOT, say
from tools.engine import EngineError
from tools.sdks import go, nodejs

PROJECTS = (".", "policies")
"""The folders of the checkout that are a distribution each."""
CHECKSUMS = "SHA256SUMS"
GO_SDK = "connect-users-sdk-go"
"""Names the Go module's archive, and the folder in it."""


def main() -> int:
    """Makes the folder and returns the exit code."""
    parser = argparse.ArgumentParser(prog="tools.dist", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="default: dist")
    out = parser.parse_args().out.resolve()
    if _git("status", "--porcelain"):
        say("Note: what is not committed is not in it.")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder)
            _unpack_commit(source)
            for project in PROJECTS:
                _build(source / project, out)
            (provider,) = out.glob("pulumi_connect_users-*.whl")
            plugin = bundle(provider)
            table = sbom.project_table(source)
            plugin.copy_to(out, source)
            _make_sdks(_schema(provider, source / "wheel"), table["version"], out)
    except (BundleError, EngineError) as error:
        say(str(error))
        return 1
    files = sorted(file for file in out.iterdir() if not file.name.startswith("."))
    (out / CHECKSUMS).write_text("".join(f"{_sha256(file)}  {file.name}\n" for file in files))
    for file in files:
        print(f"{file.stat().st_size:>10,}  {file.name}")
    say(f"Made {len(files)} files and {CHECKSUMS} in {out}")
    return 0


def _build(project: Path, out: Path) -> None:
    """Makes wheel, source distribution and SBOM of a project."""
    table = sbom.project_table(project)
    say(f"Building {table['name']} ...")
    wheel.build(project, out, epoch=_time())
    target = f"{table['name'].replace('-', '_')}-{table['version']}{sbom.SUFFIX}"
    sbom.write_python(project, out / target, sbom.runtime_packages(project))


def _make_sdks(schema: str, version: str, out: Path) -> None:
    """Copies the npm package and the Go module, and writes their SBOMs."""
    say("Making the SDKs ...")
    npm = nodejs.sdk(schema)
    (tarball,) = npm.glob("*.tgz")
    shutil.copy(tarball, out)
    sbom.write_npm(npm, out / f"{tarball.stem}{sbom.SUFFIX}")
    module = go.sdk(schema)
    name = f"{GO_SDK}-v{version}"
    pack(module, out / f"{name}.tar.gz", top=GO_SDK)
    sbom.write_go(module, version, out / f"{name}{sbom.SUFFIX}")


def _schema(provider: Path, folder: Path) -> str:
    """Returns the schema that the plugin of a wheel gives."""
    shutil.unpack_archive(provider, folder, "zip")
    code = (
        "from pulumi_connect_users.native.schema import schema_text; print(schema_text(), end='')"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", "-C", ROOT, *arguments], capture_output=True, check=True).stdout


def _unpack_commit(folder: Path) -> None:
    with tarfile.open(fileobj=BytesIO(_git("archive", "HEAD"))) as archive:
        archive.extractall(folder, filter="data")


def _time() -> str:
    return os.environ.get("SOURCE_DATE_EPOCH") or _git("log", "-1", "--format=%ct").decode().strip()


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())
