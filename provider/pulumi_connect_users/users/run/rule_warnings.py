"""Rules that only warn: each once in a run, however many users it holds for."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ...core.privacy import display_name, shorten

if TYPE_CHECKING:
    from ...core.check_failure import Finding

_NAMED = 3
"""Users that are named in one warning; the rest are counted."""


class RuleWarnings:
    """The rules that this run has warned about. The provider's threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._warned: set[str] = set()

    def lines(self, findings: Iterable[tuple[object, Finding]]) -> list[str]:
        """A line for each rule that is new to this run, from findings by username."""
        users: dict[str, dict[str, Finding]] = {}
        for username, finding in findings:
            users.setdefault(finding.rule, {}).setdefault(display_name(username), finding)
        with self._lock:
            new = [rule for rule in users if rule not in self._warned]
            self._warned.update(new)
        return [_line(users[rule]) for rule in new]


def _line(users: dict[str, Finding]) -> str:
    count = f"{len(users)} users: " if len(users) > 1 else ""
    first = next(iter(users.values()))
    return f"{count}{shorten(list(users), _NAMED)}: {first.warning}"
