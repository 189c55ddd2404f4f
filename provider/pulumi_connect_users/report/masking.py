"""What may be seen of which value: derived from the model's facts, and closed where it knows none.

Passwords never; names, e-mail addresses and phone numbers only where somebody asks for the field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from ..lifecycle.naming import masked_address
from ..model.attributes import attributes, by_program, by_wire
from .subject import Wire

_SECRET_LEAVES: Final = frozenset(a.path[-1] for a in attributes() if a.facts.secret)
_PERSONAL_LEAVES: Final = frozenset(a.path[-1] for a in attributes() if a.facts.personal)
_SECRETIVE: Final = re.compile(r"password|passphrase|secret|token|credential|private.?key", re.I)
_PERSONAL_ABOVE: Final = frozenset(a.path[0] for a in attributes() if a.facts.personal) - frozenset(
    a.path[0] for a in attributes() if not a.facts.personal and len(a.path) > 1
)
"""Structures all of whose members are personal: one that the model does not know is, too."""

HIDDEN: Final = "[hidden]"
# Patterns on texts of any length: each may begin only where a word does, and never tries the rest
# of a word twice, or one long word would take hours.
_EMAIL: Final = re.compile(
    r"(?<![^\s<>()\[\]{},;:\"'`|=])[^\s<>()\[\]{},;:\"'`|=]+@[\w-][\w.-]*", re.UNICODE
)
_MASKED: Final = re.compile(r"[^@]\.\.\.@[^@]+")
_ASSIGNED: Final = re.compile(
    r"(?<!\w)((?>\w*?(?:password|passphrase|secret|token)\w*+)[\"']?\s*+[:=]\s*+)\S+", re.I
)
_PHONE: Final = re.compile(r"(?<!\w)\+[1-9]\d{5,14}(?!\d)")


def is_secret(path: tuple[str, ...]) -> bool:
    """Whether a value is never shown: by the model, or by the sound of its name."""
    known = by_wire().get(".".join(path))
    if known is not None:
        return known.facts.secret
    return path[-1] in _SECRET_LEAVES or any(_SECRETIVE.search(part) for part in path)


def is_personal(path: tuple[str, ...]) -> bool:
    """Whether a value says who somebody is."""
    known = by_wire().get(".".join(path))
    if known is not None:
        return known.facts.personal
    return path[-1] in _PERSONAL_LEAVES or path[0] in _PERSONAL_ABOVE


class UnknownField(ValueError):
    """A field that was asked for and is not one of the personal ones."""


@dataclass(frozen=True)
class Disclosure:
    """The personal attributes that somebody has asked to see, by wire path."""

    paths: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Iterable[str]) -> Disclosure:
        """From names as programs or Connect write them; a structure stands for its members.

        Raises:
            UnknownField: a name is none, or one of a secret; the message names all that are.
        """
        wanted = [name.strip() for name in names if name.strip()]
        paths: set[str] = set()
        unknown = []
        for name in wanted:
            found = set(_ASKABLE) if name == "all" else _below(name)
            if not found:
                unknown.append(name)
            paths |= found
        if unknown:
            known = ", ".join(sorted({_program(path) for path in _ASKABLE}))
            raise UnknownField(
                f"{', '.join(unknown)}: no personal field has this name. "
                f"The fields are {known}, and `all`. Passwords are never shown."
            )
        return cls(frozenset(paths))

    def shows(self, path: tuple[str, ...]) -> bool:
        """Whether a personal value may be seen."""
        return ".".join(path) in self.paths

    @property
    def names(self) -> tuple[str, ...]:
        """The attributes as programs write them, sorted."""
        return tuple(sorted(_program(path) for path in self.paths))


_ASKABLE: Final = tuple(a.wire for a in attributes() if a.facts.personal)


def _program(wire: str) -> str:
    return by_wire()[wire].program


def _below(name: str) -> set[str]:
    known = by_program().get(name) or by_wire().get(name)
    if known is None:
        return set()
    return {p for p in _ASKABLE if p == known.wire or p.startswith(known.wire + ".")}


def masked_name(name: str) -> str:
    """A username, or a resource's name, as it may be shown."""
    return masked_address(name) if name else ""


def masked_personal(value: str) -> str:
    """What may be seen of a personal value: of an e-mail address its domain, else nothing."""
    local, at, _ = value.partition("@")
    if not (local and at) or any(c.isspace() for c in value):
        return ""
    if _MASKED.fullmatch(value):
        return value
    masked = masked_address(value)
    return "" if value in masked else masked


_MIN_LENGTH: Final = 2


@dataclass
class Scrubber:
    """Takes known values out of text that somebody else has written.

    Secrets, addresses and numbers of any user are found anywhere, names as whole words and only
    in text about the very user: a team may be called like somebody's last name.
    """

    disclosure: Disclosure = field(default_factory=Disclosure)
    _anywhere: dict[str, set[str]] = field(default_factory=dict)
    _words: dict[str, set[str]] = field(default_factory=dict)

    def learn(self, owner: str, wire: Wire | None) -> None:
        """Takes in the values of one user; `owner` is what texts about it are found by."""
        for path, value in _leaves((), wire or {}):
            if not isinstance(value, str) or len(value) < _MIN_LENGTH:
                continue
            if is_secret(path):
                self._keep(value)
            elif is_personal(path) and not self.disclosure.shows(path):
                if "@" in value or value.startswith("+"):
                    self._keep(value)
                else:
                    self._words.setdefault(owner, set()).add(value)

    def _keep(self, value: str) -> None:
        self._anywhere.setdefault(value[:_MIN_LENGTH], set()).add(value)

    def scrub(self, text: str, owner: str | None = None) -> str:
        """The text without known values, e-mail addresses and phone numbers.

        `owner` limits the names to those of one user, "" to none; where it is not given, or not a
        user that is known, every name is taken out.
        """
        text = self._without_values(text)
        text = _EMAIL.sub(lambda match: masked_personal(match.group()) or HIDDEN, text)
        text = _PHONE.sub(HIDDEN, text)
        text = _ASSIGNED.sub(rf"\1{HIDDEN}", text)
        for name in self._names(owner):
            if name in text:
                text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", HIDDEN, text)
        return text

    def _names(self, owner: str | None) -> list[str]:
        if owner == "":
            return []
        if owner is None or owner not in self._words:
            return self._all_names
        return sorted(self._words[owner], key=_longest_first)

    @cached_property
    def _all_names(self) -> list[str]:
        """Every name; asked for when all users are learned."""
        return sorted({n for names in self._words.values() for n in names}, key=_longest_first)

    def _without_values(self, text: str) -> str:
        """Replaces the longest known value at each place, in one pass over the text."""
        pieces: list[str] = []
        position = 0
        while position < len(text):
            candidates = self._anywhere.get(text[position : position + _MIN_LENGTH], ())
            longest = max(
                (c for c in candidates if text.startswith(c, position)), key=len, default=""
            )
            pieces.append((masked_personal(longest) or HIDDEN) if longest else text[position])
            position += len(longest) or 1
        return "".join(pieces)


def _longest_first(name: str) -> tuple[int, str]:
    return -len(name), name


def _leaves(path: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every leaf with its wire names; keys of free maps and places in lists are no names."""
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
