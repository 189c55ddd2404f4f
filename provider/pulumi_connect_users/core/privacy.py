"""Masks usernames and names in our own text.

A username is shown. With `connect:personalData: secret` one that is an e-mail address is shown by
its label: a stem and a hash, which tell people apart and reveal nothing else.
"""

import json
import os
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from .ownership import resource_hash


class _Privacy:
    """Whether addresses are hidden in this process; None until it is configured."""

    hides: bool | None = None


def hide_addresses(*, hides: bool) -> None:
    """Sets `connect:personalData` for this process."""
    _Privacy.hides = hides


def hides_addresses() -> bool:
    """Whether usernames that are addresses are hidden. A program is asked before any resource."""
    if _Privacy.hides is None:
        try:
            config = json.loads(os.environ.get("PULUMI_CONFIG", "{}"))
            _Privacy.hides = config.get("connect:personalData") == "secret"
        except (ValueError, AttributeError):
            _Privacy.hides = False
    return _Privacy.hides


def is_address(username: object) -> bool:
    """Whether a username is an e-mail address: its domain has dots, as no `ALIAS@USERID@ORGID`."""
    local, _, domain = username.rpartition("@") if isinstance(username, str) else ("", "", "")
    return bool(local) and "." in domain.strip(".")


def label(username: str) -> str:
    """The label of a username that is an address: `li~k7q2mzab`."""
    return f"{username.partition('@')[0][:2]}~{resource_hash((username,))}"


def label_fact(username: object) -> dict[str, str]:
    """The fact `label`, which names a user in state whose username is hidden there."""
    hidden = hides_addresses() and is_address(username)
    return {"label": label(str(username))} if hidden else {}


def display_name(username: object) -> str:
    """The username, or its label."""
    name = str(username or "?")
    return label(name) if hides_addresses() and is_address(name) else name


def mask_address(username: object) -> str:
    """The username, unless it holds an @: then its first letter and the domain."""
    name = str(username or "?")
    local, at, domain = name.partition("@")
    return f"{local[:1]}...@{domain}" if at else name


def mask_words(name: object) -> str:
    """A name that may be a person's (of a quick connect): `Mary Major` as `M... M...`."""
    return " ".join(f"{word[:1]}..." for word in str(name or "?").split())


def similar(name: str, names: Iterable[str], most: int = 1) -> list[str]:
    """The names that a misspelt one may mean, the likeliest first, whatever their case."""
    folded = {one.casefold(): one for one in names}
    return [folded[n] for n in get_close_matches(name.casefold(), folded, n=most, cutoff=0.6)]


def shorten(texts: Sequence[str], most: int) -> str:
    """The first texts, and the count of the rest."""
    rest = f" and {len(texts) - most} more" if len(texts) > most else ""
    return ", ".join(texts[:most]) + rest


def display_names(usernames: Iterable[str], most: int = 10) -> str:
    """The first few usernames, and how many more there are."""
    return shorten([display_name(name) for name in usernames], most)
