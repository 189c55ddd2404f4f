"""Where engines are kept, and what this machine is called by those who publish them."""

import os
import platform
import sys
from collections.abc import Mapping
from pathlib import Path

_MACHINES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}
_SYSTEMS = {"Linux": "linux", "Darwin": "darwin", "Windows": "windows"}


def cache_folder(
    environment: Mapping[str, str] = os.environ, *, system: str = sys.platform
) -> Path:
    """Returns the folder of this project in the user's cache, by each system's own custom."""
    home = Path(environment.get("HOME") or Path.home())
    if configured := environment.get("XDG_CACHE_HOME"):
        base = Path(configured)
    elif system == "darwin":
        base = home / "Library" / "Caches"
    elif system == "win32":
        base = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
    else:
        base = home / ".cache"
    return base / "pulumi-connect-users"


def platform_name(*, system: str = platform.system(), machine: str = platform.machine()) -> str:
    """Returns e.g. `linux-x64`, as Pulumi's releases are named."""
    return f"{_SYSTEMS.get(system, system.lower())}-{_MACHINES.get(machine.lower(), machine)}"
