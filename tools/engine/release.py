"""Pulumi's own download: the archive that its installer and its Automation API fetch."""

import shutil
import tarfile
import urllib.request
import zlib
from http.client import HTTPException
from pathlib import Path
from typing import Any

from tools.checkout import say
from tools.engine import PINNED, EngineError
from tools.engine.place import platform_name

RELEASES = "https://get.pulumi.com/releases/sdk"
TIMEOUT = 5
"""Seconds to wait for a connection, or for the next bytes: a machine that cannot reach the download
shall lose no more than this."""


_BROKEN = (OSError, EOFError, HTTPException, shutil.ReadError, tarfile.TarError, zlib.error)
"""What a connection that ends early, or something else than an archive, is seen as."""


def archive_name(platform: str) -> str:
    """Returns the archive's file name for a platform such as `linux-x64`."""
    ending = "zip" if platform.startswith("windows") else "tar.gz"
    return f"pulumi-v{PINNED}-{platform}.{ending}"


def download(work: Path, *, releases: str = RELEASES) -> Path:
    """Fetches and unpacks the release into the folder `work`.

    Returns:
        the folder of commands: all that Pulumi ships, the language hosts among it.

    Raises:
        EngineError: it could not be fetched or read.
    """
    archive = work / archive_name(platform_name())
    url = f"{releases}/{archive.name}"
    say(f"Downloading Pulumi {PINNED} ...")
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT) as answer, archive.open("wb") as file:  # noqa: S310
            shutil.copyfileobj(answer, file)
        unpacked = work / "unpacked"
        # The first patch releases of Python 3.11 know no filters.
        filtered = hasattr(tarfile, "data_filter") and archive.suffix != ".zip"
        options: dict[str, Any] = {"filter": "data"} if filtered else {}
        shutil.unpack_archive(archive, unpacked, **options)
    except _BROKEN as error:
        archive.unlink(missing_ok=True)
        raise EngineError(f"the download failed ({error})") from None
    archive.unlink()
    for command in unpacked.rglob("pulumi-language-python*"):
        return command.parent
    raise EngineError("the download holds no Python language host")
