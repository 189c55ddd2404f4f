"""This machine: Python, the package, Pulumi and its language host."""

import importlib.metadata
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..core.documents import read_json
from .finding import Finding, failure, note, ok, warning

OLDEST_PYTHON = (3, 11)
OLDEST_PULUMI = (3, 259)
_HOST = "pulumi-language-python"
_DISTRIBUTION = "pulumi-connect-users"
_SECRETS = ("PULUMI_CONFIG_PASSPHRASE_FILE", "PULUMI_ACCESS_TOKEN")
_SECONDS = 30


def machine(environment: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """All findings about the machine; `environment` gives PATH."""
    yield python(sys.version_info[:3])
    yield from plugin_file(Path(__file__).resolve().parent.parent, site_packages())
    yield from pulumi(environment)


def python(found: tuple[int, ...]) -> Finding:
    """The interpreter that runs this; the program should use the same."""
    shown = ".".join(map(str, found))
    if found >= OLDEST_PYTHON:
        return ok("python", f"Python {shown} at {sys.executable}")
    oldest = ".".join(map(str, OLDEST_PYTHON))
    return failure("python", f"Python {shown} is too old", f"Use Python {oldest} or newer.")


def site_packages() -> Path:
    """Where distributions are installed."""
    return Path(sysconfig.get_path("purelib"))


def plugin_file(package: Path, installed: Path) -> Iterator[Finding]:
    """The file that says `no plugin to download`; an editable install has its own."""
    name, file = package.name, "pulumi-plugin.json"
    places = [folder / file for folder in (installed / name, package)]
    found = next((place for place in places if place.is_file()), None)
    remedy = "Install the package again: pip install --force-reinstall pulumi-connect-users."
    if found is None:
        yield failure(
            "plugin file", f"{file} is missing: `pulumi up` will try to download a plugin", remedy
        )
        return
    try:
        content = read_json(found.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        content = None
    if not isinstance(content, dict) or content.get("resource") is not False:
        yield failure("plugin file", f"{found} does not say `resource: false`", remedy)
        return
    try:
        version = importlib.metadata.version(_DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        yield warning(
            "package",
            f"{_DISTRIBUTION} is not installed in this Python, only on its path",
            "Run: pip install pulumi-connect-users, in the Python that runs your program.",
        )
        return
    yield ok("package", f"{_DISTRIBUTION} {version}, with its plugin file")


def pulumi(environment: Mapping[str, str]) -> Iterator[Finding]:
    """The command line and its host for Python."""
    path = environment.get("PATH", "")
    command = shutil.which("pulumi", path=path)
    if command is None:
        yield failure(
            "pulumi",
            "`pulumi` is not on PATH",
            "Install it (https://www.pulumi.com/docs/install/), or set PATH.",
        )
        return
    version = _version(command, environment)
    if version is None:
        yield failure("pulumi", f"{command} does not run", "Run `pulumi version` to see why.")
        return
    shown = ".".join(map(str, version))
    if version < OLDEST_PULUMI:
        oldest = ".".join(map(str, OLDEST_PULUMI))
        yield failure("pulumi", f"pulumi {shown} is too old", f"Install {oldest} or newer.")
    else:
        yield ok("pulumi", f"pulumi {shown} at {command}")
    host = shutil.which(_HOST, path=os.pathsep.join((path, str(Path(command).resolve().parent))))
    if host is None:
        yield failure(
            "language host",
            f"{_HOST} is neither beside pulumi nor on PATH: Python programs cannot run",
            "Install Pulumi's whole archive, not the `pulumi` command alone.",
        )
    else:
        yield ok("language host", host)
    # An empty passphrase is valid; an empty token is a secret that the pipeline lacks.
    if "PULUMI_CONFIG_PASSPHRASE" not in environment and not any(map(environment.get, _SECRETS)):
        yield note("secrets", "neither a passphrase nor an access token is in the environment")


def _version(command: str, environment: Mapping[str, str]) -> tuple[int, ...] | None:
    quiet = {**environment, "PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        done = subprocess.run(
            [command, "version"],
            capture_output=True,
            text=True,
            check=True,
            timeout=_SECONDS,
            env=quiet,
        )
        numbers = done.stdout.strip().removeprefix("v").split("-")[0].split("+")[0]
        return tuple(int(part) for part in numbers.split("."))
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
