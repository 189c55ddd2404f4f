"""What the core needs of the run that it works for, rather than of Amazon Connect."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Self

from ..core.run_hooks import RunHooks
from ..model.references import PRIVILEGED_PROFILES
from .admin_minimum import AdminMinimum
from .deletion_limit import DeletionLimit
from .ports import SecretStore
from .run.harmless_profiles import HarmlessProfiles
from .run.user_outcomes import UserOutcomes


@dataclass(frozen=True, kw_only=True)
class RunContext(RunHooks):
    """The run's memory, its settings for users, and how it waits."""

    outcomes: UserOutcomes
    """Users that this process deleted, created or must keep."""
    deletion_limit: DeletionLimit
    """The deletions of this run."""
    admin_minimum: AdminMinimum = field(default_factory=AdminMinimum)
    """How many users with the profile Admin must stay."""
    on_delete: str | None = None
    """`connect:onDelete`: overrides every user's own while it is set."""
    privileged_profiles: Collection[str] = PRIVILEGED_PROFILES
    """Names of the security profiles whose users are never deleted without a warning."""
    secret_store: SecretStore | None = None
    """Where initial passwords are kept; None where there is no such place."""
    first_pause: float = 1.0
    """Seconds before the second attempt of what Connect does not show yet."""
    sleep: Callable[[float], None] = time.sleep
    seconds: Callable[[], float] = time.monotonic
    harmless_profiles: HarmlessProfiles = field(default_factory=HarmlessProfiles)
    """What this process knows of the profiles of suspended users."""
    today: Callable[[], date] = lambda: datetime.now(UTC).date()
    """The date of a suspension."""

    def without_suspension(self) -> Self:
        """The same for a user that is to be deleted, whatever `connect:onDelete` says."""
        return replace(self, on_delete=None) if self.on_delete == "suspend" else self
