"""Safe text: no invisible characters, none that reverse the line."""

import re
import unicodedata
from functools import cache
from typing import Final

LONGEST: Final = 300
"""Characters of one value that a report shows; tags hold up to 256."""

JOINERS: Final = "\u200c\u200d"
"""Invisible, and a part of how Persian and Indian names are spelled."""
_SPACES: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MAY_HIDE = re.compile(r"[^ -~]")
_ANSI: Final = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


@cache
def _visible(character: str) -> str:
    if character in _SPACES:
        return _SPACES[character]
    if _is_invisible(character):
        return f"\\u{{{ord(character):x}}}"
    # The other spaces look like one, and some of them like none.
    return " " if character.isspace() else character


def printable(text: str, *, longest: int = LONGEST) -> str:
    """One line that spells out control, format and private characters, and halves of pairs.

    What is longer than `longest` ends with the number of characters left out.
    """
    clipped = text[:longest]
    shown = _MAY_HIDE.sub(lambda match: _visible(match.group()), clipped)
    left_out = len(text) - len(clipped)
    return f"{shown} … ({left_out} more characters)" if left_out else shown


def invisible(text: str) -> str | None:
    """The code point of the first invisible or control character: `U+200B`."""
    return next((_point(c) for c in _MAY_HIDE.findall(text) if _is_invisible(c)), None)


def with_code_points(text: str) -> str:
    """The text with invisible and control characters as their code points: `<U+200B>`."""
    return _MAY_HIDE.sub(lambda m: f"<{_point(m[0])}>" if _is_invisible(m[0]) else m[0], text)


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE


def _point(character: str) -> str:
    return f"U+{ord(character):04X}"


def lines_of(message: str) -> list[str]:
    """The lines of a message that are not empty, without terminal colours."""
    lines = (line.strip() for line in _ANSI.sub("", message).splitlines())
    return [line for line in lines if line]
