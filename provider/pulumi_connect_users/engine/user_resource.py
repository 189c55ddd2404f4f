"""One user as a resource."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.arns import last_part
from ..core.errors import ConnectUsersError
from ..core.privacy import display_name
from ..core.properties import Properties
from ..users.check import check
from ..users.plan import plan
from ..users.read import inputs_of
from ..users.state_format import state_of_user, with_format
from .diagnostics import about_user
from .properties import text_at
from .resource import Actual, Checked, Created, Plan
from .run import Run


@dataclass(frozen=True)
class UserResource:
    """Implements `Resource`; the id is the user's ARN, which state holds nowhere else."""

    run: Run

    def check(self, old: Properties, new: Properties, *, lenient: bool = False) -> Checked:
        """See `Resource`."""
        run = self.run
        try:
            state = self._state("checking", old)
            run.outcomes.note_declared(text_at(state, "ownership"))
            session = run.session()
            checked = check(
                state,
                new,
                session,
                strict=session.settings.strict and not lenient,
                privileged=session.settings.privileged_profiles,
                claims=run.claims,
                similar_usernames=run.similar_usernames,
            )
        except ConnectUsersError as error:
            return Checked(new, run.diagnostics.refusals([error]))
        username = new.get("username")
        for warning in checked.warnings:
            run.log.warn(f"{display_name(username)}: {warning}")
        run.warn_of_rules((username, finding) for finding in checked.rule_warnings)
        too_many = session.deletion_limit.foresee_replacement(state, checked.inputs)
        reasons = (*checked.failures, *((too_many,) if too_many else ()))
        return Checked(checked.inputs, run.diagnostics.refusals(reasons))

    def plan(self, id_: str, old: Properties, new: Properties) -> Plan:
        """See `Resource`; what check computes and the order of lists never count."""
        state = self._state("comparing", old, id_)
        steps = plan(state, new)
        user_id = [last_part(id_)]
        stay, leave = ([], user_id) if steps.replaces else (user_id, [])
        self.run.outcomes.note_plan(text_at(state, "ownership"), stay, leave)
        if steps.deletes_first:
            self.run.log.warn(f"{display_name(new.get('username'))}: {steps.told}")
        return Plan(steps.changes, steps.replaces, steps.deletes_first)

    def create(self, inputs: Properties) -> Created:
        """See `Resource`; one CreateUser, or the adoption of the user that is ours."""
        with self.run.diagnostics.boundary(about_user("creating", inputs)):
            outputs = self.run.users(inputs.get("instanceArn")).create(inputs)
            user_arn = outputs["userArn"]
            self.run.outcomes.note_made([last_part(user_arn)])
            return Created(user_arn, with_format(_without_id(outputs)))

    def read(self, id_: str, state: Properties) -> Actual | None:
        """See `Resource`; gone only if Connect says so while it shows the instance."""
        old = self._state("reading", state, id_)
        with self.run.diagnostics.boundary(about_user("reading", old)):
            outputs = self.run.users(id_).read(id_, old)
            if outputs is None:
                return None
            return Actual(_without_id(outputs), inputs_of(outputs))

    def update(self, id_: str, old: Properties, new: Properties) -> Properties:
        """See `Resource`; one call for each changed group of attributes."""
        state = self._state("updating", old, id_)
        with self.run.diagnostics.boundary(about_user("updating", {**new, "userArn": id_})):
            outputs = self.run.users(id_).update(id_, state, new)
            return with_format(_without_id(outputs))

    def delete(self, id_: str, state: Properties) -> None:
        """See `Resource`."""
        old = self._state("deleting", state, id_)
        with self.run.diagnostics.boundary(about_user("deleting", old)):
            self.run.users(id_).delete(id_, old)

    def _state(self, doing: str, state: Properties, user_arn: str = "") -> Properties:
        """The state in its current form."""
        whole = {**state, "userArn": user_arn} if user_arn else state
        with self.run.diagnostics.boundary(about_user(doing, whole)):
            return state_of_user(whole)


def _without_id(outputs: Properties) -> Properties:
    return {key: value for key, value in outputs.items() if key != "userArn"}
