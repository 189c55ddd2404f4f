"""The users of one instance: create, read, update, delete. What every front end calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..core.errors import InvalidUser
from ..core.lookups import Lookups
from .bulk_read import read_in_bulk
from .check import check
from .create import create, resume
from .delete import delete
from .inputs import KnownInputs
from .ports import ConnectInstance, Snapshot
from .read import read
from .run.rule_warnings import RuleWarnings
from .state import UserState
from .update import update


@dataclass(frozen=True)
class InstanceUsers:
    """Operations on the users of one instance; each may raise one of `errors`."""

    connect: ConnectInstance
    lookups: Lookups
    snapshots: Callable[[str], Snapshot] | None = None
    """The bulk read of a stack's users, by the stack's tag; None: each user is read alone."""
    rule_warnings: RuleWarnings = field(default_factory=RuleWarnings)

    def create(self, inputs: KnownInputs) -> UserState:
        """Creates or adopts the user."""
        return create(self._verified(inputs), self.connect)

    def resume(self, user_id: str, inputs: KnownInputs) -> UserState:
        """Continues with a user that has our mark: an interrupted run created it."""
        return resume(user_id, self._verified(inputs), self.connect)

    def read(self, state: UserState) -> UserState | None:
        """The state as it is now, None if the user is gone."""
        if self.snapshots is None or state.mark is None:
            return read(state, self.connect)
        return read_in_bulk(state, self.connect, self.snapshots(state.mark.stack))

    def update(self, old: UserState, new: KnownInputs) -> UserState:
        """Makes the calls between the old state and the new inputs."""
        return update(old, new, self.connect)

    def delete(self, state: UserState) -> None:
        """Deletes the user, unless another resource has adopted it."""
        delete(state, self.connect)

    def _verified(self, inputs: KnownInputs) -> KnownInputs:
        """The inputs, checked again if the preview could not know the identity management type.

        Documented rules only warn now: what no preview could say fails no `up` unless AWS would.
        """
        identity_type = self.lookups.instance(self.connect.instance_arn).identity_management_type
        if inputs.identity_type == identity_type:
            return inputs
        undecided = {k: v for k, v in inputs.properties.items() if k != "identityManagementType"}
        checked = check(None, undecided, self.lookups)
        findings = ((inputs.username, finding) for finding in checked.rule_warnings)
        for line in self.rule_warnings.lines(findings):
            self.connect.warn(line)
        if checked.failures:
            reasons = " ".join(sorted(str(failure).strip() for failure in checked.failures))
            raise InvalidUser(f"the instance has {identity_type} identities: {reasons}")
        return checked.inputs.known()
