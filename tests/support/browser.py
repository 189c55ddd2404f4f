"""A real browser without a window, for pages as people see them."""

import shutil
import subprocess
from pathlib import Path

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def found() -> str | None:
    """The browser's command, None on a machine that has none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def chromium(profile: Path) -> list[str]:
    """The command with a profile folder of its own, which is new or empty."""
    command = found()
    assert command is not None, "there is no chromium on PATH"
    return [command, *_FLAGS, f"--user-data-dir={profile}"]


def dump(page: Path, profile: Path, *, fragment: str = "", wait: int = 2000) -> str:
    """The document after its script has run for `wait` ms of the page's own time, as HTML."""
    flags = ["--dump-dom", f"--virtual-time-budget={wait}", page.as_uri() + fragment]
    done = subprocess.run(
        [*chromium(profile), *flags], capture_output=True, text=True, timeout=120, check=True
    )
    return done.stdout
