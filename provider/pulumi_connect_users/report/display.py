"""From raw differences to values that may be shown: masked, named, in units, legible."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from ..legible import legible, lines_of
from .differences import Difference
from .input.property_values import SECRET, UNKNOWN
from .masking import Scrubber, is_personal, is_secret, masked_name, masked_personal
from .names import IDENTIFIED, Names, bare_id
from .report import Item, PropertyChange, Value

ABSENT: Final = Value(state="absent")
_SECRET: Final = Value(state="secret")
_UNKNOWN: Final = Value(state="unknown")
_HIDDEN: Final = Value(state="hidden")
_PROSE: Final = 1_000
"""Characters of one message that a report shows."""
_ENDLESS: Final = "0 s (without end)"


class Display:
    """Shows values of one report: what it may show depends on what was asked for."""

    def __init__(self, names: Names, scrubber: Scrubber) -> None:
        self._names = names
        self._scrubber = scrubber
        # The same profiles, tags and settings come back with every user.
        self._clean = lru_cache(maxsize=10_000)(self._cleaned)

    def changes(
        self, differences: Iterable[Difference], *, owner: str
    ) -> tuple[PropertyChange, ...]:
        """The differences as they may be shown; `owner` is the URN of the user that has them."""
        return tuple(
            PropertyChange(
                attribute=self._clean(difference.label),
                old=self.value(difference.path, difference.old, difference.new, owner=owner),
                new=self.value(difference.path, difference.new, difference.old, owner=owner),
            )
            for difference in differences
        )

    def value(self, path: tuple[str, ...], raw: Any, other: Any, *, owner: str) -> Value:
        """One side of a change; `other` is the other side, for marking what differs in a list."""
        if raw is None:
            return ABSENT
        if raw is SECRET or is_secret(path):
            return _SECRET
        if raw is UNKNOWN:
            return _UNKNOWN
        if is_personal(path) and not self._scrubber.disclosure.shows(path):
            masked = masked_personal(raw) if isinstance(raw, str) else ""
            return Value(state="hidden", items=(Item(text=legible(masked)),)) if masked else _HIDDEN
        if isinstance(raw, list):
            return self._list(path, raw, other)
        if path == ("tags",) and isinstance(raw, str):
            # Free text: whose tag it is may stand in it by name.
            text = legible(self._scrubber.scrub(raw, owner)) or '""'
            return Value(state="shown", items=(Item(text=text),))
        return Value(state="shown", items=(self._item(path, raw),))

    def name(self, name: str) -> str:
        """A resource's name or a username."""
        return legible(masked_name(name))

    def prose(self, text: str, owner: str | None = None) -> str:
        """Text that somebody else has written, as one line; see `Scrubber.scrub` for `owner`."""
        return legible(self._scrubber.scrub(" ".join(lines_of(text)), owner), longest=_PROSE)

    def _list(self, path: tuple[str, ...], raw: list[Any], other: Any) -> Value:
        """A set: in the order of what is shown, and what only this side has is marked."""
        rest = other if isinstance(other, list) else []
        compared = other is not None
        items = [self._item(path, e, changed=compared and e not in rest) for e in raw]
        return Value(state="shown", items=tuple(sorted(items, key=lambda i: (i.text, i.id))))

    def _item(self, path: tuple[str, ...], raw: Any, *, changed: bool = False) -> Item:
        if raw is SECRET or raw is UNKNOWN:
            return Item(text=raw.value, changed=changed)
        if path[-1] in IDENTIFIED and isinstance(raw, str):
            identifier = bare_id(raw)
            name = self._names.get(identifier)
            if name is not None:
                told = "" if name == identifier else legible(identifier)
                return Item(text=self._clean(name), id=told, changed=changed)
            return Item(text=legible(identifier), changed=changed)
        if path == ("username",):
            return Item(text=self.name(str(raw)), changed=changed)
        text = _text(path, raw)
        # A personal value that came here is shown because it was asked for.
        return Item(text=legible(text) if is_personal(path) else self._clean(text), changed=changed)

    def _cleaned(self, text: str) -> str:
        # Names as whole words are left: a routing profile may be called like a person.
        return legible(self._scrubber.scrub(text, owner=""))


def _text(path: tuple[str, ...], raw: Any) -> str:
    if path[-1] == "afterContactWorkTimeLimit" and isinstance(raw, int):
        return f"{raw} s" if raw else _ENDLESS
    if isinstance(raw, str):
        return raw or '""'
    if isinstance(raw, Mapping):
        # A structure that nobody has taught us: its members' names are all that is safe to show.
        return "{" + ", ".join(sorted(map(str, raw))) + "}"
    return json.dumps(raw, ensure_ascii=False, default=str)
