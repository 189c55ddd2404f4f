"""When a user was last changed, so that a refresh need not read every e-mail address again.

E-mail addresses and the mobile number are in no bulk read (API reference, UserSearchSummary), but
ListUsers returns when a user was last changed. The output `lastModifiedTime` holds Connect's own
time of our last write or read: its answer's date after a write (the user cannot be read back yet),
its LastModifiedTime after a read. Our clock plays no part. A date has whole seconds, so a change by
others in the very second of our own write is seen by `connect:refresh: exact` only.

AWS was seen to answer without LastModifiedTime (boto3#3927). Such a user counts as not changed
since we wrote or read it: NO_TIME stands for the time, in state too after a read.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from ..core.properties import split
from ..core.unknowns import get
from ..model.attributes import attributes
from .ignore_drift import ignored
from .inputs import UserInputs
from .state import UserState

NO_TIME: Final = datetime.fromtimestamp(0, UTC)
"""Stands for a time that is missing in an answer: earlier than any that is not."""
CONFIDENTIAL: Final = tuple(a.wire for a in attributes() if not a.facts.in_bulk)
"""Wire paths of what only DescribeUser returns."""


def confidential(managed: UserInputs) -> tuple[str, ...]:
    """Which of them the inputs or outputs declare, and do not leave to others."""
    left = ignored(managed.attributes)
    return tuple(
        wire
        for wire in CONFIDENTIAL
        if get(managed.attributes, split(wire)) is not None and wire not in left
    )


def text(time: datetime) -> str:
    """A time as state holds it: `2026-11-22T02:13:16Z`; texts compare as the times do."""
    return time.astimezone(UTC).replace(microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ")


def changed_since(state: UserState, modified: datetime | None) -> bool:
    """Whether others changed the user after our last write or read, as far as is known."""
    known = state.last_modified
    return known is None or modified is None or text(modified) > known


def after_write(managed: UserInputs, written: datetime | None) -> str | None:
    """The time after a write: the date of Connect's answer; None where it is of no use."""
    return text(written) if written and confidential(managed) else None


def after_update(
    old: UserState, new: UserInputs, before: datetime | None, written: datetime | None
) -> str | None:
    """The time after an update; `before` is the user's own, as read before the first call.

    What others had changed by then must not count as known because we wrote after it.
    """
    if written and not changed_since(old, before):
        return after_write(new, written)
    return old.last_modified if confidential(new) else None


def after_read(
    managed: UserInputs, modified: datetime | None, known: str | None = None
) -> str | None:
    """The time after a read; it never goes back from `known`, so that nothing seems to change."""
    if not confidential(managed):
        return None
    return max(text(modified or NO_TIME), known or "")
