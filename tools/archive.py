"""Archives with the same bytes each time."""

import gzip
import tarfile
from pathlib import Path

TIME = 315532800
"""Of every file in an archive: 1980, the earliest that a zip file can hold."""


def pack(folder: Path, archive: Path, *, top: str = "") -> None:
    """Packs a folder's contents into a .tar.gz: sorted, of one time, with neutral owners.

    Args:
        folder: what is packed.
        archive: the file to write.
        top: the folder in the archive that holds everything; none by default.
    """

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = TIME, 0, 0, "", ""
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry

    with (
        archive.open("wb") as file,
        gzip.GzipFile("", "wb", fileobj=file, mtime=TIME) as packed,
        tarfile.open(fileobj=packed, mode="w") as tar,
    ):
        for path in sorted(folder.rglob("*")):
            name = str(Path(top, path.relative_to(folder)))
            tar.add(path, name, recursive=False, filter=plain)
