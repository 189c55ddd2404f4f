"""The code blocks of the documentation."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt

from tools import site
from tools.checkout import ROOT

DOCS = ROOT / "docs"


@dataclass(frozen=True)
class Block:
    """One fenced block."""

    file: Path
    line: int
    language: str
    text: str

    @property
    def place(self) -> str:
        """How a test names it."""
        return f"{self.file.relative_to(ROOT)}:{self.line}"


def pages() -> list[Path]:
    """The README and every page of the site."""
    elsewhere = [ROOT / source for source in site.PAGES.values()]
    return [ROOT / "README.md", *elsewhere, *sorted(DOCS.rglob("*.md"))]


def blocks(language: str) -> Iterator[Block]:
    """All blocks of a language."""
    return (block for block in _all_blocks() if block.language == language)


@cache
def _all_blocks() -> tuple[Block, ...]:
    parser = MarkdownIt()
    return tuple(
        Block(file, token.map[0] + 1 if token.map else 1, token.info.split(" ")[0], token.content)
        for file in pages()
        for token in parser.parse(file.read_text(encoding="utf-8"))
        if token.type == "fence"
    )
