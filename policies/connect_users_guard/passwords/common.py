"""Is a password a common one? Against a list of real passwords, and without a list of our own."""

import string
from functools import cache
from pathlib import Path

from .leet import plain_spellings

_AROUND = string.digits + string.punctuation


@cache
def common_passwords(size: int, list_file: str) -> frozenset[str]:
    """The `size` most common passwords (zxcvbn's list of 30,000), and the lines of a file.

    Raises:
        OSError: the file cannot be read.
    """
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    listed = {entry.casefold() for entry in FREQUENCY_LISTS["passwords"][:size]}
    if list_file:
        lines = Path(list_file).read_text(encoding="utf-8", errors="replace").splitlines()
        listed |= {line.strip().casefold() for line in lines if line.strip()}
    return frozenset(listed)


def is_common(password: str, listed: frozenset[str]) -> bool:
    """Whether it is listed: as it is, or under digits, signs and look-alike letters."""
    # A sign at an end may be a letter (`@dmin`), one at the other end still decoration (`@dmin99`).
    cores = (password.strip(_AROUND), password.lstrip(_AROUND), password.rstrip(_AROUND))
    # Below five letters the core is not what makes a password weak or strong.
    looked_up = (password, *(core for core in cores if len(core) >= 5))
    return any(spelled in listed for core in looked_up for spelled in plain_spellings(core))
