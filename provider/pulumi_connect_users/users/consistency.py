"""Waiting for what Connect has accepted and does not show yet (eventual consistency)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from ..core.errors import ApiError
from .ports import ConnectInstance

ONCE: Final = 1
FEW: Final = 4
"""So many attempts for an answer that is probably final."""
T = TypeVar("T")


def retry(
    call: Callable[[], T],
    connect: ConnectInstance,
    attempts: Callable[[ApiError], int | None],
) -> T:
    """The answer of a call, which is repeated with pauses while its error may pass.

    `attempts` says how often a call with this error is tried: None as long as there is time.
    """
    attempt = 0
    while True:
        attempt += 1
        try:
            return call()
        except ApiError as error:
            most = attempts(error)
            if (most is not None and attempt >= most) or not connect.pause(attempt):
                raise
