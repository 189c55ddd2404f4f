"""Words that a password must not contain, because attackers try them first."""

import re
from collections.abc import Iterable

from ..subject import UserView
from .leet import folded, plain_spellings

_WORD = re.compile(r"[^\W_]+")
_TOP_LEVEL = re.compile(r"\.[^.]*\Z")
PATHS = {
    "username": "the username",
    "identityInfo.firstName": "the first name",
    "identityInfo.lastName": "the last name",
    "identityInfo.email": "the e-mail address",
}
"""Where a user's own words stand, and what they are called."""


def context_words(user: UserView) -> dict[str, str]:
    """The words of the user's own data, each with what it comes from (never shown itself)."""
    words: dict[str, str] = {}
    for path, what in PATHS.items():
        value = user.text(path)
        if not isinstance(value, str):
            continue
        local, _, domain = value.partition("@")
        # The top-level domain says nothing about the user.
        for word in _WORD.findall(folded(f"{local} {_TOP_LEVEL.sub('', domain)}")):
            words.setdefault(word, what)
    return words


def contained(password: str, words: Iterable[str], minimum: int) -> list[str]:
    """The words of at least `minimum` characters that the password contains, in any spelling."""
    spellings = plain_spellings(password)
    return [word for word in words if len(word) >= minimum and any(word in s for s in spellings)]
