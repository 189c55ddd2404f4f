"""Addresses in states of Terraform and OpenTofu, and the names that resources get by them. Pure.

Source: Terraform, internal/addrs/instance_key.go: keys are quoted as templates of HCL are.
"""

import re
from collections.abc import Iterator

from ..core.properties import Value

_MODULE = re.compile(
    r'module\.(?P<name>[^.\["]+)(?:\[(?:"(?P<key>(?:[^"\\]|\\.)*)"|(?P<number>\d+))\])?(?:\.|\Z)'
)
_ESCAPED = re.compile(r'\\(?P<one>[nrt"\\])|\\u(?P<short>[0-9a-f]{4})|\\U(?P<long>[0-9a-f]{8})')
_SIGNS = {"n": "\n", "r": "\r", "t": "\t"}
_TEMPLATE = re.compile(r"([$%])(?=\{)")
_TEMPLATE_ESCAPED = re.compile(r"([$%])\1(?=\{)")


def address_of(module: str, kind: str, name: str, key: Value) -> str:
    """`module.west.aws_connect_user.agents["li"]`, as the tool's own commands read it."""
    index = "" if key is None else f"[{_quoted(key) if isinstance(key, str) else key}]"
    return f"{module}{'.' if module else ''}{kind}.{name}{index}"


def name_of(module: str, name: str, key: Value) -> str:
    """A resource's name by its address, without its type: `west-agents-li`.

    Keys stay as they are, except for characters that cannot be seen.
    """
    parts = [*_of_module(module), name, "" if key is None else str(key)]
    whole = "-".join(part for part in parts if part)
    return "".join(character if character.isprintable() else "_" for character in whole)


def _of_module(module: str) -> Iterator[str]:
    """The names and keys in a module's address; what is not one stays as it is."""
    position = 0
    while match := _MODULE.match(module, position):
        yield match["name"]
        yield match["number"] or _unquoted(match["key"] or "")
        position = match.end()
    yield module[position:]


def _quoted(key: str) -> str:
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    text = "".join(escapes.get(c) or (c if c.isprintable() else _by_number(c)) for c in key)
    return '"' + _TEMPLATE.sub(r"\1\1", text) + '"'


def _by_number(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


def _unquoted(text: str) -> str:
    return _ESCAPED.sub(_character, _TEMPLATE_ESCAPED.sub(r"\1", text))


def _character(match: re.Match[str]) -> str:
    if one := match["one"]:
        return _SIGNS.get(one, one)
    return chr(int(match["short"] or match["long"], 16))
