"""A rule: a pure function on one subject, and all that people need to know about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeAlias

from .adapters import USERS
from .edit import Edit
from .examples.cases import Case
from .results import Results
from .settings import COMMON, IDENTITY_TYPES, Schema, Settings
from .sources import Framework
from .subject import Subject

PREFIX = "connect-user-"

Level: TypeAlias = Literal["mandatory", "advisory", "remediate", "disabled"]
Severity: TypeAlias = Literal["low", "medium", "high", "critical"]
Scope: TypeAlias = Literal["resource", "stack"]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule. `judge` is given a subject, or with scope `stack` the stack, and its settings."""

    name: str
    """`connect-user-<what>`; for ever, since configurations name it."""
    family: str
    title: str
    """What must hold, in one sentence; every violation begins with it."""
    severity: Severity
    level: Level
    """Where no configuration says otherwise."""
    framework: Framework
    why: str
    steps: str
    """What to do about a violation."""
    sources: tuple[str, ...]
    """Addresses of the documents that the rule follows."""
    evaluate: Callable[[Any, Settings], Results]
    good: Case
    bad: Case
    fix: Callable[[Any, Settings], Iterable[Edit]] | None = None
    """The edits that make a bad subject good, where that is safe."""
    scope: Scope = "resource"
    types: tuple[str, ...] = USERS
    modes: tuple[str, ...] = ()
    """The identity management types that it is for; empty: it does not depend on them."""
    config: Schema = field(default_factory=dict)
    reads: tuple[str, ...] = ()
    """Attributes without which it cannot tell: each, if unknown, makes it not applicable."""

    @cached_property
    def schema(self) -> Mapping[str, Mapping[str, Any]]:
        """The whole configuration schema, by key: the rule's own, then what every rule has."""
        modes = IDENTITY_TYPES if self.modes else {}
        return {**modes, **COMMON, **self.config}

    @property
    def what(self) -> str:
        """The name without the prefix that all rules share."""
        return self.name.removeprefix(PREFIX)

    def accepts(self, subject: Subject) -> bool:
        """Tells whether the subject's resource type is one of the rule's."""
        return subject.resource.type in self.types
