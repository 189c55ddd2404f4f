"""Folders of rosters: one file for each team, and others that are not read."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from ...core.errors import InvalidRoster
from .document import WHOLE_FILE
from .opening import FORMS, FORMS_IN_WORDS, LIMITS_FILE, SPREADSHEETS, unlinked
from .users import Remark

_TEXTS: Final = (".md", ".rst", "readme", "codeowners", "owners", "license", ".schema.json")
"""How names of files end that are clearly not rosters."""


class RosterFile(NamedTuple):
    """A file, and its name in messages: in a folder with the folder's."""

    path: Path
    label: str


def files_at(paths: Sequence[Path]) -> tuple[list[RosterFile], list[Remark]]:
    """The roster files that are meant, each once, and what is said about the others in folders.

    Raises:
        InvalidRoster: A folder has no roster files, or cannot be read.
    """
    found: dict[Path, RosterFile] = {}
    remarks: list[Remark] = []
    for path in paths:
        files = [RosterFile(path, path.name)]
        if path.is_dir():
            files, others = _in_folder(path)
            remarks += others
        for file in files:
            found.setdefault(unlinked(file.path), file)
    return list(found.values()), remarks


def _in_folder(folder: Path) -> tuple[list[RosterFile], list[Remark]]:
    try:
        entries = list(_walk(folder))
    except OSError as error:
        raise InvalidRoster(
            f"reading roster {folder}: {error.strerror}. Correct the path."
        ) from None
    files: list[RosterFile] = []
    texts: list[str] = []
    unknown: list[str] = []
    for entry in entries:
        name = entry.name.lower()
        relative = entry.relative_to(folder).as_posix()
        if name.endswith(_TEXTS):
            texts.append(relative)
        elif name.endswith((*FORMS, *SPREADSHEETS)):
            files.append(RosterFile(entry, "/".join(filter(None, (folder.name, relative)))))
        else:
            unknown.append(relative)
    if not files:
        raise InvalidRoster(
            f"reading roster {folder}: the folder has no roster files. Check the path."
        )
    return files, list(_said(folder, texts, unknown))


def _walk(folder: Path) -> Iterator[Path]:
    """The files in a folder and below it, in a stable order, but for hidden ones."""
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.name == LIMITS_FILE:
            continue
        # A link to a folder may lead back.
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry)
        else:
            yield entry


def _said(folder: Path, texts: list[str], unknown: list[str]) -> Iterator[Remark]:
    label = folder.name or str(folder)
    if texts:
        yield Remark(folder, WHOLE_FILE, f"not read: {', '.join(texts)}.", "notice", label)
    if unknown:
        text = f"not read: {', '.join(unknown)}. A roster is a {FORMS_IN_WORDS} file."
        yield Remark(folder, WHOLE_FILE, text, "warning", label)
