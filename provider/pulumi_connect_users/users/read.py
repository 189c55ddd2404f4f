"""read: what a refresh reports of one user."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..core.described_user import DescribedUser
from ..core.errors import NotFound
from ..core.privacy import display_name
from ..core.properties import Properties, Value, members
from ..model.attributes import camel_to_pascal, top_level
from ..model.facts import Role
from ..model.references import OF_USER, SECURITY_PROFILES
from .capabilities import CAPABILITIES, reference_of
from .directory_id import DIRECTORY_ID
from .flex import expand_entries, expand_structure, flatten_user
from .partial_user import PART, left_to_others
from .ports import Snapshot, UserApi
from .run_context import RunContext
from .state import CONFIDENTIAL, UserState, after_read, changed_since, confidential


def read(state: UserState, api: UserApi, run: RunContext) -> UserState | None:
    """The state as Connect has it now, None if the user was deleted.

    Only what the program declares is reported. The password is kept: no API returns it.
    """
    try:
        live = api.describe(state.user_id)
    except NotFound:
        return None
    proficiencies = api.proficiencies(state.user_id) if state.get("proficiencies") else None
    return refreshed(live, state, proficiencies, api, run)


def refreshed(
    live: DescribedUser,
    state: UserState,
    proficiencies: Sequence[Properties] | None,
    api: UserApi,
    run: RunContext,
) -> UserState:
    """The old state brought up to date with a live user."""
    new = flatten_user(live, state, proficiencies)
    if live.mark is not None and state.mark is not None and live.mark != state.mark:
        run.warn(
            f"{display_name(state.username)}: now belongs to {live.mark.stack}; remove the "
            "resource here, which releases the user, or adopt it again with adopt=True"
        )
    keeps = [a.wire for a in top_level(Role.OPTION, Role.ROSTER, Role.FACT) if a.is_kept]
    kept = {wire: state.attributes[wire] for wire in keeps if wire in state.attributes}
    if DIRECTORY_ID in state.attributes and DIRECTORY_ID not in new.attributes:
        # It never changes, and not every directory's users are described with theirs.
        kept[DIRECTORY_ID] = state.attributes[DIRECTORY_ID]
    facts = _names(new.attributes, state, api) | _part(live, state, api)
    return replace(
        state,
        attributes=_with_capabilities({**new.attributes, **kept, **facts}, state),
        username=live.username,
        # Another mark is not reported: the next `up` would put ours back.
        mark=state.mark if live.mark else None,
        last_modified=after_read(state, live.last_modified, state.last_modified),
    )


def _names(new: Properties, state: UserState, api: UserApi) -> dict[str, Value]:
    """The names of profiles and group: looked up where an id has changed."""
    if any(new.get(r.id) != state.attributes.get(r.id) for r in OF_USER):
        return dict(api.names_of(new))
    return {r.fact: state.attributes[r.fact] for r in OF_USER if r.fact in state.attributes}


def _with_capabilities(new: Properties, state: UserState) -> Properties:
    """The attributes with what the security profiles allowed, if they are the same."""
    allowed = state.attributes.get(CAPABILITIES)
    same = reference_of(new, SECURITY_PROFILES.id) == reference_of(
        state.attributes, SECURITY_PROFILES.id
    )
    return {**new, CAPABILITIES: allowed} if same and allowed is not None else new


def _part(live: DescribedUser, state: UserState, api: UserApi) -> dict[str, Value]:
    """What others decide about a part of a user, as it is now."""
    if not state.is_partial:
        return {}
    part = left_to_others(live, state)
    if part != state.attributes[PART]:
        return {PART: part, **api.names_of({k: v for k, v in part.items() if v})}
    facts = [r.fact for r in OF_USER if r.id in part and r.fact in state.attributes]
    return {PART: part, **{fact: state.attributes[fact] for fact in facts}}


def read_in_bulk(
    state: UserState, api: UserApi, run: RunContext, snapshot: Snapshot
) -> UserState | None:
    """The state as Connect has it now, None if the user was deleted. See `read.read`."""
    user_id = state.user_id
    # A row may be older than what this process itself has written.
    row = None if api.written(user_id) else snapshot.row(user_id)
    if row is None or row.mark != state.mark:
        return read(state, api, run)
    live = _with_confidential(row, state)
    declared = expand_entries("proficiencies", state.attributes.get("proficiencies"))
    new = refreshed(live, state, declared or None, api, run)
    if not _is_same(new, state):
        return read(state, api, run)
    if confidential(state) and changed_since(state, snapshot.last_modified(user_id)):
        return read(state, api, run)
    if declared and not snapshot.has(user_id, declared):
        return refreshed(live, state, api.proficiencies(user_id), api, run)
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
