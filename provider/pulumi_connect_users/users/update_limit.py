"""Limits how many existing users one run may change.

Each run checks a user before it changes it, so that what checks have seen is all there is: whoever
is checked after the limit is refused, and stays as before.
"""

import threading
from collections.abc import Mapping
from typing import Final

from ..core.messages import counted
from ..core.privacy import display_name, shorten
from .allowance import Allowance, OwnTally, Tally
from .deletion_limit import key_of
from .inputs import KnownInputs, UserInputs
from .plan import plan

_NAMED: Final = 10


class UpdateLimit:
    """The changed users of one run; the threads of a process share it."""

    def __init__(self, allowance: Allowance, tally: Tally | None = None) -> None:
        self._allowance = allowance
        self._tally = tally or OwnTally()
        self._lock = threading.Lock()
        self._names: dict[str, str] = {}

    def foresee_update(self, old: KnownInputs | None, new: UserInputs) -> str | None:
        """Why a run that changes this user must not begin; None if no call would be made."""
        if old is None or self._allowance.most is None or not plan(old, new).steps:
            return None
        return self.foresee({key_of(old.instance_arn, old.username): display_name(old.username)})

    def foresee(self, changed: Mapping[str, str]) -> str | None:
        """Why a run that changes these users must not begin; a user counts once.

        Args:
            changed: The names for messages, by key.
        """
        allowed = self._allowance.count
        if allowed is None or not changed:
            return None
        with self._tally.change() as tally:
            tally.update(dict.fromkeys(changed, "foreseen"))
            count = len(tally)
        with self._lock:
            self._names |= changed
            names = list(self._names.values())
        if count <= allowed:
            return None
        updated = f"{counted(count, 'user')} would be updated ({shorten(names, _NAMED)})"
        return f"{updated}, and {self._allowance.exceeded}"
