"""A rule: a pure function on one subject, with its documentation and examples."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeAlias

from .edit import Edit
from .examples.cases import Case
from .results import Results
from .settings import COMMON, IDENTITY_TYPES, OWN, Schema, Settings
from .sources import Framework
from .subject import Subject
from .user_resources import USERS

PREFIX = "connect-user-"

Level: TypeAlias = Literal["mandatory", "advisory", "remediate", "disabled"]
Severity: TypeAlias = Literal["low", "medium", "high", "critical"]
Scope: TypeAlias = Literal["resource", "stack", "run"]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule.

    `evaluate` takes a subject and the settings; with the scope `stack` the whole stack, with the
    scope `run` what the other rules could not evaluate.
    """

    name: str
    """`connect-user-<what>`; permanent, since configurations name it."""
    family: str
    title: str
    """The requirement, in one sentence; every violation begins with it."""
    severity: Severity
    level: Level
    """The default; a configuration may set another."""
    framework: Framework
    why: str
    steps: str
    """What to do about a violation."""
    sources: tuple[str, ...]
    """Addresses of the documents behind the rule."""
    evaluate: Callable[[Any, Settings], Results]
    good: Case
    bad: Case
    verify: Callable[[Settings], object] = lambda _: None
    """Raises ConfigError where settings fit their schema and still cannot be used."""
    fix: Callable[[Any, Settings], Iterable[Edit]] | None = None
    """The edits of a remediation, where one is safe."""
    scope: Scope = "resource"
    types: tuple[str, ...] = USERS
    modes: tuple[str, ...] = ()
    """The identity management types that it applies to; empty: all."""
    config: Schema = field(default_factory=dict)
    checked: bool = False
    """Whether check refuses the same of this project's own users: they are evaluated only where
    check did not know the identity management type, or where the setting `ownUsers` says so."""
    reads: tuple[str, ...] = ()
    """Attributes that it needs: where one is unknown, it is not applicable."""

    @cached_property
    def schema(self) -> Schema:
        """The whole configuration schema, by key: the rule's own, then what every rule has."""
        modes = IDENTITY_TYPES if self.modes else {}
        checked = OWN if self.checked else {}
        return {**modes, **checked, **COMMON, **self.config}

    @property
    def what(self) -> str:
        """The name without the prefix that all rules share."""
        return self.name.removeprefix(PREFIX)

    def accepts(self, subject: Subject) -> bool:
        """Whether the rule applies to the subject's resource type."""
        return subject.resource.type in self.types
