"""Writes values into YAML: plain where every reader takes them for text, else in quotes."""

import json
import re
from collections.abc import Mapping
from typing import Final

import yaml

from ..core.properties import Value, entries, members
from ..core.yaml_documents import compose_yaml

_PLAIN: Final = re.compile(r"[^\W\d_][\w.@/+-]*(?: [\w.@/+-]+)*")
_WORDS: Final = frozenset({"y", "n"})
"""Words that YAML 1.1 reads as yes and no, and PyYAML does not."""
_STRING: Final = "tag:yaml.org,2002:str"


def scalar(text: str, quote: str = "") -> str:
    """One text; `quote` is the kind of quotes around what it replaces, which it keeps."""
    if quote == '"':
        return json.dumps(text, ensure_ascii=False)
    if not quote and _PLAIN.fullmatch(text) and _is_text(text):
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text)


def flow(value: Value, quote: str = "") -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        pairs = [f"{scalar(k, quote)}: {flow(v, quote)}" for k, v in members(value).items()]
        return "{ " + ", ".join(pairs) + " }" if pairs else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(entry, quote) for entry in entries(value)) + "]"
    return scalar(str(value), quote)


def _is_text(text: str) -> bool:
    if text.lower() in _WORDS:
        return False
    node = compose_yaml(text)
    return isinstance(node, yaml.ScalarNode) and node.tag == _STRING and node.value == text
