"""The users of a batch whose time it is: the others are not in the roster."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from ..core.unknowns import UNKNOWN
from ..model.in_time import Period
from .batch import BatchInputs, Text


def in_time(batch: BatchInputs, now: datetime) -> BatchInputs:
    """The batch without those that have not started or have expired.

    A user with an invalid date stays: check refuses it.
    """
    out = {name for name, own in batch.texts.items() if not _holds(own, now)}
    if not out:
        return batch
    users = {name: own for name, own in batch.texts.items() if name not in out}
    if batch.passwords is UNKNOWN:
        return replace(batch, users=users)
    passwords = {name: given for name, given in batch.passwords.items() if name not in out}
    return replace(batch, users=users, passwords=passwords)


def _holds(own: Text, now: datetime) -> bool:
    # Reading the JSON of thousands who have no dates would take longer than the rest of check.
    if not isinstance(own, str) or ('"starts"' not in own and '"expires"' not in own):
        return True
    user = json.loads(own)
    if not isinstance(user, Mapping):
        return True
    try:
        return Period.of(user.get("starts"), user.get("expires")).holds(now)
    except ValueError:
        return True
