"""delete: absent is success; a user that another resource has adopted is only released."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from ..core.arns import user_arn
from ..core.described_user import DescribedUser
from ..core.errors import ApiError, DeletionRefused, NotFound
from ..core.ownership import RESOURCE_TAG, STACK_TAG
from ..core.privacy import display_name, mask_words
from ..core.properties import text, texts
from ..live_data.model import CurrentUserData
from ..model.facts import UNTAG
from ..model.references import PRIVILEGED_PROFILES
from ..model.user import DELETE_WAIT_SECONDS
from .deletion_limit import key_of
from .initial_password import forget_password, forget_password_of_absent
from .inputs import KnownInputs
from .ports import ConnectInstance
from .state import UserState
from .status import set_status


def delete(state: UserState, connect: ConnectInstance) -> None:
    """Deletes the user, unless its mark says that it belongs to another resource now.

    A user that is declared only in part is released.
    Raises DeletionRefused if the user has to stay for now, and every error that leaves open whether
    it was deleted; absence is trusted only because the client has seen the instance.
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
        connect.warn(f"{username}: removed from state, not deleted: it now belongs to {owner}")
    elif connect.outcomes.is_kept(state.user_id):
        connect.warn(
            f"{username}: kept, because its replacement is the same user: usernames are unique. "
            "For a new user, delete this one first: "
            "delete_before_replace=True, or `pulumi destroy --target` and then `pulumi up`"
        )
    elif state.is_partial:
        _release(live, connect)
        connect.inform(f"{username}: released, not deleted: only a part of the user was declared")
    elif connect.outcomes.is_wanted(connect.instance_arn, state.username):
        raise DeletionRefused(
            "kept, because another resource of this program declares the username. Give that one "
            "an alias if it was renamed, or adopt=True, and run again."
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


_PROGRESS_SECONDS: Final = 10


@dataclass(frozen=True)
class DeletionOptions:
    """How one user is deleted."""

    on_delete: str = "refuse"
    wait_seconds: int = DELETE_WAIT_SECONDS
    delete_quick_connects: bool = False

    @classmethod
    def of(cls, state: UserState, override: str | None) -> DeletionOptions:
        """From a user's state; `override` is `connect:onDelete`, which applies to every user."""
        seconds = state.attributes.get("deleteWaitSeconds")
        return cls(
            on_delete=override or text(state.attributes.get("onDelete")) or "refuse",
            wait_seconds=seconds if isinstance(seconds, int) else DELETE_WAIT_SECONDS,
            delete_quick_connects=bool(state.attributes.get("deleteQuickConnects")),
        )


def prepare_deletion(
    user: DescribedUser, state: UserState, connect: ConnectInstance
) -> tuple[str, ...]:
    """Prepares a user for deletion; returns the warnings to give once it is deleted.

    Raises DeletionRefused if the user has to stay for now. What was done by then does no harm and
    is done again by the next run: the user is still in state.
    """
    options = DeletionOptions.of(state, connect.on_delete)
    name = display_name(state.username)
    if options.on_delete != "force":
        _drain_contacts(user.id, name, options, connect)
    if profiles := _privileged_profiles(user, state, connect):
        connect.warn(
            f"{name}: holds privileged profiles ({', '.join(profiles)}) and will be permanently "
            "deleted"
        )
    return _delete_quick_connects(user.id, name, options, connect)


def replacement_warnings(
    old: KnownInputs, privileged: Collection[str] = PRIVILEGED_PROFILES
) -> list[str]:
    """What a preview says of a privileged user that will be replaced: that is a deletion too."""
    profiles = sorted(set(texts(old.attributes.get("securityProfileNames"))) & set(privileged))
    if not profiles:
        return []
    return [f"holds privileged profiles ({', '.join(profiles)}) and will be replaced (deleted)"]


def _drain_contacts(
    user_id: str, name: str, options: DeletionOptions, connect: ConnectInstance
) -> None:
    """Refuses, or waits, while the agent is on a contact."""
    data = _activity(user_id, connect)
    if data is None:
        return
    if options.on_delete == "refuse":
        if data.busy_contacts:
            raise DeletionRefused(
                f"the agent is on {_summary(data)}. Run again afterwards, or set "
                "CONNECT_USERS_ON_DELETE=wait (or force, which cuts it off)."
            )
        return
    if data.busy_contacts:
        with connect.deletion_limit.waiting():
            _wait(user_id, name, options.wait_seconds, connect)
    else:
        # No new contact may come between this look and the deletion.
        set_status(user_id, connect.offline_status(), connect)


def _wait(user_id: str, name: str, seconds: int, connect: ConnectInstance) -> None:
    """Sets the agent Offline, so that no new contact comes, and waits for the active ones."""
    set_status(user_id, connect.offline_status(), connect)
    reported: tuple[str, int] | None = None
    data = None
    for passed in connect.ticks(seconds):
        data = _activity(user_id, connect)
        if data is None or not data.busy_contacts:
            connect.inform(f"{name}: the contacts have ended")
            return
        progress = (_summary(data), int(passed / _PROGRESS_SECONDS))
        if progress != reported:
            reported = progress
            left = max(0, round(seconds - passed))
            connect.inform(
                f"{name}: will be Offline next, still on {progress[0]}; waiting up to {left} s more"
            )
    raise DeletionRefused(
        f"after {seconds} s the agent is still on {_summary(data) if data else 'a contact'}. The "
        "agent is now Offline and gets no new contacts. Run again afterwards, or set "
        "CONNECT_USERS_ON_DELETE=force, which cuts it off."
    )


def _activity(user_id: str, connect: ConnectInstance) -> CurrentUserData | None:
    """What the agent does, None if not at work. A user is not deleted unseen."""
    try:
        return connect.activity(user_id)
    except NotFound:
        return None
    except ApiError as error:
        raise DeletionRefused(
            f"could not check whether the agent is on a contact: {str(error).rstrip('.')}. "
            "Allow connect:GetCurrentUserData, or set CONNECT_USERS_ON_DELETE=force."
        ) from None


def _summary(data: CurrentUserData) -> str:
    """`1 contact (VOICE, CONNECTED)`: without its customer."""
    contacts = data.busy_contacts
    kinds = Counter(f"{c.channel}, {c.agent_contact_state}" for c in contacts)
    listed = "; ".join(f"{n} x {k}" if n > 1 else k for k, n in sorted(kinds.items()))
    return f"{len(contacts)} contact{'' if len(contacts) == 1 else 's'} ({listed})"


def _privileged_profiles(
    user: DescribedUser, state: UserState, connect: ConnectInstance
) -> list[str]:
    """Names of the user's privileged profiles: as they are now, or else as last known."""
    live = connect.names_of({"securityProfileIds": texts(user.get("SecurityProfileIds"))})
    names = live.get("securityProfileNames") or state.attributes.get("securityProfileNames")
    return sorted(set(texts(names)) & set(connect.privileged_profiles))


def _delete_quick_connects(
    user_id: str, name: str, options: DeletionOptions, connect: ConnectInstance
) -> tuple[str, ...]:
    """Deletes the quick connects that lead to the user, if asked; else returns a warning.

    They are deleted before the user: should the run end in between, the user is still in state, and
    the next run finds the rest. (The other way round they would be left permanently.)
    """
    try:
        quick_connects = connect.quick_connects(user_id)
    except ApiError as error:
        if options.delete_quick_connects:
            raise
        return (f"{name}: could not check for quick connects to this user: {error}",)
    if not quick_connects:
        return ()
    listed = ", ".join(f"{mask_words(quick.name)} ({quick.id})" for quick in quick_connects)
    if not options.delete_quick_connects:
        count = len(quick_connects)
        return (
            f"{name}: {count} quick connect{' still points' if count == 1 else 's still point'} to "
            f"the deleted user: {listed}. Delete them, or next time set delete_quick_connects.",
        )
    for quick in quick_connects:
        with contextlib.suppress(NotFound):
            connect.call("DeleteQuickConnect", QuickConnectId=quick.id)
    connect.inform(f"{name}: deleted with the user: {listed}")
    return ()
