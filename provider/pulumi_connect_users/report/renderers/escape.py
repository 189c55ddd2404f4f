"""Escaping for GitHub and GitLab Markdown: whatever a text holds, it stays that text.

Two ways, for two places. `code` is for names and values: GitHub looks for neither mentions nor
issue numbers in `<code>`, and since everything else that Markdown could read is an entity, neither
a pipe nor a backtick can end a cell or the code itself (a fence of backticks could not promise
that: in a table, a backslash before a pipe reads differently from parser to parser). `prose` is for
sentences: it breaks what would become a link, as Dependabot does, with a zero-width space.
"""

import re
from typing import Final

from markupsafe import Markup

_BREAK: Final = "&#8203;"
_SPLIT: Final = "<!-- -->"
_SPECIAL: Final = re.compile(r"[^\w .,:;/()+=%'!?-]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_CODE: Final = re.compile(r"`([^`]+)`")
_LINKS: Final = re.compile(r"@|://|www\.|mailto:|xmpp:", re.IGNORECASE)
_REFERENCES: Final = re.compile(r"@|#|://|www\.|mailto:|xmpp:|GH-", re.IGNORECASE)


def _entity(match: re.Match[str]) -> str:
    # Letters, symbols and signs of other scripts mean nothing to Markdown.
    character = match.group()
    return character if ord(character) > 127 else f"&#{ord(character)};"


def _entities(text: str) -> str:
    return _SPECIAL.sub(_entity, text)


def _broken(text: str, pattern: re.Pattern[str], wedge: str, *, after: bool) -> str:
    """The text in entities, with a wedge inside everything that the pattern finds."""
    pieces, position = [], 0
    for match in pattern.finditer(text):
        pieces.append(_entities(text[position : match.start()]))
        match_text = match.group()
        split = 1 if after or len(match_text) > 1 else 0
        pieces += [_entities(match_text[:split]), wedge, _entities(match_text[split:])]
        position = match.end()
    return "".join([*pieces, _entities(text[position:])])


def spans(text: str) -> Markup:
    """A sentence whose `backticks` are code."""
    parts = _CODE.split(text)
    return Markup("").join(
        code(part) if place % 2 else prose(part) for place, part in enumerate(parts)
    )


def prose(text: str) -> Markup:
    """A sentence: no markup, no link, no mention, no reference."""
    return Markup(_broken(text, _REFERENCES, _BREAK, after=True))  # noqa: S704


def code(text: str) -> Markup:
    """A name or a value, in the type of code."""
    inner = _broken(text, _LINKS, _SPLIT, after=False)
    return Markup(f"<code>{inner}</code>")  # noqa: S704


def escape(value: object) -> Markup:
    """What a template's expression becomes: Markup is ours and stays, all else is prose."""
    return value if isinstance(value, Markup) else prose(str(value))
