"""The users of one instance: create, read, update, delete. What every front end calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..core.errors import InvalidUser
from ..core.lookups import Lookups
from ..core.ownership import mark_of_inputs
from .bulk_read import Snapshot, read_in_bulk
from .check import check
from .create import create, resume
from .delete import delete
from .ports import ConnectInstance
from .read import read
from .run.rule_warnings import RuleWarnings
from .update import update


@dataclass(frozen=True)
class InstanceUsers:
    """Operations on the users of one instance."""

    connect: ConnectInstance
    lookups: Lookups
    snapshots: Callable[[str], Snapshot] | None = None
    """The bulk read of a stack's users, by the stack's tag; None: each user is read by itself."""
    rule_warnings: RuleWarnings = field(default_factory=RuleWarnings)

    def create(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Makes or adopts the user; returns the outputs. Raises one of `errors`."""
        return create(self._verified(inputs), self.connect)

    def resume(self, user_id: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Goes on with a user that carries our mark: an interrupted run has made it."""
        return resume(user_id, self._verified(inputs), self.connect)

    def read(self, user_arn: str, state: Mapping[str, Any]) -> dict[str, Any] | None:
        """The outputs as they are now, None if the user is gone."""
        mark = mark_of_inputs(state)
        if self.snapshots is None or mark is None:
            return read(user_arn, state, self.connect)
        return read_in_bulk(user_arn, state, self.connect, self.snapshots(mark.stack))

    def update(
        self, user_arn: str, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Makes the calls between old outputs and new inputs; returns the new outputs."""
        return update(user_arn, old, new, self.connect)

    def delete(self, user_arn: str, state: Mapping[str, Any]) -> None:
        """Deletes the user, unless somebody else has taken it over."""
        delete(user_arn, state, self.connect)

    def _verified(self, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
        """The inputs, judged again if the preview could not know the instance's identity mode.

        What no preview could say fails nobody now unless AWS would: documented rules only warn.
        """
        facts = self.lookups.instance(self.connect.instance_arn)
        if inputs.get("identityManagementType") == facts.identity_management_type:
            return inputs
        undecided = {k: v for k, v in inputs.items() if k != "identityManagementType"}
        checked = check(None, undecided, self.lookups)
        username = undecided.get("username")
        for line in self.rule_warnings.lines((username, f) for f in checked.rule_warnings):
            self.connect.warn(line)
        if checked.failures:
            reasons = " ".join(sorted(str(failure).strip() for failure in checked.failures))
            raise InvalidUser(
                f"the instance has {facts.identity_management_type} identities: {reasons}"
            )
        return checked.inputs
