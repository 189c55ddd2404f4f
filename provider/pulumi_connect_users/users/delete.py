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
from ..core.properties import Value, text, texts
from ..live_data.model import CurrentUserData
from ..model.facts import UNTAG
from ..model.references import PRIVILEGED_PROFILES
from ..model.user import DELETE_WAIT_SECONDS
from .deletion_limit import key_of
from .initial_password import forget_password, forget_password_of_absent
from .inputs import KnownInputs
from .ports import LiveData, UserApi
from .run_context import RunContext
from .state import UserState
from .status import set_status
from .suspend import Suspension, suspends
from .waiting import ticks


def delete(state: UserState, api: UserApi, live_data: LiveData, run: RunContext) -> None:
    """Deletes the user, unless its mark says that it belongs to another resource now.

    A user that is declared only in part is released.
    Raises DeletionRefused if the user has to stay for now, and every error that leaves open whether
    it was deleted; absence is trusted only because the client has seen the instance.
    """
    try:
        live = api.describe(state.user_id)
    except NotFound:
        # Deleted by hand, or by a run that was killed before it came to the secret.
        forget_password_of_absent(state, api, run)
        return
    username = display_name(state.username)
    if live.mark is not None and live.mark != state.mark:
        owner = live.mark.owner_seen_by(state.mark)
        run.warn(f"{username}: removed from state, not deleted: it now belongs to {owner}")
    elif run.outcomes.is_kept(state.user_id):
        run.warn(
            f"{username}: kept, because its replacement is the same user: usernames are unique. "
            "For a new user, delete this one first: "
            "delete_before_replace=True, or `pulumi destroy --target` and then `pulumi up`"
        )
    elif state.is_partial:
        _release(live, api)
        run.inform(f"{username}: released, not deleted: only a part of the user was declared")
    elif run.outcomes.is_wanted(api.instance_arn, state.username):
        raise DeletionRefused(
            "kept, because another resource of this program declares the username. Give that one "
            "an alias if it was renamed, or adopt=True, and run again."
        )
    elif suspends(state.attributes, run.on_delete):
        _suspend(Deletion(live, state, api, live_data, run))
    else:
        _delete(Deletion(live, state, api, live_data, run))


def _delete(deletion: Deletion) -> None:
    api, run, user_id = deletion.api, deletion.run, deletion.user.id
    key = key_of(api.instance_arn, deletion.user.username)
    admins = run.admin_minimum.change(api.instance_arn, deletion.user)
    with run.deletion_limit.deletion(key), admins:
        warnings = deletion.prepare()
        # The second attempt after a lost answer, or someone was quicker: gone is gone.
        with contextlib.suppress(NotFound):
            api.call("DeleteUser", UserId=user_id)
        run.outcomes.note_deleted(user_id)
    forget_password(deletion.state, run)
    for warning in warnings:
        run.warn(warning)


def _suspend(deletion: Deletion) -> None:
    """Leaves the user without rights; what was done when it fails is not done again."""
    api, run, state = deletion.api, deletion.run, deletion.state
    suspension = Suspension(deletion.user, state, api, run)
    suspension.require()
    with run.deletion_limit.deletion(key_of(api.instance_arn, state.username), suspends=True):
        deletion.drain()
        suspension.apply()
    run.inform(
        f"{display_name(state.username)}: suspended, not deleted: without rights and queues, with "
        "its id and history"
    )


def _release(live: DescribedUser, api: UserApi) -> None:
    """Removes our mark; everything else stays as it is."""
    if live.mark is not None:
        arn = user_arn(api.instance_arn, live.id)
        with contextlib.suppress(NotFound):
            api.call(UNTAG, resourceArn=arn, tagKeys=[RESOURCE_TAG, STACK_TAG])


_PROGRESS_SECONDS: Final = 10


@dataclass(frozen=True)
class Deletion:
    """The deletion of one user: no contact is cut off, and nothing remains."""

    user: DescribedUser
    state: UserState
    api: UserApi
    live_data: LiveData
    run: RunContext

    def prepare(self) -> tuple[str, ...]:
        """Prepares the user for deletion; returns the warnings to give once it is deleted.

        Raises DeletionRefused if the user has to stay for now. What was done by then does no harm
        and is done again by the next run: the user is still in state.
        """
        self.drain()
        if profiles := self._privileged_profiles():
            self.run.warn(
                f"{self._name}: holds privileged profiles ({', '.join(profiles)}) and will be "
                "permanently deleted"
            )
        return self._delete_quick_connects()

    @property
    def _name(self) -> str:
        return display_name(self.state.username)

    def _option(self, wire: str) -> Value:
        return self.state.attributes.get(wire)

    def drain(self) -> None:
        """Raises DeletionRefused, or waits, while the agent is on a contact, unless forced."""
        on_delete = self.run.on_delete or text(self._option("onDelete")) or "refuse"
        if on_delete != "force":
            self._drain_contacts(waits=on_delete == "wait")

    @property
    def _suspends(self) -> bool:
        """Whether no deletion is asked for: then none is offered."""
        return suspends(self.state.attributes, self.run.on_delete)

    def _drain_contacts(self, *, waits: bool) -> None:
        """Refuses, or waits, while the agent is on a contact."""
        data = self._activity()
        if data is None:
            return
        busy = data.busy_contacts
        if waits:
            with self.run.deletion_limit.waiting() if busy else contextlib.nullcontext():
                # No new contact may come between this look and the deletion.
                set_status(self.user.id, self.live_data.offline_status(), self.api)
                if busy:
                    self._wait()
        elif busy:
            deletes = ", or set CONNECT_USERS_ON_DELETE=wait (or force, which cuts it off)"
            raise DeletionRefused(
                f"the agent is on {_summary(data)}. Run again afterwards"
                f"{'' if self._suspends else deletes}."
            )

    def _wait(self) -> None:
        """Waits for the active contacts to end."""
        option = self._option("deleteWaitSeconds")
        seconds = option if isinstance(option, int) else DELETE_WAIT_SECONDS
        reported: tuple[str, int] | None = None
        data = None
        for passed in ticks(seconds, self.run):
            data = self._activity()
            if data is None or not data.busy_contacts:
                self.run.inform(f"{self._name}: the contacts have ended")
                return
            progress = (_summary(data), int(passed / _PROGRESS_SECONDS))
            if progress != reported:
                reported = progress
                left = max(0, round(seconds - passed))
                self.run.inform(
                    f"{self._name}: will be Offline next, still on {progress[0]}; "
                    f"waiting up to {left} s more"
                )
        raise DeletionRefused(
            f"after {seconds} s the agent is still on {_summary(data) if data else 'a contact'}. "
            "The agent is now Offline and gets no new contacts. Run again afterwards, or set "
            "CONNECT_USERS_ON_DELETE=force, which cuts it off."
        )

    def _activity(self) -> CurrentUserData | None:
        """What the agent does, None if not at work. A user is not deleted unseen."""
        try:
            return self.live_data.activity(self.user.id)
        except NotFound:
            return None
        except ApiError as error:
            deletes = ", or set CONNECT_USERS_ON_DELETE=force"
            raise DeletionRefused(
                f"could not check whether the agent is on a contact: {str(error).rstrip('.')}. "
                f"Allow connect:GetCurrentUserData{'' if self._suspends else deletes}."
            ) from None

    def _privileged_profiles(self) -> list[str]:
        """Names of the user's privileged profiles: as they are now, or else as last known."""
        ids = texts(self.user.get("SecurityProfileIds"))
        names = self.api.names_of({"securityProfileIds": ids}).get("securityProfileNames")
        known = texts(names or self._option("securityProfileNames"))
        return sorted(set(known) & set(self.run.privileged_profiles))

    def _delete_quick_connects(self) -> tuple[str, ...]:
        """Deletes the quick connects that lead to the user, if asked; else returns a warning.

        They are deleted before the user: should the run end in between, the user is still in
        state, and the next run finds the rest. (The other way round they would be left
        permanently.)
        """
        is_asked = bool(self._option("deleteQuickConnects"))
        try:
            quick_connects = self.live_data.quick_connects(self.user.id)
        except ApiError as error:
            if is_asked:
                raise
            return (f"{self._name}: could not check for quick connects to this user: {error}",)
        if not quick_connects:
            return ()
        listed = ", ".join(f"{mask_words(quick.name)} ({quick.id})" for quick in quick_connects)
        if not is_asked:
            count = len(quick_connects)
            return (
                f"{self._name}: {count} quick connect"
                f"{' still points' if count == 1 else 's still point'} to the deleted user: "
                f"{listed}. Delete them, or next time set delete_quick_connects.",
            )
        for quick in quick_connects:
            with contextlib.suppress(NotFound):
                self.api.call("DeleteQuickConnect", QuickConnectId=quick.id)
        self.run.inform(f"{self._name}: deleted with the user: {listed}")
        return ()


def _summary(data: CurrentUserData) -> str:
    """`1 contact (VOICE, CONNECTED)`: without its customer."""
    contacts = data.busy_contacts
    kinds = Counter(f"{c.channel}, {c.agent_contact_state}" for c in contacts)
    listed = "; ".join(f"{n} x {k}" if n > 1 else k for k, n in sorted(kinds.items()))
    return f"{len(contacts)} contact{'' if len(contacts) == 1 else 's'} ({listed})"


def replacement_warnings(
    old: KnownInputs, privileged: Collection[str] = PRIVILEGED_PROFILES
) -> list[str]:
    """What a preview says of a privileged user that will be replaced: that is a deletion too."""
    profiles = sorted(set(texts(old.attributes.get("securityProfileNames"))) & set(privileged))
    if not profiles:
        return []
    return [f"holds privileged profiles ({', '.join(profiles)}) and will be replaced (deleted)"]
