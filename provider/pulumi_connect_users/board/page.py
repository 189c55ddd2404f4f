"""The board as one HTML page: it loads nothing, and shows everything without its script."""

from functools import cache

from jinja2 import Template

from ..core.html import environment
from . import words
from .board import MEANINGS, Board


@cache
def _template() -> Template:
    templates = environment("pulumi_connect_users.board", "board", trim=True)
    templates.globals.update(words=words, meanings=MEANINGS)
    return templates.get_template("board.html.jinja")


def page(board: Board, *, reload_seconds: int | None = None) -> str:
    """The whole page; with `reload_seconds` a browser loads the file again and again."""
    return _template().render(board=board, reload_seconds=reload_seconds)
