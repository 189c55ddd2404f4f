"""Look-alike letters: `P@ssw0rd` is `password`."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans("@4831!|0$57+", "aabeiiiosstt")
_LETTERS_L = str.maketrans("@4831!|0$57+", "aabelliosstt")


def folded(text: str) -> str:
    """The text in small letters, without accents: `Zoë` is `zoe`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def plain_spellings(password: str) -> tuple[str, ...]:
    """The password in small letters: as it is, and with look-alikes read as letters."""
    small = folded(password)
    return tuple(dict.fromkeys((small, small.translate(_LETTERS), small.translate(_LETTERS_L))))
