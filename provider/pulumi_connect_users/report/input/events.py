"""The engine's events, one JSON object a line: pre-events of steps, policy results, diagnostics.

Printed by `pulumi preview --json` with PULUMI_ENABLE_STREAMING_JSON_PREVIEW=1, and written by
`--event-log FILE`. Source of the shapes: Pulumi, sdk/go/common/apitype/events.go.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from .preview import (
    Diagnostic,
    Outcome,
    PolicyRun,
    Preview,
    Remediation,
    Step,
    Violation,
    collapse,
    reasons,
    state,
    superseded,
    type_of,
)
from .property_values import Properties, counts, entries, mapping, properties, texts


def read_events(text: str) -> Preview | None:
    """The preview that the events report; None where no line is an event."""
    run = _Run()
    for event in _events(text):
        for kind, payload in event.items():
            if isinstance(payload, Mapping):
                run.take(kind, payload)
    return run.preview() if run.seen else None


def _events(text: str) -> Iterator[Properties]:
    """The objects among the lines; a program's own prints and a truncated last line are skipped."""
    # Not splitlines(): JSON may hold what Python takes for a line's end (U+0085) as it is.
    for line in text.split("\n"):
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, Mapping):
            yield event


@dataclass
class _Run:
    """What the events have reported so far."""

    seen: bool = False
    steps: list[Step] = field(default_factory=list)
    refreshed: list[Step] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    remediations: list[Remediation] = field(default_factory=list)
    ran: set[tuple[str, str]] = field(default_factory=set)
    refreshing: set[str] = field(default_factory=set)
    config: Properties = field(default_factory=dict)
    summary: Properties | None = None

    def take(self, kind: str, payload: Properties) -> None:
        """Takes one event in; kinds that this report does not use are skipped."""
        if not kind.endswith("Event"):
            return
        self.seen = True
        if kind == "resourcePreEvent":
            self._planned(mapping(payload.get("metadata")))
        elif kind == "resOutputsEvent":
            self._done(mapping(payload.get("metadata")))
        elif kind.startswith("policy"):
            self._evaluated(kind, payload)
        elif kind == "diagnosticEvent":
            text = str(payload.get("prefix") or "") + str(payload.get("message", ""))
            self.diagnostics += Diagnostic.of(payload.get("severity"), text, payload.get("urn"))
        elif kind == "preludeEvent":
            self.config = mapping(payload.get("config"))
        elif kind == "summaryEvent":
            self.summary = payload

    def _evaluated(self, kind: str, payload: Properties) -> None:
        if kind == "policyEvent":
            self.violations.append(_violation(payload))
            self.ran.add(_policy(payload))
        elif kind == "policyRemediationEvent":
            self.remediations.append(_remediation(payload))
            self.ran.add(_policy(payload))
        elif kind.endswith("SummaryEvent"):
            self.ran.update(_policies(payload))

    def _planned(self, metadata: Properties) -> None:
        if metadata.get("op") == "refresh":
            self.refreshing.add(str(metadata.get("urn")))
        else:
            self.steps.append(_step(metadata))

    def _done(self, metadata: Properties) -> None:
        """A refresh reports its result when it has ended; other steps come before they begin."""
        urn = str(metadata.get("urn"))
        if urn in self.refreshing:
            self.refreshing.remove(urn)
            step = _step(metadata)
            op = _drift_of(step) if step.op == "refresh" else step.op
            self.refreshed.append(replace(step, op=op, drift=op != "same"))

    def preview(self) -> Preview:
        """All that was reported; a run without a summary was truncated."""
        refresh = bool(self.refreshed) and not self.steps
        drifted = [step for step in self.refreshed if step.drift or refresh]
        steps = collapse([*drifted, *self.steps])
        policies = PolicyRun(frozenset(self.ran), tuple(self.violations), tuple(self.remediations))
        return Preview(
            steps=steps,
            superseded=superseded([*self.refreshed, *self.steps], steps),
            diagnostics=tuple(self.diagnostics),
            policies=policies,
            outcome=self._outcome(),
            counts=counts(mapping(self.summary).get("resourceChanges")),
            config=texts(self.config),
            refresh=refresh,
        )

    def _outcome(self) -> Outcome:
        if self.summary is None:
            return "incomplete"
        result = self.summary.get("result")
        if result is None:
            return "failed" if any(d.severity == "error" for d in self.diagnostics) else "succeeded"
        # A mandatory policy fails the run too, but the plan is complete.
        plan_failed = result == "failed" and any(_is_failure(d) for d in self.diagnostics)
        return "failed" if plan_failed else "succeeded"


def _is_failure(diagnostic: Diagnostic) -> bool:
    """Whether it says more than that the preview failed, as a mandatory policy makes it do."""
    return diagnostic.severity == "error" and not diagnostic.is_bare_failure


def _drift_of(step: Step) -> str:
    """What a refresh found, where the engine (in `preview --refresh`) does not name it."""
    if step.new is None:
        return "delete"
    unchanged = step.old is not None and (
        step.old.inputs == step.new.inputs and step.old.outputs == step.new.outputs
    )
    return "same" if unchanged else "update"


def _step(metadata: Properties) -> Step:
    urn = str(metadata.get("urn", ""))
    return Step(
        op=str(metadata.get("op", "")),
        urn=urn,
        type=str(metadata.get("type") or type_of(urn)),
        old=state(metadata.get("old")),
        new=state(metadata.get("new")),
        reasons=reasons(metadata.get("keys"), metadata.get("diffs"), metadata.get("detailedDiff")),
    )


def _policy(payload: Properties) -> tuple[str, str]:
    return str(payload.get("policyPackName", "")), str(payload.get("policyName", ""))


def _policies(summary: Properties) -> Iterator[tuple[str, str]]:
    pack = str(summary.get("policyPackName", ""))
    for name in (*entries(summary.get("passed")), *entries(summary.get("failed"))):
        yield pack, str(name)


def _violation(payload: Properties) -> Violation:
    pack, name = _policy(payload)
    return Violation(
        policy=name,
        pack=pack,
        level=str(payload.get("enforcementLevel", "")),
        severity=str(payload.get("severity") or ""),
        urn=str(payload.get("resourceUrn") or ""),
        message=str(payload.get("message", "")).strip(),
    )


def _remediation(payload: Properties) -> Remediation:
    pack, name = _policy(payload)
    return Remediation(
        policy=name,
        pack=pack,
        urn=str(payload.get("resourceUrn") or ""),
        before=properties(payload.get("before")),
        after=properties(payload.get("after")),
    )
