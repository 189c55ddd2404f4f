"""Values of settings as they were written: texts, read as what each setting is."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from ..core.documents import read_json
from ..users.allowance import Share

_TRUE, _FALSE = ("true", "1", "yes", "on"), ("false", "0", "no", "off")


class Given(NamedTuple):
    """A value as it was written, and its setting's name."""

    text: str | None
    name: str


def read_number(
    given: Given, default: float | None, problems: list[str], *, minimum: float
) -> float | None:
    """A number of at least the minimum; a problem names the setting, as in all of these."""
    if given.text is None:
        return default
    try:
        value = float(given.text)
    except ValueError:
        value = -1.0
    if not minimum <= value < math.inf:
        problems.append(f"{given.name} must be a number of at least {minimum:g}.")
        return default
    return value


def read_whole(given: Given, problems: list[str]) -> int | None:
    """A whole number; there is no default."""
    if given.text is None:
        return None
    if not re.fullmatch(r"\d{1,9}", given.text.strip(), re.ASCII):
        problems.append(f"{given.name} must be a whole number.")
        return None
    return int(given.text)


def read_count(given: Given, default: int | None, problems: list[str]) -> int | Share | None:
    """A whole number of users, or a share of them."""
    if given.text is None:
        return default
    number = re.fullmatch(r"(\d{1,9})|(\d{1,2}(?:\.\d+)?|100)\s*%", given.text.strip(), re.ASCII)
    if number is None:
        problems.append(f"{given.name} must be a whole number, or a share such as `5%`.")
        return default
    return Share(float(number[2])) if number[2] else int(number[1])


def read_names(given: Given, default: tuple[str, ...], problems: list[str]) -> tuple[str, ...]:
    """A list, which Pulumi gives as JSON, or names with commas; an empty text is an empty list."""
    if given.text is None:
        return default
    names: object = given.text.split(",")
    if given.text.lstrip().startswith("["):
        try:
            names = read_json(given.text)
        except ValueError:
            names = None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        problems.append(f"{given.name} must be a list of quoted values, or values with commas.")
        return default
    return tuple(name.strip() for name in names if name.strip())


def read_boolean(given: Given, problems: list[str], *, default: bool) -> bool:
    """Yes or no, in any of its usual spellings."""
    if given.text is None:
        return default
    said = given.text.strip().lower()
    if said not in _TRUE + _FALSE:
        problems.append(f"{given.name} must be true or false.")
        return default
    return said in _TRUE


def read_choice(given: Given, choices: tuple[str, ...], problems: list[str]) -> str:
    """One of the choices; the first is the default."""
    if given.text is None:
        return choices[0]
    if given.text not in choices:
        problems.append(f"{given.name} must be {' or '.join(choices)}.")
        return choices[0]
    return given.text
