"""read in bulk: what a refresh reports of one user out of what was read of all.

Equal rows are accepted; every difference and every absence is confirmed by DescribeUser before it
is reported or forgotten, since a search index may lag behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from ..core.arns import last_part
from ..core.ownership import mark_of_inputs, mark_of_tags
from ..model.attributes import top_level
from ..model.facts import Role
from .flex import expand
from .last_modified import CONFIDENTIAL, changed_since, confidential
from .ports import ConnectInstance
from .read import read, refreshed


class Snapshot(Protocol):
    """The users of one stack in one instance, read in bulk once for a process."""

    def row(self, user_id: str) -> Mapping[str, Any] | None:
        """The user as DescribeUser tells it, without what is confidential; None if not shown."""
        ...

    def rows(self) -> Mapping[str, Mapping[str, Any]]:
        """All users of the stack by id, as `row` gives them; empty where they cannot be had."""
        ...

    def last_modified(self, user_id: str) -> datetime | None:
        """When the user was last changed, NO_TIME where the answer has no time.

        None where asking would cost more than DescribeUser.
        """
        ...

    def has(self, user_id: str, proficiencies: list[Mapping[str, Any]]) -> bool | None:
        """Whether the user has all of these (the API's members), each at its level.

        None where asking would cost more than ListUserProficiencies of this user.
        """
        ...


def read_in_bulk(
    user_arn: str, state: Mapping[str, Any], connect: ConnectInstance, snapshot: Snapshot
) -> dict[str, Any] | None:
    """The outputs as Connect has them now, None if the user is gone. See `read.read`."""
    user_id = last_part(user_arn)
    # A row may be older than what this process itself has written.
    row = None if connect.written(user_id) else snapshot.row(user_id)
    if row is None or mark_of_tags(row.get("Tags") or {}) != mark_of_inputs(state):
        return read(user_arn, state, connect)
    live = _completed(row, state)
    managed = expand("proficiencies", state.get("proficiencies") or [])
    found = refreshed(live, state, managed or None, connect)
    if not _same(found, state):
        return read(user_arn, state, connect)
    if confidential(state) and changed_since(state, snapshot.last_modified(user_id)):
        return read(user_arn, state, connect)
    if managed and not snapshot.has(user_id, managed):
        found = refreshed(live, state, connect.proficiencies(user_id), connect)
    return found


def _completed(row: Mapping[str, Any], state: Mapping[str, Any]) -> Mapping[str, Any]:
    """The row with the confidential members as they were last known."""
    known = state.get("identityInfo") or {}
    kept = expand("identityInfo", {m: known[m] for m in CONFIDENTIAL if m in known})
    return {**row, "IdentityInfo": {**(row.get("IdentityInfo") or {}), **kept}}


def _same(found: Mapping[str, Any], state: Mapping[str, Any]) -> bool:
    keys = [a.wire for a in top_level(Role.ATTRIBUTE, Role.MARK)]
    return all(found.get(key) == state.get(key) for key in keys)
