"""Folders of the user's cache, named after what they are made of and made once."""

import hashlib
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from tools.checkout import say
from tools.lock import locked


def keep(home: Path, make: Callable[[Path], Path]) -> Path:
    """Returns a folder that `make` makes in a work folder, where there is none.

    Two processes do not make it at once, and one that is killed leaves none.
    """
    if home.exists():
        return home
    waiting = lambda: say(f"Another process makes {home.name}; waiting for it ...")  # noqa: E731
    with locked(home.parent / "lock", waiting=waiting):
        if not home.exists():
            make_whole(home, make)
    return home


def make_whole(home: Path, make: Callable[[Path], Path]) -> None:
    """Makes a folder beside its final place and moves it there whole; the caller holds a lock.

    If it fails, the work folder stays for the next attempt: what was fetched and compiled is worth
    keeping.
    """
    work = home.with_name(home.name + ".work")
    work.mkdir(parents=True, exist_ok=True)
    try:
        make(work).rename(home)
    except BaseException:
        if not any(work.iterdir()):
            work.rmdir()
        raise
    shutil.rmtree(work, ignore_errors=True)


def digest(files: Iterable[Path], *words: str) -> str:
    """Returns a short name for the contents of files, and for words."""
    total = hashlib.sha256()
    for file in files:
        total.update(file.read_bytes())
    for word in words:
        total.update(word.encode() + b"\0")
    return total.hexdigest()[:8]
