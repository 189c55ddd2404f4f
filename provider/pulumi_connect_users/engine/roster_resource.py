"""A roster's users as a resource: all of them, or a batch."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from ..core.errors import ConnectUsersError, InvalidUser
from ..core.properties import Properties
from ..roster.apply import create_batch, delete_batch, plan_batch, read_batch, update_batch
from ..roster.batch import BatchInputs, BatchState
from ..roster.check import check_batch
from ..users.state_format import state_of_batch
from .messages import about_roster
from .resource import Actual, Checked, Created, Found, Plan
from .run import Run


@dataclass(frozen=True)
class BatchResource:
    """Implements `Resource`; the users of a batch have no resources of their own."""

    run: Run
    noun: str
    """What it is in its own id, which Connect does not know."""

    def check(self, old: Properties, new: Properties, *, lenient: bool = False) -> Checked:
        """See `Resource`; each failure names its users."""
        run = self.run
        try:
            # The engine gives check the old inputs, which hold no ids.
            inputs = BatchInputs.decode(self._current("checking", old, outputs=False))
            run.outcomes.note_declared(inputs.mark)
            session = run.session()
            checked = check_batch(
                inputs,
                BatchInputs.decode(new),
                session,
                strict=session.settings.strict and not lenient,
                deletion_limit=session.deletion_limit,
                update_limit=session.update_limit,
                admin_minimum=session.admin_minimum,
                privileged=session.settings.privileged_profiles,
                claims=run.claims,
                similar_usernames=run.similar_usernames,
                defaults=session.settings.user_defaults,
                on_delete=session.settings.on_delete,
                now=session.settings.now,
            )
        except ConnectUsersError as error:
            return Checked(new, run.log.refusals([error]))
        for warning in checked.warnings:
            run.log.warn(warning)
        run.warn_of_rules(checked.rule_warnings)
        if not old and not checked.failures:
            # The engine asks for no plan of a new resource.
            run.inform_of_users(plan_batch(BatchState(), checked.inputs).summary)
        return Checked(checked.inputs.properties, run.log.refusals(checked.failures))

    def plan(self, id_: str, old: Properties, new: Properties) -> Plan:
        """See `Resource`; compares user by user."""
        state = self._state("comparing", old)
        on_delete = self.run.session().settings.on_delete
        batch = plan_batch(state, BatchInputs.decode(new), on_delete)
        self.run.outcomes.note_plan(state.inputs.mark, batch.stay, batch.leave)
        self.run.inform_of_users(batch.summary)
        return Plan(batch.changes, batch.replaces, changed=batch.changed)

    def create(self, inputs: Properties) -> Created:
        """See `Resource`; creates or adopts each user."""
        batch = BatchInputs.decode(inputs)
        with self.run.log.boundary(about_roster("creating")):
            users = self.run.users(batch.instance_arn)
            state = create_batch(batch, users, self.run.workers())
            self.run.outcomes.note_made(state.user_ids.values())
            return Created(f"{batch.instance_arn}/{self.noun}/{uuid.uuid4()}", state.outputs)

    def read(self, id_: str, state: Properties) -> Actual | None:
        """See `Resource`; gone only if all users are."""
        old = self._state("reading", state)
        with self.run.log.boundary(about_roster("reading")):
            live = read_batch(old, self.run.users(id_), self.run.workers())
            return None if live is None else Actual(live.outputs, live.inputs.properties)

    def find(self, given: str) -> Found | None:
        """See `Resource`; raises InvalidUser: no id names one."""
        raise InvalidUser(
            "a roster cannot be imported. Declare its users with adopt=True, each or in defaults."
        )

    def update(self, id_: str, old: Properties, new: Properties) -> Properties:
        """See `Resource`; users that leave go first."""
        state, inputs = self._state("updating", old), BatchInputs.decode(new)
        with self.run.log.boundary(about_roster("updating")):
            return update_batch(state, inputs, self.run.users(id_), self.run.workers()).outputs

    def delete(self, id_: str, state: Properties) -> None:
        """See `Resource`; keeps users that are retained."""
        old = self._state("deleting", state)
        with self.run.log.boundary(about_roster("deleting")):
            delete_batch(old, self.run.users(id_), self.run.workers())

    def _state(self, doing: str, state: Properties) -> BatchState:
        return BatchState.decode(self._current(doing, state))

    def _current(self, doing: str, state: Properties, *, outputs: bool = True) -> Properties:
        """The state in its current form."""
        with self.run.log.boundary(about_roster(doing)):
            return state_of_batch(state, outputs=outputs)
