"""The digest: the one document of `pulumi preview --json`, with steps, diagnostics and a summary.

It has no version and no policy results. For a resource that a refresh found changed it holds the
old state twice: only the events say what has changed.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from .preview import Diagnostic, Preview, Step, collapse, reasons, state, superseded, type_of
from .property_values import Properties, PropertyValue, counts, entries, mapping, texts

_KEYS = {"steps", "changeSummary", "diagnostics", "duration", "config"}
_SHAPES = {"steps": list, "diagnostics": list, "changeSummary": dict}
_STEPS = re.compile(r'"steps"\s*:\s*\[')


def read_digest(text: str) -> Preview | None:
    """The preview in a digest, as far as it goes; None where the text is not a digest."""
    start = text.find("{")
    if start < 0:
        return None
    try:
        document, _ = json.JSONDecoder().raw_decode(text, start)
    except ValueError:
        return _read_truncated(text)
    return _read_whole(document) if _is_digest(document) else None


def _is_digest(document: PropertyValue) -> bool:
    return (
        isinstance(document, Mapping)
        and bool(_KEYS & document.keys())
        and all(isinstance(document.get(key) or shape(), shape) for key, shape in _SHAPES.items())
    )


def _read_whole(document: Properties) -> Preview:
    reported = [_step(mapping(step)) for step in entries(document.get("steps"))]
    steps = collapse(reported)
    refresh, listed = _is_refresh(steps), any(step.op == "refresh" for step in steps)
    steps = tuple(_of_refresh(steps) if refresh else _of_update(steps))
    diagnostics = tuple(
        diagnostic
        for d in map(mapping, entries(document.get("diagnostics")))
        for diagnostic in Diagnostic.of(d.get("severity"), str(d.get("message", "")), d.get("urn"))
    )
    failed = any(d.severity == "error" for d in diagnostics)
    return Preview(
        steps=steps,
        superseded=superseded(reported, steps),
        diagnostics=diagnostics,
        outcome="failed" if failed else "succeeded",
        counts=counts(document.get("changeSummary")),
        config=texts(mapping(document.get("config"))),
        refresh=refresh,
        hides_refresh=listed and not refresh,
    )


def _of_refresh(steps: Sequence[Step]) -> Iterator[Step]:
    """What a refresh deletes was deleted before."""
    return (replace(s, drift=True) if s.op == "delete" else s for s in steps)


def _of_update(steps: Sequence[Step]) -> Iterator[Step]:
    """`preview --refresh` lists every resource as refreshed, and those that change once more."""
    planned = {s.urn for s in steps if s.op != "refresh"}
    return (s for s in steps if s.op != "refresh" or s.urn not in planned)


def _is_refresh(steps: tuple[Step, ...]) -> bool:
    """A refresh lists the stack once, as refreshed; a preview also lists it as unchanged."""
    return [s.op for s in steps if s.type == "pulumi:pulumi:Stack"] == ["refresh"]


def _read_truncated(text: str) -> Preview | None:
    """The whole steps of a document whose end is missing."""
    opening = _STEPS.search(text)
    if opening is None:
        return None
    reported = [_step(step) for step in _objects(text, opening.end())]
    steps = collapse(reported)
    return Preview(steps=steps, superseded=superseded(reported, steps), outcome="incomplete")


def _objects(text: str, position: int) -> Iterator[Properties]:
    decoder = json.JSONDecoder()
    while True:
        start = text.find("{", position)
        if start < 0:
            return
        try:
            step, position = decoder.raw_decode(text, start)
        except ValueError:
            return
        yield step


def _step(step: Properties) -> Step:
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
