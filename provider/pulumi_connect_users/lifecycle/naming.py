"""How a user is named in text that we write."""

from __future__ import annotations

from collections.abc import Sequence


def shown(username: object) -> str:
    """The username, unless it is an e-mail address: then its first letter and the domain."""
    name = str(username or "?")
    local, at, domain = name.partition("@")
    return f"{local[:1]}...@{domain}" if at else name


def masked(name: object) -> str:
    """A name that may be somebody's (of a quick connect): `Mary Major` as `M... M...`."""
    return " ".join(f"{word[:1]}..." for word in str(name or "?").split())


def some(told: Sequence[str], most: int) -> str:
    """The first of what is told, and how many more there are."""
    more = f" and {len(told) - most} more" if len(told) > most else ""
    return ", ".join(told[:most]) + more
