"""The review as one HTML page in the report's manner: it loads nothing, and needs no script."""

from __future__ import annotations

from functools import cache

from jinja2 import Template

from ..core.html import environment
from ..core.messages import counted
from .capabilities import BECOME_ADMIN, TEXTS
from .outcome import Outcome
from .review import described

_FEW = 20
"""Up to how many entries stand open."""


@cache
def _template() -> Template:
    templates = environment(
        "pulumi_connect_users.access", "report", assets="pulumi_connect_users.report.renderers"
    )
    templates.filters["counted"] = counted
    templates.globals.update(texts=TEXTS, described=described, become_admin=BECOME_ADMIN)
    return templates.get_template("access.html.jinja")


def page(outcome: Outcome) -> str:
    """The whole page."""
    alike = outcome.alike
    return _template().render(
        outcome=outcome,
        access=outcome.access,
        alike=alike,
        rest=len(outcome.access.people) - sum(map(len, alike)),
        open_all=len(alike) <= _FEW,
    )
