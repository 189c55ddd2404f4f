"""Errors and warnings of the run: what they say, and nothing of what their tracebacks quote."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from .display import Display
from .input import Diagnostic
from .input.events import is_bare_failure
from .legible import lines_of
from .policies import resource_name
from .report import Problem

_PREFIX: Final = re.compile(r"^(error|warning): ")
_TRACEBACK: Final = "Traceback (most recent call last):"


def problems_of(diagnostics: Iterable[Diagnostic], display: Display) -> tuple[Problem, ...]:
    """Each problem once, errors first, in the order of the resources' names."""
    found = {
        Problem(
            severity="error" if diagnostic.severity == "error" else "warning",
            name=resource_name(diagnostic.urn, display),
            message=display.prose(_gist(diagnostic.message)),
        )
        for diagnostic in diagnostics
        if diagnostic.severity in ("error", "warning") and not is_bare_failure(diagnostic.message)
    }
    return tuple(sorted(found, key=lambda p: (p.severity, p.name, p.message)))


def _gist(message: str) -> str:
    """A message without its traceback, which quotes source code, and so perhaps a password."""
    lines = [_PREFIX.sub("", line) for line in lines_of(message)]
    if _TRACEBACK not in message:
        return "\n".join(lines)
    before = [line for line in lines[: _index(lines)] if not line.startswith("Exception calling")]
    return "\n".join([*before, lines[-1]])


def _index(lines: list[str]) -> int:
    return next((i for i, line in enumerate(lines) if _TRACEBACK in line), 0)
