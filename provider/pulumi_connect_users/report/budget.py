"""Fits sections below a length: entries are named, then counted, never cut off."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_WHOLE: Final = 0.7
"""Of a section that does not fit as a whole: how much of its room goes to whole entries. The rest
names as many of the others as it can."""
_FIRST: Final = 0.5
"""How much of what is left a section may take before every other one has had its turn."""


def length(text: str) -> int:
    """The length as GitHub counts it at worst: in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a text: an opening, entries, a closing."""

    opening: str
    closing: str = ""
    table_head: str = ""
    """Stands before the first whole entry."""
    entries: Sequence[str] = ()
    """Each entry as a whole, with its line ends; at least as many as could fit (see `enough`)."""
    names: Sequence[str] = ()
    """Every entry by its name alone, if it has one."""
    total: int = 0
    """The number of entries, those that need not be written included."""
    more: Callable[[int, int], str] = lambda left, named: ""
    """The line that stands for `left` entries, before the names of `named` of them."""
    gap: str = "\n"
    """Stands before that line: a blank line ends a table, and would end a list too soon."""

    def write(self, whole: int, named: int) -> str:
        """The section with its first entries whole, and the next ones named."""
        table = [self.table_head, *self.entries[:whole]] if whole else []
        left = self.total - whole
        names = ", ".join(self.names[whole : whole + named])
        line = self.more(left, named) if left else ""
        rest = f"{self.gap}{line}{' ' + names if named else ''}\n" if left else ""
        return "".join([self.opening, *table, rest, self.closing])

    def smallest(self) -> str:
        """The section with nothing but the number of its entries."""
        return self.write(0, 0)


def enough(entries: Iterable[str], limit: int) -> list[str]:
    """The first entries up to one that cannot fit any more: the others need not be written."""
    taken, room = [], limit
    for entry in entries:
        taken.append(entry)
        room -= len(entry)
        if room < 0:
            break
    return taken


def fit(sections: Sequence[Section], order: Sequence[int], limit: int) -> str:
    """The sections in their own order, together shorter than `limit`.

    `order` lists their places by importance: each takes a part of what is left, the most important
    ones first, then what remains goes to them in the same order; every one keeps room for its
    smallest form. Where not even those fit, the last ones go.
    """
    included = list(order)
    while included and sum(length(sections[i].smallest()) for i in included) >= limit:
        included.pop()
    chosen = {place: sections[place].smallest() for place in included}
    room = limit - 1 - sum(map(length, chosen.values()))
    for share in (_FIRST, 1):
        for place in included:
            had = length(chosen[place])
            chosen[place] = _fitted(sections[place], had + int(room * share))
            room -= length(chosen[place]) - had
    return "".join(chosen[i] for i in sorted(chosen))


def _fitted(section: Section, room: int) -> str:
    """The richest form of a section that is not longer than `room`."""
    rendered = len(section.entries)
    whole = section.write(rendered, 0)
    if rendered == section.total and length(whole) <= room:
        return whole
    share = _WHOLE if section.names else 1
    fitting = _most(rendered, lambda k: length(section.write(k, 0)) <= room * share)
    if not section.names:
        return section.write(fitting, 0)
    left = section.total - fitting
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
