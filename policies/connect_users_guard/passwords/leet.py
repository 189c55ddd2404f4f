"""Look-alike letters: `P@ssw0rd` is `password`."""

import unicodedata
from itertools import product

_CLEAR = dict(zip("@4830$57+", "aabeosstt", strict=True))
# Each of these is an i or an l: `|etme1n` is `letmein`.
_TABLES = [
    str.maketrans(_CLEAR | dict(zip("1!|", letters, strict=True)))
    for letters in product("il", repeat=3)
]


def folded(text: str) -> str:
    """The text in small letters, without accents: `Zoë` is `zoe`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def plain_spellings(password: str) -> tuple[str, ...]:
    """The password in small letters: as it is, and with look-alikes read as letters."""
    small = folded(password)
    return tuple(dict.fromkeys((small, *(small.translate(table) for table in _TABLES))))
