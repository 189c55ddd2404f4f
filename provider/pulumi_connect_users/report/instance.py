"""The instance that a report may read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..access.reading import AccessApi
from ..coverage.reading import CentreApi, Plan


@dataclass(frozen=True, kw_only=True)
class Instance:
    """An instance that may be read."""

    arn: str
    id: str
    centre: CentreApi
    access: AccessApi
    has_passwords: Callable[[], bool] = lambda: True
    """Whether Amazon Connect keeps the users' passwords."""
    plan: Plan = lambda profiles, users, skills: None
