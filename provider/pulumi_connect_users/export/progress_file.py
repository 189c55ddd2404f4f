"""What an interrupted export has read already: one JSON line for each user.

The file holds personal data: it is readable by its owner only, and removed when the export is
done. A user that was changed since is read again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from ..core.documents import read_json
from .read_user import ReadUser

_HEADER = "connect-users export 1"


class ProgressFile:
    """The users of one instance that have been read so far."""

    def __init__(self, path: Path, instance_arn: str) -> None:
        """`path` need not exist; one that belongs to another instance is begun anew."""
        self.path = path
        self._first = json.dumps([_HEADER, instance_arn])
        self._lines = self._read()

    def __bool__(self) -> bool:
        """Whether anything is kept."""
        return bool(self._lines)

    def users(self, listed: Mapping[str, Any]) -> dict[str, ReadUser]:
        """The kept users among those listed.

        `listed` gives ListUsers' LastModifiedTime by id, None where it is not known: such a user is
        read again, as is one that was changed since. (A changed proficiency or tag may not count as
        a change of the user; AWS does not document it.)
        """
        return {
            user_id: ReadUser(line["user"], line["proficiencies"])
            for user_id, line in self._lines.items()
            if listed.get(user_id) is not None
            and line["user"].get("LastModifiedTime") == _text(listed[user_id])
        }

    def add(
        self,
        user_id: str,
        described: Mapping[str, Any],
        proficiencies: Sequence[Mapping[str, Any]],
    ) -> None:
        """Keeps a user; a process that is killed loses at most this line."""
        line = json.dumps(
            {"id": user_id, "user": described, "proficiencies": proficiencies}, default=_text
        )
        new = not self._lines
        self._lines[user_id] = {}
        _make_folder(self.path.parent)
        mode = os.O_TRUNC if new else os.O_APPEND
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | mode, 0o600)
        if os.name == "posix":
            # A file that was there may have another mode.
            os.fchmod(descriptor, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            # A line's end stands before it: what a killed process left half written gets one too.
            file.write(f"{self._first}\n{line}" if new else f"\n{line}")

    def remove(self) -> None:
        """Forgets everything: the export is done."""
        self._lines = {}
        self.path.unlink(missing_ok=True)

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            first, *lines = self.path.read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            return {}
        if first != self._first:
            return {}
        kept = {}
        for text in lines:
            try:
                line = read_json(text)
                kept[str(line["id"])] = {
                    "user": dict(line["user"]),
                    "proficiencies": list(line["proficiencies"]),
                }
            except (ValueError, KeyError, TypeError):
                continue  # half written by a process that was killed
        return kept


def _make_folder(folder: Path) -> None:
    """A folder that git leaves alone; one that is there stays as it is."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
