"""Python source for plain values, laid out as a formatter does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ..core.properties import Value

WIDTH = 100


@dataclass(frozen=True)
class Raw:
    """Source that stands for itself: a name, an attribute."""

    source: str


@dataclass(frozen=True)
class CallOf:
    """A call: positional values, then keywords."""

    function: str
    positional: Sequence[Expression] = ()
    keywords: Mapping[str, Expression] = field(default_factory=dict)


Expression: TypeAlias = "Value | Raw | CallOf | Sequence[Expression] | Mapping[str, Expression]"
"""What has a source."""


def literal(text: str) -> str:
    """A string literal with invisible characters escaped, in the quotes that spare escapes."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    escapes = {"\\": "\\\\", quote: f"\\{quote}", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    characters = [escapes.get(c) or (c if c.isprintable() else _escape(c)) for c in text]
    return f"{quote}{''.join(characters)}{quote}"


def _escape(character: str) -> str:
    code = ord(character)
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


def source(value: Expression, indent: int = 0, before: int = 0, after: int = 0) -> str:
    """The source of a value `before` columns behind its indentation, with `after` columns free."""
    flat = _flat(value)
    parts = _parts(value)
    if parts is None or indent + before + len(flat) + after <= WIDTH:
        return flat
    opening, entries, closing = parts
    inner = indent + 4
    lines = []
    for prefix, entry in entries:
        lines.append(f"{' ' * inner}{prefix}{source(entry, inner, len(prefix), 1)},")
    return "\n".join([opening, *lines, f"{' ' * indent}{closing}"])


_Parts = tuple[str, list[tuple[str, Expression]], str]


def _parts(value: Expression) -> _Parts | None:
    """Brackets and the entries between them; None for a value without brackets."""
    entries: list[tuple[str, Expression]]
    if isinstance(value, CallOf):
        entries = [("", entry) for entry in value.positional]
        entries += [(f"{name}=", entry) for name, entry in value.keywords.items()]
        return f"{value.function}(", entries, ")"
    if isinstance(value, Mapping):
        return "{", [(f"{literal(k)}: ", v) for k, v in value.items()], "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[", [("", entry) for entry in value], "]"
    return None


def _flat(value: Expression) -> str:
    parts = _parts(value)
    if parts is not None:
        opening, entries, closing = parts
        return opening + ", ".join(prefix + _flat(entry) for prefix, entry in entries) + closing
    if isinstance(value, Raw):
        return value.source
    return literal(value) if isinstance(value, str) else repr(value)
