"""delete: absent is success; a user that another resource has adopted is only released."""

from __future__ import annotations

import contextlib

from ..core.arns import user_arn
from ..core.described_user import DescribedUser
from ..core.errors import DeletionRefused, NotFound
from ..core.ownership import RESOURCE_TAG, STACK_TAG
from ..core.privacy import display_name
from ..model.facts import UNTAG
from .drain import prepare_deletion
from .initial_password import forget_password, forget_password_of_absent
from .partial_user import is_partial
from .ports import ConnectInstance
from .run.deletion_limit import key_of
from .state import UserState


def delete(state: UserState, connect: ConnectInstance) -> None:
    """Deletes the user, unless its mark says that it belongs to another resource now.

    A user that is declared only in part is released.
    Raises DeletionRefused if the user has to stay for now, and every error that leaves open whether
    it is gone; absence is trusted only because the client has seen the instance.
    """
    try:
        live = connect.describe(state.user_id)
    except NotFound:
        # Deleted by hand, or by a run that was killed before it came to the secret.
        forget_password_of_absent(state, connect)
        return
    username = display_name(state.username)
    if live.mark is not None and live.mark != state.mark:
        owner = live.mark.owner_seen_by(state.mark)
        connect.warn(f"{username}: not deleted, only forgotten here: it belongs to {owner} now")
    elif connect.outcomes.is_kept(state.user_id):
        connect.warn(
            f"{username}: kept, not deleted: its replacement is the same user, since no two can "
            "have one username. For a new user of that name delete first: "
            "delete_before_replace=True, or `pulumi destroy --target` and then `pulumi up`"
        )
    elif is_partial(state):
        _release(live, connect)
        connect.inform(f"{username}: released, not deleted: only a part of the user was declared")
    elif connect.outcomes.is_wanted(connect.instance_arn, state.username):
        raise DeletionRefused(
            "another resource of this program declares the username and could not have it, so the "
            "user stays. Give that resource an alias if it was renamed, or adopt=True, and run "
            "again."
        )
    else:
        _delete(live, state, connect)


def _delete(live: DescribedUser, state: UserState, connect: ConnectInstance) -> None:
    with connect.deletion_limit.deletion(key_of(connect.instance_arn, live.username)):
        warnings = prepare_deletion(live, state, connect)
        # The second attempt after a lost answer, or someone was quicker: gone is gone.
        with contextlib.suppress(NotFound):
            connect.call("DeleteUser", UserId=live.id)
        connect.outcomes.note_deleted(live.id)
    forget_password(state, connect)
    for warning in warnings:
        connect.warn(warning)


def _release(live: DescribedUser, connect: ConnectInstance) -> None:
    """Removes our mark; everything else stays as it is."""
    if live.mark is not None:
        arn = user_arn(connect.instance_arn, live.id)
        with contextlib.suppress(NotFound):
            connect.call(UNTAG, resourceArn=arn, tagKeys=[RESOURCE_TAG, STACK_TAG])
