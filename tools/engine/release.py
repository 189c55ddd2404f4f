"""Pulumi's own download: the archive that its installer and its Automation API fetch.

It is unpacked only if it is what Pulumi published. The checksums come from another host than the
archive: neither of the two alone can pass off something else.
"""

import hashlib
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
CHECKSUMS = f"https://github.com/pulumi/pulumi/releases/download/v{PINNED}"
TIMEOUT = 5
"""Seconds to wait for a connection, or for the next bytes: a machine that cannot reach the download
shall lose no more than this."""


_BROKEN = (OSError, EOFError, HTTPException, shutil.ReadError, tarfile.TarError, zlib.error)
"""What a connection that ends early, or something else than an archive, is seen as."""


def archive_name(platform: str) -> str:
    """Returns the archive's file name for a platform such as `linux-x64`."""
    ending = "zip" if platform.startswith("windows") else "tar.gz"
    return f"pulumi-v{PINNED}-{platform}.{ending}"


def download(work: Path, *, releases: str = RELEASES, checksums: str = CHECKSUMS) -> Path:
    """Fetches, verifies and unpacks the release into the folder `work`.

    Args:
        work: an empty folder.
        releases: the address of the folder that holds the archive.
        checksums: the address of the folder that holds the published checksums.

    Returns:
        the folder of commands: all that Pulumi ships, the language hosts among it.

    Raises:
        EngineError: it could not be fetched or read, or is not what Pulumi published.
    """
    archive = work / archive_name(platform_name())
    say(f"Downloading Pulumi {PINNED} ...")
    try:
        published = _fetch(f"{checksums}/pulumi-{PINNED}-checksums.txt", work / "checksums.txt")
        _fetch(f"{releases}/{archive.name}", archive)
        _verify(archive, published.read_text(encoding="utf-8", errors="replace"))
        unpacked = work / "unpacked"
        # The first patch releases of Python 3.11 know no filters.
        filtered = hasattr(tarfile, "data_filter") and archive.suffix != ".zip"
        options: dict[str, Any] = {"filter": "data"} if filtered else {}
        shutil.unpack_archive(archive, unpacked, **options)
    except _BROKEN as error:
        raise EngineError(f"the download failed ({error})") from None
    finally:
        archive.unlink(missing_ok=True)
        (work / "checksums.txt").unlink(missing_ok=True)
    for command in unpacked.rglob("pulumi-language-python*"):
        return command.parent
    raise EngineError("the download holds no Python language host")


def _fetch(url: str, target: Path) -> Path:
    with urllib.request.urlopen(url, timeout=TIMEOUT) as answer, target.open("wb") as file:  # noqa: S310
        shutil.copyfileobj(answer, file)
    return target


def _verify(archive: Path, checksums: str) -> None:
    """Raises EngineError unless the archive has the SHA-256 that is published for its name."""
    lines = (line.split() for line in checksums.splitlines())
    published = {fields[1].lstrip("*"): fields[0].lower() for fields in lines if len(fields) == 2}
    if archive.name not in published:
        raise EngineError(f"the published checksums do not name {archive.name}")
    with archive.open("rb") as file:
        actual = hashlib.file_digest(file, "sha256").hexdigest()
    if actual != published[archive.name]:
        raise EngineError(
            f"the download of {archive.name} has the SHA-256 {actual}, not the published "
            f"{published[archive.name]}: it was not unpacked"
        )
