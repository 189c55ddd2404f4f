"""Bulk read: what a refresh reports of one user from what was read of all.

Equal rows are accepted; every difference and every absence is confirmed by DescribeUser before it
is reported or forgotten, since a search index may lag behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from ..core.described_user import DescribedUser
from ..core.properties import Properties, members, structures
from ..model.attributes import top_level
from ..model.facts import Role
from .flex import expand
from .last_modified import CONFIDENTIAL, changed_since, confidential
from .ports import ConnectInstance
from .read import read, refreshed
from .state import UserState


class Snapshot(Protocol):
    """The users of one stack in one instance, read in bulk once for a process."""

    def row(self, user_id: str) -> DescribedUser | None:
        """The user without confidential members; None if not shown."""
        ...

    def rows(self) -> Mapping[str, DescribedUser]:
        """All users of the stack by id, as `row` gives them; empty where they cannot be had."""
        ...

    def last_modified(self, user_id: str) -> datetime | None:
        """When the user was last changed, NO_TIME where the answer has no time.

        None where asking would cost more than DescribeUser.
        """
        ...

    def has(self, user_id: str, proficiencies: Sequence[Properties]) -> bool | None:
        """Whether the user has all of these (the API's members), each at its level.

        None where asking would cost more than ListUserProficiencies of this user.
        """
        ...


def read_in_bulk(
    state: UserState, connect: ConnectInstance, snapshot: Snapshot
) -> UserState | None:
    """The state as Connect has it now, None if the user is gone. See `read.read`."""
    user_id = state.user_id
    # A row may be older than what this process itself has written.
    row = None if connect.written(user_id) else snapshot.row(user_id)
    if row is None or row.mark != state.mark:
        return read(state, connect)
    live = _with_confidential(row, state)
    declared = structures(expand("proficiencies", state.attributes.get("proficiencies")))
    new = refreshed(live, state, declared or None, connect)
    if not _is_same(new, state):
        return read(state, connect)
    if confidential(state) and changed_since(state, snapshot.last_modified(user_id)):
        return read(state, connect)
    if declared and not snapshot.has(user_id, declared):
        return refreshed(live, state, connect.proficiencies(user_id), connect)
    return new


def _with_confidential(row: DescribedUser, state: UserState) -> DescribedUser:
    """The row with the confidential members as they were last known."""
    declared = members(state.attributes.get("identityInfo"))
    kept = expand("identityInfo", {m: declared[m] for m in CONFIDENTIAL if m in declared})
    identity = {**members(row.get("IdentityInfo")), **kept}
    return replace(row, attributes={**row.attributes, "IdentityInfo": identity})


def _is_same(new: UserState, state: UserState) -> bool:
    keys = [a.wire for a in top_level(Role.ATTRIBUTE, Role.MARK)]
    return all(new.properties.get(key) == state.properties.get(key) for key in keys)
