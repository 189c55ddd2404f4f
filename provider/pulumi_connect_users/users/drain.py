"""Before a user is deleted: nobody is cut off, nothing is left behind, nobody goes silently."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ..core.errors import ApiError, DeletionRefused, NotFound
from ..core.privacy import display_name, mask_words
from ..live_data.model import CurrentUserData
from .ports import ConnectInstance
from .status import set_status

WAIT_SECONDS: Final = 60
PRIVILEGED: Final = ("Admin", "CallCenterManager")
"""Security profiles that can change users; every instance begins with them."""
_PROGRESS_SECONDS: Final = 10


@dataclass(frozen=True)
class DeletionOptions:
    """How one user is to go."""

    on_delete: str = "refuse"
    wait_seconds: int = WAIT_SECONDS
    delete_quick_connects: bool = False

    @classmethod
    def of(cls, state: Mapping[str, Any], override: str | None) -> DeletionOptions:
        """From a user's state; `override` is `connect:onDelete`, which counts for every user."""
        return cls(
            on_delete=override or str(state.get("onDelete") or "refuse"),
            wait_seconds=int(state.get("deleteWaitSeconds") or WAIT_SECONDS),
            delete_quick_connects=bool(state.get("deleteQuickConnects")),
        )


def prepare_deletion(
    user: Mapping[str, Any], state: Mapping[str, Any], connect: ConnectInstance
) -> tuple[str, ...]:
    """Makes a user ready to be deleted; returns what to tell once that is done.

    `user` is DescribeUser's `User`. Raises DeletionRefused if the user has to stay for now. What
    was done until then does no harm and is done again by the next run: the user is still in state.
    """
    options = DeletionOptions.of(state, connect.on_delete)
    user_id, name = str(user["Id"]), display_name(state.get("username") or user.get("Username"))
    if options.on_delete != "force":
        _leave_contacts(user_id, name, options, connect)
    if profiles := _privileged(user, state, connect):
        connect.warn(f"{name}: is privileged ({', '.join(profiles)}) and is deleted for ever")
    return _quick_connects(user_id, name, options, connect)


def replacement_warnings(
    old: Mapping[str, Any], privileged: Collection[str] = PRIVILEGED
) -> list[str]:
    """What a preview says of a privileged user who will be replaced: that is a deletion too."""
    mine = sorted(p for p in old.get("securityProfileNames") or () if p in privileged)
    if not mine:
        return []
    return [f"is privileged ({', '.join(mine)}) and will be replaced: the present user is deleted"]


def _leave_contacts(
    user_id: str, name: str, options: DeletionOptions, connect: ConnectInstance
) -> None:
    """Refuses, or waits, while somebody talks to the agent."""
    data = _activity(user_id, connect)
    if data is None:
        return
    if options.on_delete == "refuse":
        if data.busy_contacts:
            raise DeletionRefused(
                f"the agent is on {_told(data)}. Run again when that has ended, or let deletions "
                "wait for that, or cut it off: CONNECT_USERS_ON_DELETE=wait (or force) for one run."
            )
        return
    if data.busy_contacts:
        with connect.deletion_limit.waiting():
            _wait(user_id, name, options.wait_seconds, connect)
    else:
        # No new contact may come between this look and the deletion.
        set_status(user_id, connect.offline_status(), connect)


def _wait(user_id: str, name: str, seconds: int, connect: ConnectInstance) -> None:
    """Sets the agent Offline, so that no new contact comes, and waits for the present ones."""
    set_status(user_id, connect.offline_status(), connect)
    told: tuple[str, int] | None = None
    data = None
    for passed in connect.ticks(seconds):
        data = _activity(user_id, connect)
        if data is None or not data.busy_contacts:
            connect.inform(f"{name}: the contacts have ended")
            return
        news = (_told(data), int(passed / _PROGRESS_SECONDS))
        if news != told:
            told = news
            left = max(0, round(seconds - passed))
            connect.inform(f"{name}: is Offline next, still on {news[0]}; waiting {left} s more")
    raise DeletionRefused(
        f"after {seconds} s the agent is still on {_told(data) if data else 'a contact'}. The "
        "status is Offline from then on, so nothing new comes: run again when that has ended, or "
        "cut it off: CONNECT_USERS_ON_DELETE=force for one run."
    )


def _activity(user_id: str, connect: ConnectInstance) -> CurrentUserData | None:
    """What the agent does, None if not at work. Not to know is no reason to delete."""
    try:
        return connect.activity(user_id)
    except NotFound:
        return None
    except ApiError as error:
        raise DeletionRefused(
            f"it cannot be seen whether the agent is on a contact: {str(error).rstrip('.')}. "
            "Allow connect:GetCurrentUserData, or delete without looking: "
            "CONNECT_USERS_ON_DELETE=force for one run."
        ) from None


def _told(data: CurrentUserData) -> str:
    """`1 contact (VOICE, CONNECTED)`: never whose."""
    contacts = data.busy_contacts
    kinds = Counter(f"{c.channel}, {c.agent_contact_state}" for c in contacts)
    listed = "; ".join(f"{n} x {k}" if n > 1 else k for k, n in sorted(kinds.items()))
    return f"{len(contacts)} contact{'' if len(contacts) == 1 else 's'} ({listed})"


def _privileged(
    user: Mapping[str, Any], state: Mapping[str, Any], connect: ConnectInstance
) -> tuple[str, ...]:
    """Names of the user's privileged profiles: as they are now, or else as last known."""
    live = connect.names_of({"securityProfileIds": list(user.get("SecurityProfileIds") or ())})
    names = live.get("securityProfileNames") or state.get("securityProfileNames") or ()
    return tuple(sorted(n for n in names if n in connect.privileged_profiles))


def _quick_connects(
    user_id: str, name: str, options: DeletionOptions, connect: ConnectInstance
) -> tuple[str, ...]:
    """Deletes the quick connects that lead to the user, if asked; else tells about them.

    They go before the user: should the run end in between, the user is still in state, and the
    next run finds what is left. (The other way round they would be left for ever.)
    """
    try:
        found = connect.quick_connects(user_id)
    except ApiError as error:
        if options.delete_quick_connects:
            raise
        return (f"{name}: whether quick connects lead to the user is not known: {error}",)
    if not found:
        return ()
    listed = ", ".join(f"{mask_words(quick.name)} ({quick.id})" for quick in found)
    if not options.delete_quick_connects:
        return (
            f"{name}: {len(found)} quick connect{'' if len(found) == 1 else 's'} still lead"
            f"{'s' if len(found) == 1 else ''} to the deleted user: {listed}. Delete what is left "
            "behind (aws connect delete-quick-connect); delete_quick_connects=True does it next "
            "time.",
        )
    for quick in found:
        with contextlib.suppress(NotFound):
            connect.call("DeleteQuickConnect", QuickConnectId=quick.id)
    connect.inform(f"{name}: deleted with the user: {listed}")
    return ()
