"""The licences of everything in a bundle, from the metadata of where it was taken from."""

import ast
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.utils import canonicalize_name

PACKAGES = "packages"
"""The folder, below LICENSES, of Python packages: one folder each."""
_NAMES = ("license", "licence", "copying", "notice")
_INTRODUCTION = """\
This archive holds Python, the packages below and the libraries that they need, unchanged but for
what is left out. Their licences are in the folders beside this file. Of PyInstaller it holds the
program that starts Python, which its licence's exception allows under any licence.

"""


def sources(work: Path) -> set[Path]:
    """Returns the files that PyInstaller took, from what it notes in its work folder."""
    taken: set[Path] = set()
    for name in ("PYZ-00.toc", "COLLECT-00.toc"):
        (noted,) = work.rglob(name)
        taken |= set(_paths(ast.literal_eval(noted.read_text(encoding="utf-8"))))
    return taken


def _paths(noted: object) -> Iterator[Path]:
    """The sources in the entries (name, source, kind), however deep they are."""
    if isinstance(noted, tuple) and len(noted) == 3 and all(isinstance(n, str) for n in noted):
        if Path(noted[1]).is_absolute():
            yield Path(noted[1])
    elif isinstance(noted, tuple | list):
        for one in noted:
            yield from _paths(one)


def write_licenses(folder: Path, taken: Iterable[Path], stage: Path) -> None:
    """Writes the licences into a new folder.

    Args:
        folder: LICENSES of the bundle.
        taken: the files that are in the bundle.
        stage: where some of them were copied to, out of site-packages.
    """
    site = Path(sysconfig.get_path("purelib"))
    files = {*taken, *(site / file.relative_to(stage) for file in taken if stage in file.parents)}
    rows = [f"Python {sys.version.split()[0]}: PSF-2.0"]
    _copy(_of_python(), folder / "python")
    known = {d.name: d for path in (site, stage) for d in distributions(path=[str(path)])}
    for name, distribution in sorted(known.items()):
        # PyInstaller's own part is the program that starts Python.
        if name == "pyinstaller" or files & set(_files(distribution)):
            license_ = _license(distribution)
            rows.append(f"{name} {distribution.version}: {license_}")
            target = folder / PACKAGES / canonicalize_name(name)
            target.mkdir(parents=True)
            for text in filter(_is_license, _files(distribution)):
                _copy(text, target)
            if not any(target.iterdir()):
                (target / "LICENSE").write_text(f"{license_}\n", encoding="utf-8")
    for name, text in sorted(set(_of_debian(files))):
        rows.append(f"{name}: see system/{name}")
        _copy(text, folder / "system" / name)
    summary = _INTRODUCTION + "".join(f"{row}\n" for row in rows)
    (folder / "README.txt").write_text(summary, encoding="utf-8")


def _files(distribution: Distribution) -> Iterator[Path]:
    return (Path(str(file.locate())) for file in distribution.files or ())


def _is_license(file: Path) -> bool:
    """Whether a file of a distribution is the text of a licence."""
    named = file.parent.name == "licenses" or file.name.lower().startswith(_NAMES)
    return named and file.suffix not in (".py", ".pyi", ".so") and file.is_file()


def _license(distribution: Distribution) -> str:
    """The licence in a few words; metadata has three places for it."""
    metadata = distribution.metadata.json
    prefix = "License :: "
    named = [c for c in metadata.get("classifier", ()) if c.startswith(prefix)]
    classified = "; ".join(c.rpartition(" :: ")[2] for c in named)
    written = metadata.get("license_expression") or classified or metadata.get("license") or "?"
    return str(written).splitlines()[0]


def _of_python() -> Path:
    """Python's own licence, which Windows keeps a folder higher."""
    folders = (sysconfig.get_path("stdlib"), sys.base_prefix)
    return next(file for folder in folders if (file := Path(folder, "LICENSE.txt")).exists())


def _of_debian(files: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """The system's libraries: package and copyright file, where dpkg knows them."""
    if shutil.which("dpkg") is None:
        return
    for file in files:
        if file.is_relative_to("/lib") or file.is_relative_to("/usr/lib"):
            found = subprocess.run(
                ["dpkg", "-S", f"*/{file.name}"], capture_output=True, text=True, check=False
            )
            package = found.stdout.partition(":")[0]
            text = Path("/usr/share/doc", package, "copyright")
            if package and text.exists():
                yield package, text


def _copy(file: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, folder / file.name)
