"""The entries of one YAML mapping or sequence, in the text: removed and added in place.

Comments at an entry's own indentation stay, those indented deeper are a part of the entry above.
"""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from .splices import Splices


@dataclass(frozen=True)
class Entries:
    """The entries of one collection node."""

    text: Splices
    node: yaml.CollectionNode
    head: int
    """The end of the key that the collection belongs to."""

    @property
    def is_flow(self) -> bool:
        """Whether it is in brackets."""
        return bool(self.node.flow_style)

    @property
    def column(self) -> int:
        """The indentation of a block's entries."""
        at = self.text.line_start(_first(self.node.value[0]).start_mark.index)
        line = self.text.text[at : self.text.line_end(at)]
        return len(line) - len(line.lstrip(" "))

    def change(self, removed: set[int], added: Sequence[tuple[int, str]]) -> None:
        """Removes entries by index, and adds texts after an index, -1 for the first place.

        A block's text may have several lines, each indented from the block's own column.
        """
        kept = [i for i in range(len(self.node.value)) if i not in removed]
        after: dict[int, list[str]] = {}
        for index, new in added:
            place = bisect(kept, index)
            after.setdefault(kept[place - 1] if place else -1, []).append(new)
        (self._change_flow if self.is_flow else self._change_block)(kept, removed, after)

    def _change_block(
        self, kept: Sequence[int], removed: set[int], after: dict[int, list[str]]
    ) -> None:
        for index in removed:
            self.text.replace(*self._lines(index), "")
        for index, added in after.items():
            at = self._last_line(index) if index >= 0 else self.text.line_end(self.head)
            lines = [line for entry in added for line in entry.split("\n")]
            margin = self.text.line_break + " " * self.column
            self.text.replace(at, at, "".join(margin + line for line in lines))

    def _last_line(self, index: int) -> int:
        """The end of an entry's last line, before its break."""
        start, end = self._lines(index)
        return start + len(self.text.text[start:end].rstrip("\r\n"))

    def _lines(self, index: int) -> tuple[int, int]:
        """An entry's lines, with the deeper comments below it."""
        text, entry = self.text, self.node.value[index]
        first = _first(entry)
        start = text.line_start(first.start_mark.index)
        before = text.text[start : first.start_mark.index].strip(" ")
        if before != ("-" if isinstance(self.node, yaml.SequenceNode) else ""):
            raise text.refusal(start, "this entry does not begin its line", "Rewrite it")
        end = text.next_line(_content_end(text, entry))
        at = end
        while at < len(text.text):
            line = text.text[at : text.line_end(at)]
            stripped = line.lstrip(" ")
            if stripped.strip() and not (
                stripped.startswith("#") and len(line) - len(stripped) > self.column
            ):
                break
            at = text.next_line(at)
            if stripped.strip():
                end = at
        return start, end

    def _change_flow(
        self, kept: Sequence[int], removed: set[int], after: dict[int, list[str]]
    ) -> None:
        spans = [self._span(entry) for entry in self.node.value]
        for index in removed:
            start, end = spans[index]
            if kept and kept[-1] > index:
                end = spans[index + 1][0]
            elif index:
                start = spans[index - 1][1]
            if "#" in self.text.text[start:end]:
                raise self.text.refusal(start, "a comment stands in brackets", "Remove it")
            self.text.replace(start, end, "")
        for index, added in after.items():
            if index >= 0:
                start, at = spans[index]
                new = "".join(self._separator(start) + entry for entry in added)
            else:
                at = spans[0][0] if spans else self.node.start_mark.index + 1
                separator = self._separator(at) if kept else ", "
                new = separator.join([*added, ""] if kept else added)
            self.text.replace(at, at, new)

    def _separator(self, start: int) -> str:
        """What stands between entries: a line break where one begins its line."""
        margin = self.text.indentation(start)
        return ", " if not margin else "," + self.text.line_break + margin

    def _span(self, entry: yaml.Node | tuple[yaml.Node, yaml.Node]) -> tuple[int, int]:
        first, last = _first(entry), entry[1] if isinstance(entry, tuple) else entry
        if last.start_mark.index < max(first.start_mark.index, self.node.start_mark.index):
            raise self.text.refusal(first.start_mark.index, "an alias stands here", "Write it out")
        return first.start_mark.index, _content_end(self.text, entry)


def _first(entry: yaml.Node | tuple[yaml.Node, yaml.Node]) -> yaml.Node:
    return entry[0] if isinstance(entry, tuple) else entry


def _content_end(text: Splices, entry: yaml.Node | tuple[yaml.Node, yaml.Node]) -> int:
    """The end of an entry's last character that is not blank."""
    if isinstance(entry, tuple):
        key, value = entry
        # An alias has the place of what it repeats, and stands in the key's line.
        return max(int(key.end_mark.index), _content_end(text, value))
    if isinstance(entry, yaml.CollectionNode) and not entry.flow_style and entry.value:
        return _content_end(text, entry.value[-1])
    return text.trimmed(entry.end_mark.index)
