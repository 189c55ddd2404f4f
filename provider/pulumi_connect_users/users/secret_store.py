"""The store of initial passwords; `aws` implements it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class SecretStore(Protocol):
    """Keeps initial passwords. Each call raises one of `core.errors`."""

    def keep(
        self, name: str, username: str, make: Callable[[], str], kms_key_id: str | None
    ) -> str:
        """Keeps a new password under a name, unless one is there; returns the one that is kept."""
        ...

    def schedule(self, name: str, days: int) -> None:
        """Deletes the secret in that many days; absent is success."""
        ...
