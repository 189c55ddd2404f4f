"""One user as a resource."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..core.arns import last_part, parse_arn
from ..core.described_user import DescribedUser
from ..core.errors import ConnectUsersError, InvalidUser, NotFound
from ..core.privacy import display_name
from ..core.properties import Properties, split
from ..users.check import check
from ..users.declarable import declarable
from ..users.inputs import KnownInputs, UserInputs
from ..users.plan import plan
from ..users.ports import UserApi
from ..users.state import UserState
from ..users.state_format import inputs_of_user, state_of_user
from ..users.whole_user import read_whole_user
from .messages import about_user
from .resource import Actual, Checked, Created, Found, Plan
from .run import Run


@dataclass(frozen=True)
class UserResource:
    """Implements `Resource`; the id is the user's ARN, which state holds nowhere else."""

    run: Run

    def check(self, old: Properties, new: Properties, *, lenient: bool = False) -> Checked:
        """See `Resource`."""
        run = self.run
        try:
            with run.log.boundary(about_user("checking", old)):
                state = inputs_of_user(old)
            state = state.declared_by(new) if state else None
            run.outcomes.note_declared(state.mark if state else None)
            session = run.session()
            checked = check(
                state,
                new,
                session,
                strict=session.settings.strict and not lenient,
                privileged=session.settings.privileged_profiles,
                claims=run.claims,
                similar_usernames=run.similar_usernames,
                defaults=session.settings.user_defaults,
                now=session.settings.now,
                on_delete=session.settings.on_delete,
            )
        except ConnectUsersError as error:
            return Checked(new, run.log.refusals([error]))
        username = new.get("username")
        for warning in checked.warnings:
            run.log.warn(f"{display_name(username)}: {warning}")
        run.warn_of_rules((username, finding) for finding in checked.rule_warnings)
        too_many = (
            session.deletion_limit.foresee_replacement(state, checked.inputs),
            session.update_limit.foresee_update(state, checked.inputs),
            session.admin_minimum.foresee([(state, checked.inputs)]),
        )
        refusals = run.log.refusals([*checked.failures, *(one for one in too_many if one)])
        return Checked(checked.inputs.properties, refusals)

    def plan(self, id_: str, old: Properties, new: Properties) -> Plan:
        """See `Resource`; what check computes and the order of lists never count."""
        state = self._state("comparing", old, id_)
        steps = plan(state, UserInputs.decode(new))
        stay, leave = ([], [state.user_id]) if steps.replaces else ([state.user_id], [])
        self.run.outcomes.note_plan(state.mark, stay, leave)
        if steps.deletes_first:
            self.run.log.warn(f"{display_name(new.get('username'))}: {steps.replacement_notice}")
        changed = tuple(split(path) for path in (*steps.changed, *steps.state_only))
        return Plan(steps.changes, steps.replaces, steps.deletes_first, changed)

    def create(self, inputs: Properties) -> Created:
        """See `Resource`; one CreateUser, or the adoption of the user that is ours."""
        with self.run.log.boundary(about_user("creating", inputs)):
            user = KnownInputs.decode(inputs)
            state = self.run.users(user.instance_arn).create(user)
            self.run.outcomes.note_made([state.user_id])
            return Created(state.user_arn, state.outputs)

    def read(self, id_: str, state: Properties) -> Actual | None:
        """See `Resource`; gone only if Connect says so while it shows the instance."""
        old = self._state("reading", state, id_)
        with self.run.log.boundary(about_user("reading", old.subject)):
            live = self.run.users(id_).read(old)
            return None if live is None else Actual(live.outputs, live.properties)

    def find(self, given: str) -> Found | None:
        """See `Resource`; by a user's ARN, or by `INSTANCE_ARN/USERNAME`."""
        with self.run.log.boundary(lambda error: f"importing user {given}: {error}"):
            instance_arn, name = _import_id(given)
            api = self.run.users(instance_arn).api
            described = _described(given, name, api)
            if described is None:
                return None
            instance = self.run.session().instance(api.instance_arn)
            whole = replace(read_whole_user(described, api, instance), imported=True)
            inputs = replace(declarable(whole), identity_type=None, mark=None)
            return Found(whole.user_arn, Actual(whole.outputs, inputs.properties))

    def update(self, id_: str, old: Properties, new: Properties) -> Properties:
        """See `Resource`; one call for each changed group of attributes."""
        state = self._state("updating", old, id_)
        with self.run.log.boundary(about_user("updating", {**new, "userArn": id_})):
            return self.run.users(id_).update(state, KnownInputs.decode(new)).outputs

    def delete(self, id_: str, state: Properties) -> None:
        """See `Resource`."""
        old = self._state("deleting", state, id_)
        with self.run.log.boundary(about_user("deleting", old.subject)):
            self.run.users(id_).delete(old)

    def _state(self, doing: str, state: Properties, user_arn: str) -> UserState:
        """The state in its current form."""
        with self.run.log.boundary(about_user(doing, {**state, "userArn": user_arn})):
            return state_of_user(state, user_arn)


def _import_id(given: str) -> tuple[str, str]:
    """The instance's ARN, and a username or an empty text for the ARN of a user."""
    arn = parse_arn(given)
    if arn is not None and arn.kind == "agent":
        return arn.instance_arn, ""
    # Usernames have no slash.
    instance_arn, _, username = given.rpartition("/")
    instance = parse_arn(instance_arn)
    if instance is None or instance.kind or not username:
        raise InvalidUser("must be a user's ARN, or INSTANCE_ARN/USERNAME. Correct the id.")
    return instance_arn, username


def _described(given: str, username: str, api: UserApi) -> DescribedUser | None:
    if username:
        return api.find(username)
    try:
        return api.describe(last_part(given))
    except NotFound:
        return None
