"""The report as one HTML file: it loads nothing, and works without scripts."""

import re
from functools import cache
from typing import Final

from jinja2 import Template
from markupsafe import Markup, escape

from ...core.html import environment
from ...core.messages import counted
from ..report import Change, Report
from . import vocabulary

_CODE: Final = re.compile(r"`([^`]+)`")
_FEW: Final = 20
"""Up to how many changes their entries stand open."""


@cache
def _template() -> Template:
    made = environment("pulumi_connect_users.report.renderers", "report")
    made.filters.update(counted=counted, breakable=_breakable, spans=_spans)
    made.globals.update(vocabulary=vocabulary, gist=_gist)
    return made.get_template("report.html.jinja")


def render_html(report: Report) -> str:
    """The whole page."""
    return _template().render(
        report=report,
        risks=vocabulary.ranked_risks(report),
        sections=vocabulary.by_action(report),
        statuses=[change for change in report.changes if change.kind == "status"],
        coverage=vocabulary.coverage(report),
        unchanged_coverage=vocabulary.unchanged_coverage(report),
        to_admin=vocabulary.to_admin(report),
        calls=vocabulary.calls(report),
        footer=vocabulary.footer(report),
        places={change: f"change-{place}" for place, change in enumerate(report.changes, 1)},
        open_all=len(report.changes) <= _FEW,
    )


def _breakable(attribute: str) -> Markup:
    """An attribute's name, which a narrow column may break after dots and underscores."""
    return Markup(re.sub(r"([._])", r"\1<wbr>", str(escape(attribute))))  # noqa: S704


def _spans(text: str) -> Markup:
    """A sentence whose `backticks` are code."""
    parts = _CODE.split(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def _gist(change: Change) -> str:
    """What a closed entry shows: which attributes change, or where a user belongs."""
    if change.action in vocabulary.COMPARED:
        return ", ".join(leaf.attribute for leaf in change.properties)
    side = "old" if change.action in vocabulary.DEPARTURES else "new"
    values = (value for value in vocabulary.main_values(change, side) if value is not None)
    return " · ".join(", ".join(i.text for i in value.items) for value in values if value.items)
