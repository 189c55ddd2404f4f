"""Globs: `*` and `?`. Brackets stand for themselves, as in `agent[0]`.

The policy pack has a copy, which `make generate` makes: this module imports the standard library
only.
"""

from fnmatch import fnmatchcase


def fits(name: str, glob: str) -> bool:
    """Whether the glob matches the whole name."""
    return fnmatchcase(name, glob.replace("[", "[[]"))
