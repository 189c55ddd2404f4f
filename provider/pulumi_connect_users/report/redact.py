"""Redacts: the one stage between the values of a preview and what a report may show.

Its results are masked, named, in units and printable: renderers show them as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal

from ..core.privacy import label, mask_address
from ..core.safe_text import lines_of, printable
from ..model.attributes import by_wire
from .differences import Difference, Path
from .foreign_text import HIDDEN, hide, is_address
from .id_names import IDENTIFIED, Names, bare_id
from .input.property_values import SECRET, UNKNOWN, PropertyValue
from .options import Disclosure, is_personal, is_secret
from .report import Item, PropertyChange, Value
from .user_changes import UserChange, Wire

ABSENT: Final = Value(state="absent")
_SECRET: Final = Value(state="secret")
_UNKNOWN: Final = Value(state="unknown")
_HIDDEN: Final = Value(state="hidden")
_PROSE: Final = 1_000
"""Characters of one message that a report shows."""
_ENDLESS: Final = "0 s (no limit)"
_SHORTEST: Final = 2
"""Characters of a value that is looked for in texts."""
_WORD: Final = re.compile(r"[^\s\"'`(),;<>\[\]{}=|]+")
_LABEL: Final = re.compile(r".{0,2}~[a-z2-7]{8}")
"""What `connect:personalData: secret` replaces a username by that is an address."""
_WORD_BEFORE: Final = re.compile(_WORD.pattern + r"\Z")
_ENDS: Final = ".:!?"


class Redactor:
    """Makes the values of one preview safe to show, as far as was requested."""

    def __init__(self, changes: Iterable[UserChange], names: Names, disclosure: Disclosure) -> None:
        self._names = names
        self._disclosure = disclosure
        self._usernames: set[str] = set()
        self._anywhere: dict[str, set[str]] = {}
        self._words: dict[str, set[str]] = {}
        for change in changes:
            for wire in (change.old, change.new):
                self._learn(change.urn, wire or {})
        # The same profiles, tags and settings recur with every user.
        self._own = lru_cache(maxsize=10_000)(self._without_values)

    def username(self, name: str) -> str:
        """A username: in full, or a form that only distinguishes users."""
        hides = name and not self._disclosure.usernames and not _LABEL.fullmatch(name)
        return printable(label(name) if hides else name)

    def name(self, name: str) -> str:
        """A resource's name, which is often a username."""
        hides = not self._disclosure.usernames and (name in self._usernames or is_address(name))
        return self.username(name) if hides else self._own(name)

    def text(self, text: str) -> str:
        """One line of this project's own text, or a name other than a person's."""
        return self._own(" ".join(lines_of(text)))

    def message(self, text: str, owner: str | None) -> str:
        """A text from elsewhere, as one line.

        Secrets, addresses and numbers of any user are hidden anywhere; names as whole words, and
        only in text about that user, whose URN is `owner`: a team may have the last name of a
        person. None is a text about all users, "" one about none.
        """
        line = hide(self._without_known(" ".join(lines_of(text))), address=self._address)
        for name in self._names_of(owner):
            if name in line:
                line = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", self._unless_username, line)
        return printable(self._without_usernames(line), longest=_PROSE)

    def changes(
        self, differences: Iterable[Difference], *, owner: str
    ) -> tuple[PropertyChange, ...]:
        """The differences as they may be shown; `owner` is the URN of the user that has them."""
        return tuple(
            PropertyChange(
                attribute=self.text(difference.label),
                old=self._value(difference.path, difference.old, difference.new, owner),
                new=self._value(difference.path, difference.new, difference.old, owner),
            )
            for difference in differences
        )

    def _value(self, path: Path, raw: PropertyValue, other: PropertyValue, owner: str) -> Value:
        """One side of a change; `other` is the other side, for marking what differs in a list."""
        if raw is None:
            return ABSENT
        if raw is SECRET or is_secret(path):
            return _SECRET
        if raw is UNKNOWN:
            return _UNKNOWN
        if self._hides(path):
            return self._personal(raw)
        if isinstance(raw, list):
            return self._list(path, raw, other)
        if path == ("tags",) and isinstance(raw, str):
            # Free text, which may hold the name of the tag's user.
            return Value(state="shown", items=(Item(text=self.message(raw, owner) or '""'),))
        return Value(state="shown", items=(self._item(path, raw),))

    def _personal(self, raw: PropertyValue) -> Value:
        """A personal value: of an address the domain, or all where it is a username."""
        if not (isinstance(raw, str) and is_address(raw)):
            return _HIDDEN
        shown = self._address(raw)
        state: Literal["shown", "hidden"] = "shown" if shown == raw else "hidden"
        return Value(state=state, items=(Item(text=printable(shown)),))

    def _list(self, path: Path, raw: list[PropertyValue], other: PropertyValue) -> Value:
        """A set: in the order of what is shown, and what only this side has is marked."""
        rest = other if isinstance(other, list) else []
        compared = other is not None
        items = [self._item(path, e, changed=compared and e not in rest) for e in raw]
        return Value(state="shown", items=tuple(sorted(items, key=lambda i: (i.text, i.id))))

    def _item(self, path: Path, raw: PropertyValue, *, changed: bool = False) -> Item:
        if raw is SECRET or raw is UNKNOWN:
            return Item(text=raw.value, changed=changed)
        if path[-1] in IDENTIFIED and isinstance(raw, str):
            identifier = bare_id(raw)
            name = self._names.get(identifier)
            if name is not None:
                shown = "" if name == identifier else printable(identifier)
                return Item(text=self._own(name), id=shown, changed=changed)
            return Item(text=printable(identifier), changed=changed)
        if path == ("username",):
            return Item(text=self.username(str(raw)), changed=changed)
        text = _text(path, raw)
        # A personal value gets here only on request.
        return Item(text=printable(text) if is_personal(path) else self._own(text), changed=changed)

    def _learn(self, owner: str, wire: Wire) -> None:
        """Takes in the values of one user."""
        username = wire.get("username")
        if isinstance(username, str) and username:
            self._usernames.add(username)
        for path, value in _leaves((), wire):
            if not isinstance(value, str) or len(value) < _SHORTEST:
                continue
            if is_secret(path):
                self._keep(value)
            elif self._hides(path):
                if "@" in value or value.startswith("+"):
                    self._keep(value)
                else:
                    self._words.setdefault(owner, set()).add(value)

    def _hides(self, path: Path) -> bool:
        return is_personal(path) and not self._disclosure.shows(path)

    def _keep(self, value: str) -> None:
        self._anywhere.setdefault(value[:_SHORTEST], set()).add(value)

    def _address(self, address: str) -> str:
        """An address in a text or a column; a username of the input stays readable."""
        if address in self._usernames:
            return self.username(address)
        return mask_address(address)

    def _without_values(self, text: str) -> str:
        """Keeps names as whole words: a routing profile may have the name of a person."""
        return printable(
            self._without_usernames(hide(self._without_known(text), address=self._address))
        )

    def _without_usernames(self, text: str) -> str:
        if self._disclosure.usernames:
            return text
        return _WORD.sub(self._pseudonym, text)

    def _pseudonym(self, match: re.Match[str]) -> str:
        word = match.group()
        bare = word if word in self._usernames else word.rstrip(_ENDS)
        return self.username(bare) + word[len(bare) :] if bare in self._usernames else word

    def _unless_username(self, match: re.Match[str]) -> str:
        """Hides a name, except inside a username."""
        before, after = match.string[: match.start()], match.string[match.end() :]
        start, end = _WORD_BEFORE.search(before), _WORD.match(after)
        word = (start[0] if start else "") + match[0] + (end[0] if end else "")
        return match[0] if {word, word.rstrip(_ENDS)} & self._usernames else HIDDEN

    def _names_of(self, owner: str | None) -> list[str]:
        if owner == "":
            return []
        if owner is None or owner not in self._words:
            names_of_users = {n for names in self._words.values() for n in names}
        else:
            names_of_users = self._words[owner]
        return sorted(names_of_users, key=lambda name: (-len(name), name))

    def _without_known(self, text: str) -> str:
        """Replaces the longest known value at each place, in one pass over the text."""
        pieces: list[str] = []
        position = 0
        while position < len(text):
            candidates = self._anywhere.get(text[position : position + _SHORTEST], ())
            longest = max(
                (c for c in candidates if text.startswith(c, position)), key=len, default=""
            )
            if longest:
                pieces.append(self._address(longest) if is_address(longest) else HIDDEN)
            else:
                pieces.append(text[position])
            position += len(longest) or 1
        return "".join(pieces)


def _text(path: Path, raw: PropertyValue) -> str:
    if path[-1] == "afterContactWorkTimeLimit" and isinstance(raw, int):
        return f"{raw} s" if raw else _ENDLESS
    if isinstance(raw, str):
        return raw or '""'
    if isinstance(raw, Mapping):
        # An unknown structure: only the names of its members are safe to show.
        return "{" + ", ".join(sorted(map(str, raw))) + "}"
    return json.dumps(raw, ensure_ascii=False, default=str)


def _leaves(path: Path, value: PropertyValue) -> Iterator[tuple[tuple[str, ...], PropertyValue]]:
    """Every leaf with its wire names, without keys of free maps and indexes of lists."""
    if isinstance(value, Mapping):
        structure = not path or (
            (known := by_wire().get(".".join(path))) is None or known.model is not None
        )
        for key, member in value.items():
            yield from _leaves((*path, str(key)) if structure else path, member)
    elif isinstance(value, list):
        for entry in value:
            yield from _leaves(path, entry)
    else:
        yield path, value
