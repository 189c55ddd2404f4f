"""Where first passwords are kept; `aws` provides it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class SecretStore(Protocol):
    """Where first passwords are kept. Each call raises one of `errors`."""

    def keep(
        self, name: str, username: str, make: Callable[[], str], kms_key_id: str | None
    ) -> str:
        """Keeps a password under a name unless there is one; returns the one that is kept."""
        ...

    def schedule(self, name: str, days: int) -> None:
        """Deletes the secret so many days from now; absent is done."""
        ...
