"""The document of `pulumi preview --json`: steps, diagnostics, a summary.

It has no version and no policy results. For a resource that a refresh found changed it holds the
old state twice, so what has changed stands in the events alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from .diagnostics import diagnostic
from .preview import Preview, Step
from .shapes import counts
from .steps import collapse, reasons, state, superseded, type_of

_KEYS = {"steps", "changeSummary", "diagnostics", "duration", "config"}
_SHAPES = {"steps": list, "diagnostics": list, "changeSummary": dict}
_STEPS = re.compile(r'"steps"\s*:\s*\[')


def read_digest(text: str) -> Preview | None:
    """The preview in a digest, as much of it as is there; None where the text is none."""
    start = text.find("{")
    if start < 0:
        return None
    try:
        document, _ = json.JSONDecoder().raw_decode(text, start)
    except ValueError:
        return _read_torn(text)
    if not isinstance(document, dict) or not _KEYS & document.keys():
        return None
    if not all(isinstance(document.get(key) or shape(), shape) for key, shape in _SHAPES.items()):
        return None
    told = [_step(s) for s in document.get("steps") or () if isinstance(s, Mapping)]
    steps = collapse(told)
    refresh, listed = _is_refresh(steps), any(s.op == "refresh" for s in steps)
    if refresh:
        # What such a run deletes is gone already.
        steps = tuple(replace(s, drift=True) if s.op == "delete" else s for s in steps)
    else:
        # `preview --refresh` lists every resource as refreshed, and those that change once more.
        planned = {s.urn for s in steps if s.op != "refresh"}
        steps = tuple(s for s in steps if s.op != "refresh" or s.urn not in planned)
    diagnostics = tuple(
        found
        for d in document.get("diagnostics") or ()
        if isinstance(d, Mapping)
        if (found := diagnostic(d.get("severity"), str(d.get("message", "")), d.get("urn")))
    )
    failed = any(d.severity == "error" for d in diagnostics)
    return Preview(
        steps=steps,
        superseded=superseded(told, steps),
        diagnostics=diagnostics,
        outcome="failed" if failed else "succeeded",
        counts=counts(document.get("changeSummary")),
        refresh=refresh,
        hides_refresh=listed and not refresh,
    )


def _is_refresh(steps: tuple[Step, ...]) -> bool:
    """A refresh names the stack once, as refreshed; a preview names it as the same, too."""
    return [s.op for s in steps if s.type == "pulumi:pulumi:Stack"] == ["refresh"]


def _read_torn(text: str) -> Preview | None:
    """The whole steps of a document whose end is missing."""
    opening = _STEPS.search(text)
    if opening is None:
        return None
    told = [_step(step) for step in _objects(text, opening.end())]
    steps = collapse(told)
    return Preview(steps=steps, superseded=superseded(told, steps), outcome="incomplete")


def _objects(text: str, position: int) -> Iterator[Mapping[str, Any]]:
    decoder = json.JSONDecoder()
    while True:
        start = text.find("{", position)
        if start < 0:
            return
        try:
            found, position = decoder.raw_decode(text, start)
        except ValueError:
            return
        yield found


def _step(step: Mapping[str, Any]) -> Step:
    old, new = state(step.get("oldState")), state(step.get("newState"))
    op, urn = str(step.get("op", "")), str(step.get("urn", ""))
    return Step(
        op=op,
        urn=urn,
        type=type_of(urn),
        old=old,
        new=new,
        reasons=reasons(
            step.get("replaceReasons"), step.get("diffReasons"), step.get("detailedDiff")
        ),
        drift=op == "refresh" and old != new,
    )
