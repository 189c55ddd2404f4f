"""A text that must stay below a length: entries are shortened, then counted, never cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

_SHARE: Final = 0.7
"""Of a section that does not fit as a whole: how much of its room goes to whole entries. The rest
names as many of the others as it can."""


def length(text: str) -> int:
    """The length as GitHub counts it at worst: in UTF-16 code units."""
    return len(text) + sum(ord(character) > 0xFFFF for character in text)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a text: an opening, entries, a closing."""

    opening: str
    closing: str = ""
    table_head: str = ""
    """Stands before the first whole entry."""
    entries: Sequence[str] = ()
    """Each entry as a whole, with its line ends."""
    names: Sequence[str] = ()
    """Each entry by its name alone."""
    more: Callable[[int, int], str] = lambda left, named: ""
    """The line that stands for `left` entries, before the names of `named` of them."""

    def write(self, whole: int, named: int) -> str:
        """The section with its first entries whole, and the next ones named."""
        table = [self.table_head, *self.entries[:whole]] if whole else []
        left = len(self.entries) - whole
        names = ", ".join(self.names[whole : whole + named])
        line = self.more(left, named) if left else ""
        rest = f"\n{line}{' ' + names if named else ''}\n" if left else ""
        return "".join([self.opening, *table, rest, self.closing])

    def smallest(self) -> str:
        """The section with nothing but the number of its entries."""
        return self.write(0, 0)


def fit(sections: Sequence[Section], order: Sequence[int], limit: int) -> str:
    """The sections in their own order, together shorter than `limit`.

    `order` lists their places by importance: the most important get their room first, and every
    other one keeps room for its smallest form. Where not even those fit, the last ones go.
    """
    chosen: dict[int, str] = {}
    wanted = list(order)
    while wanted and sum(length(sections[i].smallest()) for i in wanted) >= limit:
        wanted.pop()
    room = limit - 1 - sum(length(sections[i].smallest()) for i in wanted)
    for place in wanted:
        section = sections[place]
        smallest = length(section.smallest())
        chosen[place] = _fitted(section, room + smallest)
        room += smallest - length(chosen[place])
    return "".join(chosen[i] for i in sorted(chosen))


def _fitted(section: Section, room: int) -> str:
    """The richest form of a section that is not longer than `room`."""
    count = len(section.entries)
    whole = section.write(count, 0)
    if length(whole) <= room:
        return whole
    fitting = _most(count, lambda k: length(section.write(k, 0)) <= room * _SHARE)
    if not section.names:
        fitting = _most(count, lambda k: length(section.write(k, 0)) <= room)
        return section.write(fitting, 0)
    left = count - fitting
    named = _most(left, lambda k: length(section.write(fitting, k)) <= room)
    return section.write(fitting, named)


def _most(upper: int, fits: Callable[[int], bool]) -> int:
    """The largest number up to `upper` that fits, 0 if none does; fitting must be monotonic."""
    low, high = 0, upper
    while low < high:
        middle = (low + high + 1) // 2
        if fits(middle):
            low = middle
        else:
            high = middle - 1
    return low
