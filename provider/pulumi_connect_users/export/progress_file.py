"""The users that an interrupted export has read: one JSON line each, private, removed after it."""

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from ..core.described_user import DescribedUser
from ..core.documents import read_json
from ..users.whole_user import ReadUser

_HEADER = "connect-users export 1"


class ProgressFile:
    """The users of one instance that have been read so far."""

    def __init__(self, path: Path, instance_arn: str) -> None:
        """`path` need not exist; the file of another instance is started again."""
        self.path = path
        self._header = json.dumps([_HEADER, instance_arn])
        self._users = self._read()

    def __bool__(self) -> bool:
        """Whether any user is kept."""
        return bool(self._users)

    def users(self, listed: Mapping[str, datetime | None]) -> dict[str, ReadUser]:
        """The kept users that have not changed since: `listed` has ListUsers' times by id."""
        return {
            user_id: user
            for user_id, user in self._users.items()
            if listed.get(user_id) is not None and user.described.last_modified == listed[user_id]
        }

    def add(self, user: ReadUser) -> None:
        """Keeps a user; a process that is killed loses at most this line."""
        described = user.described
        kept = {"id": described.id, "user": described.attributes}
        line = json.dumps({**kept, "proficiencies": user.proficiencies}, default=_text)
        new = not self._users
        self._users[described.id] = user
        _make_folder(self.path.parent)
        mode = os.O_TRUNC if new else os.O_APPEND
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | mode, 0o600)
        if os.name == "posix":
            # An existing file may have another mode.
            os.fchmod(descriptor, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            # The line's end comes first: the torn line of a killed process gets one too.
            file.write(f"{self._header}\n{line}" if new else f"\n{line}")

    def remove(self) -> None:
        """Forgets everything: the export is done."""
        self._users = {}
        self.path.unlink(missing_ok=True)

    def _read(self) -> dict[str, ReadUser]:
        try:
            first, *lines = self.path.read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            return {}
        if first != self._header:
            return {}
        kept = {}
        for text in lines:
            try:
                line = read_json(text)
                user = line["user"]
                if "LastModifiedTime" in user:
                    user["LastModifiedTime"] = datetime.fromisoformat(user["LastModifiedTime"])
                described = DescribedUser.decode(user)
                kept[described.id] = ReadUser(described, list(line["proficiencies"]))
            except (ValueError, KeyError, TypeError, AttributeError):
                continue  # the torn line of a process that was killed
        return kept


def _make_folder(folder: Path) -> None:
    """A folder that git ignores; an existing one stays as it is."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
