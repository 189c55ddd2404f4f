"""`roster-limits.yaml`: the limits of the rosters in a folder, which their teams cannot change."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from .document import WHOLE_FILE, Document
from .limits import Limits, limits_of
from .opening import LIMITS_FILE, read_text, unlinked

OTHERS: Final = "*"
_NOT_THERE: Final = "is not in this folder. Name a file (west.yaml) or a folder (west/)."


class LimitsFiles:
    """The limits files in the folders above rosters, each read once."""

    def __init__(self) -> None:
        self._files: dict[Path, tuple[Document, Mapping[str, Limits]]] = {}

    def documents(self) -> list[Document]:
        """The limits files that were read, for their problems."""
        return [document for document, _ in self._files.values()]

    def limits(self, roster: Document) -> Iterator[Limits]:
        """The limits of a roster by each file above it; not being named there is a problem."""
        path = unlinked(roster.path)
        labels = Path(roster.label).parts
        for above, folder in enumerate(path.parents, start=1):
            if folder not in self._files and not (folder / LIMITS_FILE).is_file():
                continue
            if folder not in self._files:
                label = "/".join((*labels[: max(0, len(labels) - above)], LIMITS_FILE))
                self._files[folder] = _read(folder, label, absolute=roster.path.is_absolute())
            document, limits = self._files[folder]
            names = _names(path.relative_to(folder).as_posix())
            key = next((name for name in names if name in limits), None)
            if key is not None:
                yield limits[key]
            elif not document.problems:
                text = f'is not named in {document.label}. Name it there, or "{OTHERS}".'
                roster.problem(WHOLE_FILE, text)


def _names(relative: str) -> Iterator[str]:
    """The names under which a file can have its limits: itself, its folders, and all others."""
    yield relative
    while "/" in relative:
        relative = relative.rpartition("/")[0]
        yield f"{relative}/"
    yield OTHERS


def _read(folder: Path, label: str, *, absolute: bool) -> tuple[Document, Mapping[str, Limits]]:
    from .yaml_file import read_limits

    path = folder / LIMITS_FILE
    document = Document(path if absolute else Path(os.path.relpath(path)), label)
    text = read_text(document)
    entries = {} if text is None else read_limits(document, text)
    for name, entry in entries.items():
        if name != OTHERS and not _is_in(folder, name):
            document.problem(entry.place(()), f"{entry.subject}: {_NOT_THERE}")
    return document, {name: limits_of(entry, document) for name, entry in entries.items()}


def _is_in(folder: Path, name: str) -> bool:
    """Whether a file, or a folder with a slash behind it, is called exactly this."""
    at = folder
    for part in name.removesuffix("/").split("/"):
        if not at.is_dir() or part not in {entry.name for entry in at.iterdir()}:
            return False
        at /= part
    return at.is_dir() == name.endswith("/")
