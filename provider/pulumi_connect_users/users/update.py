"""update: the steps of the plan; an interrupted one is continued by the next `up`."""

from __future__ import annotations

from dataclasses import replace

from ..core.described_user import DescribedUser
from ..core.errors import ApiError, NotFound, NotOurs
from ..core.privacy import display_name
from .apply import ApplyContext, apply_plan
from .consistency import FEW, ONCE, retry
from .inputs import KnownInputs
from .last_modified import after_update
from .plan import plan
from .ports import ConnectInstance
from .state import UserState


def update(old: UserState, new: KnownInputs, connect: ConnectInstance) -> UserState:
    """Brings the user from the old state to the new inputs.

    Reads the user once before the first call: what whole structures carry with the change is
    sent back, and a user that another stack has adopted is not changed.
    """
    steps = plan(old, new)
    before, written = None, None
    if steps.steps:
        live = _described(old.user_id, new, connect)
        _refuse_foreign(live, old, new)
        apply_plan(steps, ApplyContext(connect, live, new))
        before, written = live.last_modified, connect.written(old.user_id)
    modified = after_update(old, new, before, written)
    return replace(UserState.of(new, old.user_arn), last_modified=modified)


def _described(user_id: str, new: KnownInputs, connect: ConnectInstance) -> DescribedUser:
    """The user; a new one may not be visible yet, but most that are not visible are gone."""
    try:
        return retry(lambda: connect.describe(user_id), connect, _attempts_to_describe)
    except NotFound as error:
        raise NotFound(
            f"updating user {display_name(new.username)}, {user_id}: it no longer exists. "
            "Run `pulumi refresh`; the next `pulumi up` then creates it again.",
            operation=error.operation,
        ) from None


def _attempts_to_describe(error: ApiError) -> int:
    return FEW if isinstance(error, NotFound) else ONCE


def _refuse_foreign(live: DescribedUser, old: UserState, new: KnownInputs) -> None:
    """Refuses a user whose mark is neither the old nor the new one: another stack adopted it."""
    if live.mark is None or live.mark in (old.mark, new.mark):
        return
    raise NotOurs(
        f"updating user {display_name(new.username)}, {live.id}: it belongs to "
        f"{live.mark.stack} now. Remove it there, or release it here with `pulumi state delete`."
    )
