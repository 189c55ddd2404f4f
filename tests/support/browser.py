"""A real browser, for looking at a page as people do."""

import shutil
import subprocess
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--enable-logging=stderr",
)
DARK = "--blink-settings=preferredColorScheme=0"
LIGHT = "--blink-settings=preferredColorScheme=1"


def browser() -> str:
    """The command of a Chromium; skips the test, and says why, where there is none."""
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    pytest.skip(
        f"no browser ({', '.join(_NAMES)}) on this machine: on Debian, apt-get install chromium"
    )


def dom(page: Path, *flags: str, query: str = "") -> tuple[str, list[str]]:
    """The page's document after its scripts have run, and what it wrote to the console."""
    result = _run(["--dump-dom", *flags, page.as_uri() + query])
    console = [line for line in result.stderr.splitlines() if "CONSOLE" in line]
    return result.stdout, console


def screenshot(page: Path, image: Path, *flags: str, width: int = 1000, height: int = 1300) -> None:
    """Writes a picture of the page."""
    size = f"--window-size={width},{height}"
    _run([f"--screenshot={image}", size, *flags, page.as_uri()])


def corner(image: Path) -> tuple[int, int, int]:
    """The colour of the upper left pixel of a PNG of the usual kind, 8 bits a channel.

    The first pixel of the first row is stored as it is, whatever filter its row has.
    """
    data = image.read_bytes()
    place, packed = 8, b""
    while place < len(data):
        size = int.from_bytes(data[place : place + 4])
        if data[place + 4 : place + 8] == b"IDAT":
            packed += data[place + 8 : place + 8 + size]
        place += size + 12
    red, green, blue = zlib.decompress(packed)[1:4]
    return red, green, blue


def _run(arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [browser(), *_QUIET, f"--user-data-dir={profile}", *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
