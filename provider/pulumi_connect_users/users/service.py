"""The users of one instance: create, read, update, delete. What every front end calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ..core.described_user import DescribedUser
from ..core.errors import ApiError, ConnectUsersError, InvalidUser, NotFound, NotOurs
from ..core.lookups import Lookups
from ..core.privacy import display_name
from ..model.facts import UPDATE_SECURITY
from .apply import ApplyContext, apply_plan
from .capabilities import CAPABILITIES, fact_of
from .check import check
from .create import create, resume
from .delete import delete
from .inputs import KnownInputs
from .plan import plan
from .ports import LiveData, Snapshot, UserApi
from .progress import after_steps
from .read import read, read_in_bulk
from .run.rule_warnings import RuleWarnings
from .run_context import RunContext
from .state import UserState, after_update
from .waiting import FEW, ONCE, retry


@dataclass(frozen=True)
class InstanceUsers:
    """Operations on the users of one instance; each may raise one of `errors`."""

    api: UserApi
    live_data: LiveData
    run: RunContext
    lookups: Lookups
    snapshots: Callable[[str], Snapshot] | None = None
    """The bulk read of a stack's users, by the stack's tag; None: each user is read alone."""
    rule_warnings: RuleWarnings = field(default_factory=RuleWarnings)

    def create(self, inputs: KnownInputs) -> UserState:
        """Creates or adopts the user."""
        return create(self._verified(inputs), self.api, self.run)

    def resume(self, user_id: str, inputs: KnownInputs) -> UserState:
        """Continues with a user that has our mark: an interrupted run created it."""
        return resume(user_id, self._verified(inputs), self.api, self.run)

    def read(self, state: UserState) -> UserState | None:
        """The state as it is now, None if the user was deleted."""
        found = self._read(state)
        had = CAPABILITIES in state.attributes
        if found is None or not had or CAPABILITIES in found.attributes:
            return found
        user = (found.attributes, found.instance_arn, found.identity_type)
        return found.with_attributes(fact_of(*user, self.lookups))

    def _read(self, state: UserState) -> UserState | None:
        if self.snapshots is None or state.mark is None:
            return read(state, self.api, self.run)
        return read_in_bulk(state, self.api, self.run, self.snapshots(state.mark.stack))

    def update(self, old: UserState, new: KnownInputs) -> UserState:
        """Makes the calls between the old state and the new inputs."""
        return update(old, new, self.api, self.run)

    def delete(self, state: UserState) -> None:
        """Deletes the user, unless another resource has adopted it."""
        delete(state, self.api, self.live_data, self.run)

    def _verified(self, inputs: KnownInputs) -> KnownInputs:
        """The inputs, checked again if the preview could not know the identity management type.

        Documented rules only warn now: what no preview could say fails no `up` unless AWS would.
        """
        identity_type = self.lookups.instance(self.api.instance_arn).identity_management_type
        if inputs.identity_type == identity_type:
            return inputs
        undecided = {k: v for k, v in inputs.properties.items() if k != "identityManagementType"}
        checked = check(None, undecided, self.lookups)
        findings = ((inputs.username, finding) for finding in checked.rule_warnings)
        for line in self.rule_warnings.lines(findings):
            self.run.warn(line)
        if checked.failures:
            reasons = " ".join(sorted(str(failure).strip() for failure in checked.failures))
            raise InvalidUser(f"the instance has {identity_type} identities: {reasons}")
        return checked.inputs.known()


def update(old: UserState, new: KnownInputs, api: UserApi, run: RunContext) -> UserState:
    """Brings the user from the old state to the new inputs.

    Reads the user once before the first call: what whole structures carry with the change is
    sent back, and a user that another stack has adopted is not changed.
    """
    steps = plan(old, new)
    before, written = None, None
    if steps.steps:
        live = _described(old.user_id, new, api, run)
        _refuse_foreign(live, old, new)
        context = ApplyContext(api, live, new, run)
        try:
            apply_plan(steps, context)
        except ConnectUsersError as error:
            if context.done:
                error.reached = after_steps(old, new, context.done).outputs
            raise
        if context.has_made(UPDATE_SECURITY):
            run.admin_minimum.give(new)
        before, written = live.last_modified, api.written(old.user_id)
    modified = after_update(old, new, before, written)
    return replace(UserState.of(new, old.user_arn), last_modified=modified)


def _described(user_id: str, new: KnownInputs, api: UserApi, run: RunContext) -> DescribedUser:
    """The user; a new one may not be visible yet, but most that are not visible were deleted."""
    try:
        return retry(lambda: api.describe(user_id), run, _attempts_to_describe)
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
        f"updating user {display_name(new.username)}, {live.id}: it now belongs to "
        f"{live.mark.stack}. Remove it there, or release it here with `pulumi state delete`."
    )
