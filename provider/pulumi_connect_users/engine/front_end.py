"""What a front end brings to a run: where messages go, and the words of its programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["info", "warning"]
Show = Callable[[Severity, str, str | None], None]
"""Prints a text at the resource that it is about (its URN), if that is known."""


@dataclass(frozen=True)
class FrontEnd:
    """Pulumi's dynamic provider is one; its programs are written in Python."""

    show: Show
    words: Callable[[str], str] = str
    """Puts a text into the words of the front end's programs.

    The core writes them as Python does: `identity_info.email`, `adopt=True`, `connect:strict`.
    """
