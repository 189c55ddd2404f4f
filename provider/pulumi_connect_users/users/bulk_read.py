"""Bulk read: what a refresh reports of one user from what was read of all.

Equal rows are accepted; every difference and every absence is confirmed by DescribeUser before it
is reported or forgotten, since a search index may lag behind.
"""

from __future__ import annotations

from dataclasses import replace

from ..core.described_user import DescribedUser
from ..core.properties import members
from ..model.attributes import top_level
from ..model.base import camel_to_pascal
from ..model.facts import Role
from .flex import expand_entries, expand_structure
from .last_modified import CONFIDENTIAL, changed_since, confidential
from .ports import ConnectInstance, Snapshot
from .read import read, refreshed
from .state import UserState


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
    declared = expand_entries("proficiencies", state.attributes.get("proficiencies"))
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
    attributes = dict(row.attributes)
    for wire in CONFIDENTIAL:
        structure, _, member = wire.partition(".")
        kept = {k: v for k, v in members(state.attributes.get(structure)).items() if k == member}
        name = camel_to_pascal(structure)
        attributes[name] = {**members(attributes.get(name)), **expand_structure(structure, kept)}
    return replace(row, attributes=attributes)


def _is_same(new: UserState, state: UserState) -> bool:
    keys = [a.wire for a in top_level(Role.ATTRIBUTE, Role.MARK)]
    return all(new.properties.get(key) == state.properties.get(key) for key in keys)
