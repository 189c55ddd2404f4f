"""What counts as a deletion: those that were made, that may have been, and that are under way."""

from __future__ import annotations

import pytest

from pulumi_connect_users.errors import DeletionRefused, DeletionsExhausted
from pulumi_connect_users.lifecycle.deletion_guard import DeletionGuard


def test_deletions_of_several_threads_at_once_are_counted_together() -> None:
    """Two that both look before either is done must not both go."""
    guard = DeletionGuard(1)

    told = pytest.raises(DeletionsExhausted, match="0 users are already gone, 1 more are being")
    with guard.deletion(), told:
        guard.deletion().__enter__()

    with pytest.raises(DeletionsExhausted, match="1 user is already gone, this one"):
        guard.deletion().__enter__()


def test_place_to_wait_in_is_given_back() -> None:
    """However the wait ends."""
    guard = DeletionGuard(None, waiters=1)

    with guard.waiting(), pytest.raises(DeletionRefused, match="1 other deletions are waiting"):
        guard.waiting().__enter__()
    with pytest.raises(ValueError, match="no"), guard.waiting():
        raise ValueError("no")

    with guard.waiting():
        pass
