"""Writes values in the style of the file that they go into."""

import json

from ..core.properties import Value
from ..roster.writing import yaml_text


def scalar(text: str, quote: str = "") -> str:
    """A text in the quotes of what it replaces; in JSON's, always in those."""
    if quote == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False) if quote else yaml_text.scalar(text)


def flow(value: Value, quote: str = "") -> str:
    """A value on one line; with quotes it is JSON."""
    return json.dumps(value, ensure_ascii=False) if quote else yaml_text.flow(value)
