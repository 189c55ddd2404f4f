"""Globs in settings: `*` and `?`. Brackets stand for themselves, as in `agent[0]`."""

from fnmatch import fnmatchcase


def fits(name: str, glob: str) -> bool:
    """Whether the glob matches the whole name."""
    return fnmatchcase(name, glob.replace("[", "[[]"))
