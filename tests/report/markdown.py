"""Reads Markdown as GitHub does: tables, HTML between, bare links."""

import html
import re

import cmarkgfm  # type: ignore[import-untyped]
from cmarkgfm.cmark import Options  # type: ignore[import-untyped]
from markdown_it import MarkdownIt

_CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)


def rendered(text: str) -> str:
    """The HTML that GitHub's own parser makes, before GitHub cleans it."""
    made: str = cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE)
    return made


def cells(text: str) -> list[list[str]]:
    """Every row of every table as its cells' HTML; both parsers must see the same tables."""
    github = [_CELL.findall(row) for row in _ROW.findall(rendered(text))]
    common = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    assert [len(_CELL.findall(row)) for row in _ROW.findall(common)] == [len(r) for r in github]
    return github


def links(text: str) -> list[str]:
    """Every link and image."""
    return re.findall(r"<(?:a|img)\b[^>]*>", rendered(text))


def text_of(text: str) -> str:
    """What a reader sees."""
    return seen(rendered(text))


def seen(made: str) -> str:
    """What a reader sees of HTML."""
    return html.unescape(re.sub(r"<!--.*?-->|<[^>]*>", "", made)).replace("\u200b", "")
