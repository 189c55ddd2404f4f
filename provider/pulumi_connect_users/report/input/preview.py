"""One run of `pulumi preview`, or of refresh or destroy with `--preview-only`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from .property_values import Properties, PropertyValue, entries, properties

Outcome = Literal["succeeded", "failed", "incomplete", "empty"]
"""incomplete: the input ends before the run does; empty: nothing was printed."""


def name_of(urn: str) -> str:
    """The name in a URN: all behind stack, project and types, since it may hold `::`."""
    return urn.split("::", 3)[-1]


@dataclass(frozen=True, slots=True)
class State:
    """A resource before or after a step, decoded (see `property_values`)."""

    inputs: Properties
    outputs: Properties
    id: str = ""
    protect: bool = False
    retain: bool = False
    """Whether a deletion only forgets the resource (`retain_on_delete`)."""

    @property
    def properties(self) -> Properties:
        """The inputs, or the outputs where there are none."""
        return self.inputs or self.outputs


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What happens to one resource; the engine's steps of a replacement are one here."""

    op: str
    """The engine's own word: same, create, update, replace, delete, import, read, refresh ..."""
    urn: str
    type: str
    old: State | None = None
    new: State | None = None
    reasons: tuple[str, ...] = ()
    """Property paths that make the step a replacement, or a change."""
    deletes_first: bool | None = None
    """Of a replacement: whether the old one is deleted first; None: not in the input."""
    drift: bool = False
    """Whether it has already changed outside Pulumi, as a refresh finds."""

    @property
    def name(self) -> str:
        """The resource's name."""
        return name_of(self.urn)

    @property
    def protected(self) -> bool:
        """Whether the engine refuses to delete the resource."""
        return self.old is not None and self.old.protect


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One complaint of one policy."""

    policy: str
    pack: str
    level: str
    """advisory or mandatory."""
    severity: str
    """critical, high, medium, low; empty where the policy has none."""
    urn: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remediation:
    """One resource that a policy has changed."""

    policy: str
    pack: str
    urn: str
    before: Properties
    after: Properties


_PREFIX: Final = re.compile(r"\s*(error|warning|info): ")
_LOCAL: Final = "connect:endpoint is local"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A message of the program, a provider or the engine that a reader of the report needs."""

    severity: str
    message: str
    urn: str = ""

    @classmethod
    def of(
        cls, severity: PropertyValue, message: str, urn: PropertyValue
    ) -> tuple[Diagnostic, ...]:
        """An error, a warning or the note about a local endpoint; nothing for any other message.

        All that a provider logs arrives as `info#err`, with its own severity before the text.
        """
        prefix = _PREFIX.match(message)
        if prefix:
            message = message[prefix.end() :]
            severity = prefix[1] if severity == "info#err" else severity
        if severity in ("error", "warning") or _LOCAL in message:
            return (cls(str(severity), message, str(urn or "")),)
        return ()

    @property
    def is_bare_failure(self) -> bool:
        """Whether it is the engine's last message on any failed preview, which explains nothing."""
        return self.message.strip() == "preview failed"

    @property
    def is_local_endpoint(self) -> bool:
        """Whether the provider reports that it used the embedded Connect, not AWS."""
        return self.severity == "info" and _LOCAL in self.message


@dataclass(frozen=True, slots=True)
class PolicyRun:
    """What the policies did; absent where the input has no policy results."""

    ran: frozenset[tuple[str, str]] = frozenset()
    """Pack and name of each policy that looked at something."""
    violations: tuple[Violation, ...] = ()
    remediations: tuple[Remediation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Everything that the input holds."""

    steps: tuple[Step, ...] = ()
    superseded: tuple[Step, ...] = ()
    """Steps that others of the same resource replace: never shown, but with values to hide."""
    diagnostics: tuple[Diagnostic, ...] = ()
    policies: PolicyRun | None = None
    outcome: Outcome = "succeeded"
    counts: Mapping[str, int] = field(default_factory=dict)
    """The engine's own summary: operation -> number of resources."""
    config: Mapping[str, str] = field(default_factory=dict)
    """The stack's configuration by key, `connect:onDelete`; what is secret as `[secret]`."""
    refresh: bool = False
    """Whether the run only looks for changes outside Pulumi, and changes nothing."""

    hides_refresh: bool = False
    """Whether the preview of an update began with a refresh, and does not show its result."""

    @property
    def stack(self) -> tuple[str, str]:
        """Project and stack, from any URN; empty where nothing names them."""
        urns = [step.urn for step in self.steps] + [d.urn for d in self.diagnostics if d.urn]
        for urn in urns:
            parts = urn.split("::")
            if len(parts) >= 3 and parts[0].startswith("urn:pulumi:"):
                return parts[1], parts[0].removeprefix("urn:pulumi:")
        return "", ""


REPLACEMENT_OPS = frozenset(
    {
        "replace",
        "create-replacement",
        "delete-replaced",
        "import-replacement",
        "read-replacement",
        "discard-replaced",
        "remove-pending-replace",
    }
)
_MAKES_NEW = ("create-replacement", "import-replacement", "read-replacement")


def collapse(steps: Iterable[Step]) -> tuple[Step, ...]:
    """One step for each resource, in the order in which the resources first appear."""
    collapsed: dict[tuple[str, bool, str], Step] = {}
    for step in steps:
        replaces = step.op in REPLACEMENT_OPS
        key = (step.urn, step.drift, "replace" if replaces else step.op)
        known = collapsed.get(key)
        if not replaces:
            collapsed[key] = step if known is None else known
        elif known is None:
            first = {"delete-replaced": True}.get(step.op)
            collapsed[key] = replace(step, op="replace", deletes_first=first)
        else:
            collapsed[key] = _joined(known, step)
    return tuple(collapsed.values())


def _joined(known: Step, step: Step) -> Step:
    deletes_first = known.deletes_first
    if deletes_first is None and step.op == "delete-replaced":
        deletes_first = False
    return replace(
        known,
        old=known.old or step.old,
        new=known.new or step.new,
        reasons=known.reasons or step.reasons,
        deletes_first=deletes_first,
    )


def superseded(reported: Iterable[Step], kept: Iterable[Step]) -> tuple[Step, ...]:
    """Steps with a state that none of the kept ones has: its values must be hidden too."""
    states = {id(state) for step in kept for state in (step.old, step.new)}
    return tuple(
        step
        for step in reported
        if any(state is not None and id(state) not in states for state in (step.old, step.new))
    )


def state(value: PropertyValue) -> State | None:
    """A resource's state, from a digest or an event; None where the step has none."""
    if not isinstance(value, Mapping):
        return None
    return State(
        inputs=properties(value.get("inputs")),
        outputs=properties(value.get("outputs")),
        id=str(value.get("id") or ""),
        protect=bool(value.get("protect")),
        retain=bool(value.get("retainOnDelete")),
    )


def type_of(urn: str) -> str:
    """The type of a URN's own resource: the last of its chain of parents."""
    parts = urn.split("::")
    return parts[2].split("$")[-1] if len(parts) > 3 else ""


def reasons(*candidates: PropertyValue) -> tuple[str, ...]:
    """The first list of property paths, or object by them, that is not empty: sorted."""
    for candidate in candidates:
        if paths := entries(candidate):
            return tuple(sorted(map(str, paths)))
    return ()
