"""read: what a refresh reports of one user."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.arns import last_part
from ..core.errors import NotFound
from ..core.ownership import mark_of_inputs, mark_of_tags
from ..core.privacy import display_name
from ..core.unfinished import UNFINISHED
from ..model.attributes import top_level
from ..model.facts import Role
from ..model.references import OF_USER
from .flex import flatten_user
from .last_modified import LAST_MODIFIED, after_read
from .partial_user import PART, is_partial, left_to_others
from .ports import ConnectInstance
from .state_format import STATE_FORMAT

_COMPUTED = ("userArn", LAST_MODIFIED, STATE_FORMAT, UNFINISHED)
_KEPT = (
    "identityManagementType",
    "initialPasswordSecret",
    *(a.wire for a in top_level(Role.OPTION)),
)


def read(
    user_arn: str, state: Mapping[str, Any], connect: ConnectInstance
) -> dict[str, Any] | None:
    """The outputs as Connect has them now, None if the user is gone.

    Only what the program declares is reported. The password is kept: no API tells it.
    """
    user_id = last_part(user_arn)
    try:
        live = connect.describe(user_id)
    except NotFound:
        return None
    proficiencies = connect.proficiencies(user_id) if state.get("proficiencies") else None
    return refreshed(live, state, proficiencies, connect)


def refreshed(
    live: Mapping[str, Any],
    state: Mapping[str, Any],
    proficiencies: list[Mapping[str, Any]] | None,
    connect: ConnectInstance,
) -> dict[str, Any]:
    """Old outputs brought up to date with a live user."""
    new = flatten_user(live, state, proficiencies)
    theirs, ours = mark_of_tags(live.get("Tags") or {}), mark_of_inputs(state)
    if theirs is not None and ours is not None and theirs != ours:
        # Kept as it was: a changed mark would be put back by the next `up`.
        new["ownership"] = state["ownership"]
        connect.warn(
            f"{display_name(state.get('username'))}: "
            f"belongs to {theirs.stack} now; remove the resource "
            "here, which only forgets the user, or take it over again with adopt=True"
        )
    new |= {k: state[k] for k in (*_KEPT, *_COMPUTED) if k in state and k != LAST_MODIFIED}
    new |= after_read(state, live)
    if "directoryUserId" in state:
        # Nothing changes it, and not every directory's users are told with theirs.
        new.setdefault("directoryUserId", state["directoryUserId"])
    if all(new.get(r.id) == state.get(r.id) for r in OF_USER):
        facts: Mapping[str, Any] = {r.fact: state[r.fact] for r in OF_USER if r.fact in state}
    else:
        facts = connect.names_of(new)
    return new | dict(facts) | _part(live, state, connect)


def _part(
    live: Mapping[str, Any], state: Mapping[str, Any], connect: ConnectInstance
) -> dict[str, Any]:
    """What of a part of a user others decide, as it is now."""
    if not is_partial(state):
        return {}
    held = left_to_others(live, state)
    if held == state[PART]:
        return {PART: held} | {
            r.fact: state[r.fact] for r in OF_USER if r.fact in state and r.id in held
        }
    return {PART: held, **connect.names_of({k: v for k, v in held.items() if v})}


def inputs_of(outputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs that would lead to these outputs: what a refresh stores for the next preview."""
    return {k: v for k, v in outputs.items() if k not in _COMPUTED}
