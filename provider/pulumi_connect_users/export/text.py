"""Python source for plain values, as a formatter would lay it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 100


@dataclass(frozen=True)
class Raw:
    """Source that stands for itself: a name, an attribute."""

    source: str


@dataclass(frozen=True)
class CallOf:
    """A call: positional values, then keywords."""

    function: str
    positional: Sequence[Any] = ()
    keywords: Mapping[str, Any] | None = None


def literal(text: str) -> str:
    """A string literal; what cannot be seen on a screen is escaped.

    In double quotes, or in single ones where these spare escapes: as formatters do.
    """
    quote = "'" if text.count('"') > text.count("'") else '"'
    escapes = {"\\": "\\\\", quote: f"\\{quote}", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    shown = [escapes.get(c) or (c if c.isprintable() else _escape(c)) for c in text]
    return f"{quote}{''.join(shown)}{quote}"


def _escape(character: str) -> str:
    code = ord(character)
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


def source(value: Any, indent: int = 0, before: int = 0, after: int = 0) -> str:
    """The source of a value that begins `before` columns behind its indentation.

    `after` columns must stay free behind its last line (a comma, a bracket).
    """
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


_Parts = tuple[str, list[tuple[str, Any]], str]


def _parts(value: Any) -> _Parts | None:
    """Brackets and what stands between them; None for what has none."""
    if isinstance(value, CallOf):
        entries = [("", one) for one in value.positional]
        entries += [(f"{name}=", one) for name, one in (value.keywords or {}).items()]
        return f"{value.function}(", entries, ")"
    if isinstance(value, Mapping):
        return "{", [(f"{literal(str(k))}: ", v) for k, v in value.items()], "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[", [("", one) for one in value], "]"
    return None


def _flat(value: Any) -> str:
    parts = _parts(value)
    if parts is not None:
        opening, entries, closing = parts
        return opening + ", ".join(prefix + _flat(one) for prefix, one in entries) + closing
    if isinstance(value, Raw):
        return value.source
    return literal(value) if isinstance(value, str) else repr(value)
