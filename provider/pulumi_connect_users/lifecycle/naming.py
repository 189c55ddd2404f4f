"""How a user is named in text that we write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


def shown(username: object) -> str:
    """The username, unless it is an e-mail address: then its first letter and the domain."""
    name = str(username or "?")
    local, at, domain = name.partition("@")
    return f"{local[:1]}...@{domain}" if at else name


def masked(name: object) -> str:
    """A name that may be somebody's (of a quick connect): `Mary Major` as `M... M...`."""
    return " ".join(f"{word[:1]}..." for word in str(name or "?").split())


def alike(name: str, known: Iterable[str], most: int = 1) -> list[str]:
    """The known names that a misspelt one may mean, the likeliest first, whatever their case."""
    folded = {one.casefold(): one for one in known}
    return [folded[n] for n in get_close_matches(name.casefold(), folded, n=most, cutoff=0.6)]


def some(told: Sequence[str], most: int) -> str:
    """The first of what is told, and how many more there are."""
    more = f" and {len(told) - most} more" if len(told) > most else ""
    return ", ".join(told[:most]) + more
