"""The report as JSON: public, versioned, described by the schema that ships beside it."""

from __future__ import annotations

import json
from typing import Any

from ..report import Report


def render_json(report: Report) -> str:
    """One document, its members in a fixed order."""
    document = report.model_dump(mode="json", by_alias=True)
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def json_schema() -> dict[str, Any]:
    """The schema of what `render_json` writes."""
    schema = Report.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
