"""The report as one HTML file: it loads nothing, and works without scripts.

Its policy (CSP) names the one style and the one script by their hashes, so that nothing that came
in with a value could run or load even if it were not escaped.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from ..report import Change, Report
from ..verdict import counted
from . import words

_FEW: Final = 20
"""Up to how many changes those that compare stand open."""


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("pulumi_connect_users.report.writers"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.filters["counted"] = counted
    environment.filters["breakable"] = _breakable
    environment.globals.update(
        words=words,
        gist=_gist,
        style=_asset("report.css"),
        style_hash=_hash("report.css"),
        script=_asset("report.js"),
        script_hash=_hash("report.js"),
    )
    return environment.get_template("report.html.jinja")


def _asset(name: str) -> Markup:
    """Our own file, which is no data and needs no escaping."""
    text = (
        files("pulumi_connect_users.report.writers").joinpath("templates", name).read_text("utf-8")
    )
    return Markup(text)  # noqa: S704


def _hash(name: str) -> str:
    digest = hashlib.sha256(_asset(name).encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode()


def write_html(report: Report) -> str:
    """The whole page."""
    return _template().render(
        report=report,
        risks=words.told_risks(report),
        sections=words.by_action(report),
        statuses=[change for change in report.changes if change.kind == "status"],
        footer=words.footer(report),
        places={change: f"change-{place}" for place, change in enumerate(report.changes, 1)},
        open_all=len(report.changes) <= _FEW,
    )


def _breakable(attribute: str) -> Markup:
    """An attribute's name, which a narrow column may break after dots and underscores."""
    return Markup(re.sub(r"([._])", r"\1<wbr>", str(escape(attribute))))  # noqa: S704


def _gist(change: Change) -> str:
    """What a closed entry tells: which attributes change, or where a user belongs."""
    if change.action in ("update", "replace", "drift"):
        return ", ".join(found.attribute for found in change.properties)
    side = "old" if change.action in words.DEPARTURES else "new"
    values = (value for value in words.main_values(change, side) if value is not None)
    return " · ".join(", ".join(i.text for i in value.items) for value in values if value.items)
