"""delete: absent is success; a user that another resource has taken over is only forgotten."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from ..core.arns import last_part, user_arn
from ..core.errors import DeletionRefused, NotFound
from ..core.ownership import RESOURCE_TAG, STACK_TAG, mark_of_inputs, mark_of_tags
from ..core.privacy import display_name
from ..model.facts import UNTAG
from .drain import prepare_deletion
from .initial_password import forget_password, forget_password_of_absent
from .partial_user import is_partial
from .ports import ConnectInstance
from .run.deletion_limit import key_of


def delete(arn: str, state: Mapping[str, Any], connect: ConnectInstance) -> None:
    """Deletes the user, unless its mark says that it is somebody else's by now.

    Of whom a part was declared, that one is only released.
    Raises DeletionRefused if the user has to stay for now, and whatever says that it is not known
    to be gone; absence is trusted only because the client has seen the instance.
    """
    user_id = last_part(arn)
    try:
        live = connect.describe(user_id)
    except NotFound:
        # By hand, or by a run that was killed before it came to the secret.
        forget_password_of_absent(state, connect)
        return
    theirs, mark = mark_of_tags(live.get("Tags") or {}), mark_of_inputs(state)
    if theirs is not None and theirs != mark:
        same = mark is not None and theirs.stack == mark.stack
        connect.warn(
            f"{display_name(state.get('username'))}: "
            "not deleted, only forgotten here: it belongs to "
            f"{'another resource of this stack' if same else theirs.stack} now"
        )
        return
    if connect.outcomes.is_kept(user_id):
        connect.warn(
            f"{display_name(state.get('username'))}: kept, not deleted: its replacement is the "
            "same user, "
            "since no two can have one username. For a new user of that name delete first: "
            "delete_before_replace=True, or `pulumi destroy --target` and then `pulumi up`"
        )
        return
    if is_partial(state):
        _release(live, state, connect)
        return
    if connect.outcomes.is_wanted(connect.instance_arn, str(state.get("username"))):
        raise DeletionRefused(
            "another resource of this program declares the username and could not have it, so the "
            "user stays. Give that resource an alias if it was renamed, or adopt=True, and run "
            "again."
        )
    with connect.deletion_limit.deletion(key_of(connect.instance_arn, live.get("Username"))):
        afterwards = prepare_deletion(live, state, connect)
        # A lost answer's second attempt, or somebody was quicker: gone is gone.
        with contextlib.suppress(NotFound):
            connect.call("DeleteUser", UserId=user_id)
        connect.outcomes.note_deleted(user_id)
    forget_password(state, connect)
    for text in afterwards:
        connect.warn(text)


def _release(live: Mapping[str, Any], state: Mapping[str, Any], connect: ConnectInstance) -> None:
    """Takes our mark from a user of whom a part was declared; everything else stays as it is."""
    if mark_of_tags(live.get("Tags") or {}) is not None:
        arn = user_arn(connect.instance_arn, str(live["Id"]))
        with contextlib.suppress(NotFound):
            connect.call(UNTAG, resourceArn=arn, tagKeys=[RESOURCE_TAG, STACK_TAG])
    connect.inform(
        f"{display_name(state.get('username'))}: released, not deleted: only a part of the user "
        "was declared"
    )
