"""The board as one HTML page: it loads nothing, and tells everything without its script.

The policy (CSP) names style and script by their hashes: nothing else could run or load.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from . import words
from .board import ACTIVITIES, MEANINGS, Board


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("pulumi_connect_users.board"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        words=words,
        activities=ACTIVITIES,
        meanings=MEANINGS,
        style=_asset("board.css"),
        style_hash=_hash("board.css"),
        script=_asset("board.js"),
        script_hash=_hash("board.js"),
    )
    return environment.get_template("board.html.jinja")


def _asset(name: str) -> Markup:
    """Our own file, which is no data and needs no escaping."""
    text = files("pulumi_connect_users.board").joinpath("templates", name).read_text("utf-8")
    return Markup(text)  # noqa: S704


def _hash(name: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(_asset(name).encode()).digest()).decode()


def page(board: Board, *, reload_seconds: int | None = None) -> str:
    """The whole page; with `reload_seconds` a browser loads the file again and again."""
    return _template().render(board=board, reload_seconds=reload_seconds)
