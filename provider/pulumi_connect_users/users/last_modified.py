"""When a user was last known as it is: what spares a refresh to read every e-mail address again.

E-mail addresses and the mobile number are in no bulk read (API reference, UserSearchSummary), but
ListUsers tells when a user was last changed. The output `lastModifiedTime` holds Connect's own
time of our last write or read: its answer's date after a write (the user cannot be read back yet),
its LastModifiedTime after a read. Our clock plays no part. A date has whole seconds, so a change by
somebody else in the very second of our own write is seen by `connect:refresh: exact` only.

AWS was seen to answer without LastModifiedTime (boto3#3927). Such a user counts as not changed
since we wrote or read it: NO_TIME stands for the time, in state too after a read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from .ignore_drift import ignored

LAST_MODIFIED: Final = "lastModifiedTime"
NO_TIME: Final = datetime.fromtimestamp(0, UTC)
"""Stands for a time that is missing in an answer: earlier than any that is not."""
CONFIDENTIAL: Final = ("email", "secondaryEmail", "mobile")
"""Members of `identityInfo` that only DescribeUser tells."""


def confidential(managed: Mapping[str, Any]) -> tuple[str, ...]:
    """Which of them the inputs or outputs declare, and do not leave to others."""
    declared = managed.get("identityInfo") or {}
    left = ignored(managed)
    return tuple(m for m in CONFIDENTIAL if m in declared and f"identityInfo.{m}" not in left)


def text(time: datetime) -> str:
    """A time as state holds it: `2026-11-22T02:13:16Z`; texts compare as the times do."""
    return time.astimezone(UTC).replace(microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ")


def changed_since(state: Mapping[str, Any], modified: datetime | None) -> bool:
    """Whether somebody changed the user after our last write or read, as far as is known."""
    known = state.get(LAST_MODIFIED)
    return known is None or modified is None or text(modified) > str(known)


def after_write(managed: Mapping[str, Any], written: datetime | None) -> dict[str, str]:
    """The output after a write: the date of Connect's answer; empty where it is of no use."""
    return {LAST_MODIFIED: text(written)} if written and confidential(managed) else {}


def after_update(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    before: Mapping[str, Any],
    written: datetime | None,
) -> dict[str, str]:
    """The output after an update; `before` is the user as it was read before the first call.

    What somebody else had changed by then must not count as known because we wrote after it.
    """
    if written and not changed_since(old, before.get("LastModifiedTime")):
        return after_write(new, written)
    kept = old.get(LAST_MODIFIED)
    return {LAST_MODIFIED: str(kept)} if kept and confidential(new) else {}


def after_read(state: Mapping[str, Any], live: Mapping[str, Any]) -> dict[str, str]:
    """The output after a read of `live`; it never goes back, so that nothing seems to change."""
    known, modified = state.get(LAST_MODIFIED), live.get("LastModifiedTime")
    times = [text(modified if isinstance(modified, datetime) else NO_TIME)]
    if known:
        times.append(str(known))
    return {LAST_MODIFIED: max(times)} if confidential(state) else {}
