"""An agent's status as a resource."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.arns import last_part
from ..core.errors import ConnectUsersError, InvalidUser
from ..core.properties import Properties, text
from ..users import status, status_check
from ..users.state_format import state_of_status, with_format, without_format
from ..users.status import UserStatus
from .messages import Message, about_user
from .resource import Actual, Checked, Created, Found, Plan
from .run import Run


@dataclass(frozen=True)
class StatusResource:
    """Implements `Resource`; the id is the user's ARN."""

    run: Run

    def check(self, old: Properties, new: Properties, *, lenient: bool = False) -> Checked:
        """See `Resource`."""
        refusals = self.run.log.refusals
        try:
            checked = status_check.check(self._state("checking", old), new, self.run.session())
        except ConnectUsersError as error:
            return Checked(new, refusals([error]))
        return Checked(checked.inputs, refusals(checked.failures))

    def plan(self, id_: str, old: Properties, new: Properties) -> Plan:
        """See `Resource`; another user is another resource."""
        steps = status.plan(self._state("comparing", old), new)
        changed = tuple((key,) for key in steps.changed)
        return Plan(steps.changes, steps.replaces, changed=changed)

    def create(self, inputs: Properties) -> Created:
        """See `Resource`; one PutUserStatus."""
        return Created(text(inputs.get("userArn")) or "", with_format(self._put(inputs)))

    def read(self, id_: str, state: Properties) -> Actual | None:
        """See `Resource`; the live status with `enforce`, otherwise no call is made."""
        old = self._state("reading", state)
        with self.run.log.boundary(_about("reading", old.properties)):
            outputs = status.read(old, lambda: self.run.users(id_).live_data).properties
        return Actual(outputs, without_format(outputs))

    def find(self, given: str) -> Found | None:
        """See `Resource`; raises InvalidUser: no id names one."""
        raise InvalidUser("a status cannot be imported. Declare it: creating it sets the status.")

    def update(self, id_: str, old: Properties, new: Properties) -> Properties:
        """See `Resource`; one PutUserStatus if the status or a trigger changed."""
        calls = status.plan(self._state("updating", old), new).calls
        return with_format(self._put(new) if calls else new)

    def delete(self, id_: str, state: Properties) -> None:
        """Makes no call: a status cannot be taken back, only followed by another."""
        self._state("deleting", state)

    def _put(self, inputs: Properties) -> Properties:
        with self.run.log.boundary(_about("setting", inputs)):
            users = self.run.users(inputs.get("userArn"))
            status.put(UserStatus.decode(inputs), users.api, users.run)
            return inputs

    def _state(self, doing: str, state: Properties) -> UserStatus:
        """The state in its current form."""
        with self.run.log.boundary(_about(doing, state)):
            return UserStatus.decode(state_of_status(state))


def _about(doing: str, props: Properties) -> Message:
    """Messages name the user whose status it is."""
    arn, username = text(props.get("userArn")) or "", text(props.get("username"))
    user = {"username": username, "userArn": arn} if username else {"username": last_part(arn)}
    return about_user(f"{doing} the status of", user)
