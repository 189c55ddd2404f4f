"""update: the steps of the plan; an interrupted one is continued by the next `up`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.arns import last_part
from ..core.errors import NotFound, NotOurs
from ..core.ownership import mark_of_inputs, mark_of_tags
from ..core.privacy import display_name
from .apply import ApplyContext, apply_plan
from .create import outputs
from .last_modified import after_update
from .plan import plan
from .ports import ConnectInstance

_LOOKS = 4
"""How often a user is looked for: few, since most that are not found are gone."""


def update(
    user_arn: str, old: Mapping[str, Any], new: Mapping[str, Any], connect: ConnectInstance
) -> dict[str, Any]:
    """Brings the user from old outputs to new inputs; returns the new outputs.

    Reads the user once before the first call: what whole structures carry besides the change is
    sent back, and a user that somebody else has taken over is not changed.
    """
    user_id = last_part(user_arn)
    steps = plan(old, new)
    if steps.steps:
        live = _visible(user_id, new, connect)
        _refuse_foreign(live, old, new)
        apply_plan(steps, ApplyContext(connect, live, new))
        known = after_update(old, new, live, connect.written(user_id))
    else:
        known = after_update(old, new, {}, None)
    return outputs(new, connect, user_id) | known


def _visible(user_id: str, new: Mapping[str, Any], connect: ConnectInstance) -> Mapping[str, Any]:
    """The user; one that was made a moment ago may take a while to be visible."""
    attempt = 0
    while True:
        attempt += 1
        try:
            return connect.describe(user_id)
        except NotFound as error:
            if attempt < _LOOKS and connect.pause(attempt):
                continue
            raise NotFound(
                f"updating user {display_name(new.get('username'))}, {user_id}: "
                "it does not exist any "
                "more. Run `pulumi refresh`; the next `pulumi up` then creates it again.",
                operation=error.operation,
            ) from None


def _refuse_foreign(
    live: Mapping[str, Any], old: Mapping[str, Any], new: Mapping[str, Any]
) -> None:
    """A mark that is neither the old nor the new one belongs to somebody who took the user over."""
    theirs = mark_of_tags(live.get("Tags") or {})
    ours = (mark_of_inputs(old), mark_of_inputs(new))
    if theirs is None or theirs in ours:
        return
    raise NotOurs(
        f"updating user {display_name(new.get('username'))}, {live['Id']}: it belongs to "
        f"{theirs.stack} now. Remove it there, or forget it here with `pulumi state delete`."
    )
