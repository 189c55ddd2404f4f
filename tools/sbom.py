"""CycloneDX SBOMs: what a distribution installs, and what a bundle or an SDK holds or needs."""

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.checkout import ROOT
from tools.environment import locked_entry
from tools.sdks import go, nodejs

SUFFIX = ".cdx.json"


def runtime_packages(project: Path) -> set[str]:
    """Returns the canonical names of all that a distribution and its extras install.

    Markers of other platforms count where this one knows the package: what is locked is universal.
    """
    table = project_table(project)
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


def write_python(
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


def write_npm(made: Path, target: Path) -> None:
    """Writes the SBOM of the npm package that `nodejs.sdk` returned."""
    package = json.loads((made / "package" / "package.json").read_text())
    parts = [
        {
            **_component("npm", name, one.version),
            "hashes": [{"alg": "SHA-512", "content": one.sha512}],
        }
        for name, versions in nodejs.locked_packages(made).items()
        for one in sorted(versions)
    ]
    _write(_component("npm", package["name"], package["version"]), parts, target)


def write_go(made: Path, version: str, target: Path) -> None:
    """Writes the SBOM of the Go module that `go.sdk` returned."""
    parts = [_component("golang", *one) for one in sorted(go.modules(made).items())]
    _write(_component("golang", go.module(made), f"v{version}"), parts, target)


def _component(kind: str, name: str, version: str) -> dict[str, Any]:
    purl = f"pkg:{kind}/{name.replace('@', '%40')}@{version}"
    described = {"type": "library", "bom-ref": purl, "name": name, "version": version}
    return {**described, "purl": purl}


def _write(subject: dict[str, Any], parts: list[dict[str, Any]], target: Path) -> None:
    described = {"component": subject}
    sbom = {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": described}
    target.write_text(json.dumps({**sbom, "components": parts}, indent=2) + "\n")


def project_table(project: Path) -> dict[str, Any]:
    """Returns the table `project` of a folder's pyproject.toml."""
    table: dict[str, Any] = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    return table
