"""Splices of a text: what is not spliced stays as it is, byte for byte."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

_BREAK: Final = re.compile(r"\r\n|\r|\n")


class NotEditable(ValueError):
    """The text cannot be changed safely here; the message gives line, cause and remedy."""


@dataclass
class Splices:
    """A text, and what replaces parts of it."""

    text: str
    _parts: list[tuple[int, int, str]] = field(default_factory=list)

    def replace(self, start: int, end: int, new: str) -> None:
        """Replaces a part; one without characters is an insertion."""
        self._parts.append((start, end, new))

    @cached_property
    def line_break(self) -> str:
        """The file's first line break."""
        found = _BREAK.search(self.text)
        return found[0] if found else "\n"

    def result(self) -> str:
        """The new text; raises NotEditable where splices meet in one place."""
        done, pieces = 0, []
        # Sorting keeps the order of insertions at one place, which come before its removal.
        for start, end, new in sorted(self._parts, key=lambda part: (part[0], part[1])):
            if start < done:
                raise self.refusal(start, "two changes meet in one place", "Make one by hand")
            pieces += [self.text[done:start], new]
            done = end
        return "".join([*pieces, self.text[done:]])

    def refusal(self, at: int, cause: str, remedy: str) -> NotEditable:
        """What to raise for a place that cannot be changed safely."""
        line = len(_BREAK.findall(self.text, 0, at)) + 1
        return NotEditable(f"line {line}: {cause}. {remedy}, then run again.")

    def line_start(self, at: int) -> int:
        """The offset at which a line begins."""
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def line_end(self, at: int) -> int:
        """The offset of a line's break, or the text's end."""
        found = _BREAK.search(self.text, at)
        return found.start() if found else len(self.text)

    def next_line(self, at: int) -> int:
        """The offset behind a line's break, or the text's end."""
        found = _BREAK.search(self.text, at)
        return found.end() if found else len(self.text)

    def indentation(self, at: int) -> str | None:
        """What stands before an offset in its line, if that is blank."""
        before = self.text[self.line_start(at) : at]
        return None if before.strip(" \t") else before

    def trimmed(self, end: int) -> int:
        """The end of the last character before an offset that is not blank."""
        while end and self.text[end - 1].isspace():
            end -= 1
        return end
