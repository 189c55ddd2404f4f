"""Versions of Pulumi and Go, read from what their commands print."""

import re

Version = tuple[int, int, int]

_NUMBERS = re.compile(r"(?:go|v)?(\d+)\.(\d+)(?:\.(\d+))?")


def parse(text: str) -> Version | None:
    """Reads the first version in a text: `v3.259.0`, `go version go1.26 linux/amd64`; else None."""
    found = _NUMBERS.search(text)
    if found is None:
        return None
    major, minor, patch = found.groups(default="0")
    return int(major), int(minor), int(patch)


def supports(version: Version | None, *, oldest: Version) -> bool:
    """Tells whether a version is `oldest` or newer, within the same major version."""
    return version is not None and version >= oldest and version[0] == oldest[0]
