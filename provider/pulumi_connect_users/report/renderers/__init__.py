"""Renderers: each turns a report into one kind of text, and escapes for its target."""

import json
from typing import Any, Final, Literal, get_args

from ..report import Report

Format = Literal["markdown", "html", "terminal", "json"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)


def render(report: Report, target: Format, *, limit: int | None = None) -> str:
    """The report as text, the terminal's without colour; `limit` bounds Markdown."""
    # Each library is imported where it is used: JSON needs none of them.
    if target == "markdown":
        from .markdown import GITHUB_LIMIT, render_markdown

        return render_markdown(report, limit=limit or GITHUB_LIMIT)
    if target == "html":
        from .html import render_html

        return render_html(report)
    if target == "terminal":
        from .terminal import render_terminal

        return render_terminal(report)
    document = report.model_dump(mode="json", by_alias=True)
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def json_schema() -> dict[str, Any]:
    """The schema of the JSON: public and versioned."""
    schema = Report.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
