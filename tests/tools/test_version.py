"""Versions are read from what commands print."""

import pytest

from tools.engine.version import Version, parse, supports


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("v3.259.0\n", (3, 259, 0)),
        ("3.272.1-alpha.5", (3, 272, 1)),
        ("go version go1.26.8 linux/amd64", (1, 26, 8)),
        ("go version go1.26 linux/amd64", (1, 26, 0)),
        ("warning: no version", None),
    ],
)
def test_parse_printed_version_gives_its_numbers(text: str, expected: Version | None) -> None:
    """Whatever stands around it, the first version counts."""
    assert parse(text) == expected


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ((3, 259, 0), True),
        ((3, 272, 0), True),
        ((3, 258, 9), False),
        ((4, 0, 0), False),
        (None, False),
    ],
)
def test_supports_older_or_next_major_is_refused(version: Version | None, expected: bool) -> None:
    """Newer is fine until the major version changes."""
    assert supports(version, oldest=(3, 259, 0)) is expected
